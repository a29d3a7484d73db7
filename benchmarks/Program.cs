// Run: dotnet run -c Release --project benchmarks -- --filter '*'
// or, for encoders of pictures: dotnet run -c Release --project benchmarks -- pictures FOLDER

using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using MamlRobotics.Benchmarks;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

if (args is ["pictures", string folder])
{
    PictureComparison.Print(folder);
    return;
}
// In process: a project generated elsewhere would not find the repository's build properties.
IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);

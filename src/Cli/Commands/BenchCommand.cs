using System.CommandLine;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench`: speed, beside what the machine can do.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command("bench", "Measure speed: environment steps, rollouts, and one meta-iteration of the paper's size, beside this machine's peak.")
        { device, threads, json, BenchEnvsCommand.Create(), BenchCurvatureCommand.Create(), ViewCommand.CreateBenchmark() };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            Console.WriteLine(Machine.Summary(where, count));
            BenchmarkResult result = Benchmark.Run(where, count);
            Print(result);
            if (parsed.GetValue(json) is { } path) AtomicFile.WriteText(path, JsonSerializer.Serialize(result, new JsonSerializerOptions { WriteIndented = true }));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench", "maml bench --json bench.json");
    }

    private static void Print(BenchmarkResult result)
    {
        Console.WriteLine($"multiply-add peak           {result.PeakGflops,10:F1} GFLOP/s");
        Console.WriteLine($"batched products            {result.ProductGflops,10:F1} GFLOP/s");
        Console.WriteLine($"environment steps           {result.EnvStepsPerS / 1e6,10:F1} million/s");
        Console.WriteLine($"rollout steps with policy   {result.RolloutStepsPerS / 1e6,10:F2} million/s");
        Console.WriteLine($"  one thread, shared        {result.SharedRolloutStepsPerS / 1e6,10:F2} million/s, {result.SharedRolloutGflops:F1} GFLOP/s, {result.SharedRolloutGflops / result.ThreadPeakGflops:P0} of its peak of {result.ThreadPeakGflops:F1}");
        Console.WriteLine($"  one thread, adapted       {result.AdaptedRolloutStepsPerS / 1e6,10:F2} million/s, {result.AdaptedRolloutGflops:F1} GFLOP/s, {result.AdaptedRolloutGflops / result.ThreadPeakGflops:P0}");
        Console.WriteLine($"paper-size iteration        {result.IterationS,10:F2} s, {result.IterationGflop:F0} GFLOP, {result.IterationGflop / result.IterationS:F1} GFLOP/s");
        Console.WriteLine($"  sampling                  {result.SamplingS,10:F2} s");
        Console.WriteLine($"  adaptation                {result.AdaptationS,10:F2} s");
        Console.WriteLine($"  outer step                {result.OuterS,10:F2} s");
    }
}

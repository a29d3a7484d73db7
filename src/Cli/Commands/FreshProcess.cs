using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>Measures iterations each in a program of its own: the peak of memory of a program covers all it ever did.</summary>
internal static class FreshProcess
{
    /// <exception cref="TrainingException">The program failed.</exception>
    public static IterationMeasurement Measure(IterationSize size, int repetitions, torch.Device device, int threads)
    {
        string result = Path.GetTempFileName();
        try
        {
            string program = System.Environment.ProcessPath!;
            bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
            var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
            if (isHost) start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "maml.dll"));
            foreach (string word in (string[])["bench", "iteration", .. BenchIterationCommand.Arguments(size),
                "--repetitions", repetitions.ToString(CultureInfo.InvariantCulture), "--device", device.type == DeviceType.CUDA ? "cuda" : "cpu",
                "--threads", threads.ToString(CultureInfo.InvariantCulture), "--json", result]) start.ArgumentList.Add(word);
            using Process process = Process.Start(start)!;
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            process.WaitForExit();
            _ = output.Result;
            if (process.ExitCode != 0) throw new TrainingException($"{size} could not be measured: {error.Result.Trim().Split('\n')[^1]}");
            return JsonSerializer.Deserialize<IterationMeasurement>(File.ReadAllText(result), BenchIterationCommand.JsonOptions)!;
        }
        finally
        {
            File.Delete(result);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>Measures an iteration in a process of its own, because a process's peak of memory covers everything that it has done.</summary>
internal static class FreshProcess
{
    /// <exception cref="TrainingException">The process failed.</exception>
    public static IterationMeasurement Measure(IterationSize size, int repetitions, torch.Device device, int threads)
    {
        string result = Path.GetTempFileName();
        try
        {
            string[] arguments =
            [
                "bench", "iteration", .. BenchIterationCommand.Arguments(size),
                "--repetitions", repetitions.ToString(CultureInfo.InvariantCulture),
                "--device", device.type == DeviceType.CUDA ? "cuda" : "cpu",
                "--threads", threads.ToString(CultureInfo.InvariantCulture),
                "--json", result,
            ];
            Run(arguments, size);
            return JsonSerializer.Deserialize<IterationMeasurement>(File.ReadAllText(result), BenchIterationCommand.JsonOptions)!;
        }
        finally
        {
            File.Delete(result);
        }
    }

    private static void Run(string[] arguments, IterationSize size)
    {
        using Process process = OwnProgram.Start(arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        process.WaitForExit();
        _ = output.Result;
        if (process.ExitCode != 0) throw new TrainingException($"{size} could not be measured: {error.Result.Trim().Split('\n')[^1]}");
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench envs`: environment steps per second, beside what the machine can do.</summary>
internal static class BenchEnvsCommand
{
    private const int Environments = 4096;

    public static Command Create()
    {
        Argument<string[]> names = new("NAME") { Description = "Environments; without any, one of each kind.", Arity = ArgumentArity.ZeroOrMore };
        Option<int> threads = CommonOptions.Threads();
        Option<double> seconds = new("--seconds") { Description = "Time for each measurement.", HelpName = "S", DefaultValueFactory = _ => 1 };
        Option<string?> json = CommonOptions.Json();
        var command = new Command("envs", "Measure the simulators: 4,096 environments through the public step, on one thread and on all.") { names, threads, seconds, json };
        command.SetAction(parsed =>
        {
            string[] wanted = parsed.GetValue(names) is { Length: > 0 } some ? some : ["maml-nav", "promp-momentum", "norml-rotation", "dmc-point-mass", "arm-goals", "dmc-reacher-easy", "acrobot"];
            TaskFamily[] families = [.. wanted.Select(TaskFamily.Named)];
            int count = parsed.GetValue(threads);
            if (!(parsed.GetValue(seconds) is > 0 and < 3600)) throw new InputException("--seconds must be between 0 and 3600.");
            CommonOptions.CheckWritable(parsed.GetValue(json));
            Console.WriteLine(Machine.Summary(CPU, count));
            Run(families, count, parsed.GetValue(seconds), parsed.GetValue(json));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench envs", "maml bench envs maml-nav arm-goals");
    }

    private static void Run(TaskFamily[] families, int threads, double seconds, string? json)
    {
        double peak = MachineProbe.PeakGflops(1), bandwidth = MemoryProbe.BandwidthGBs(1);
        Say($"one thread: {peak:F1} GFLOP/s of multiply-adds, {bandwidth:F1} GB/s of memory copied; {Environments} environments");
        Say($"{"environment",-24}{"M steps/s",11}{"ns/step",9}{"op/step",9}{"of peak",9}{"of memory",11}   {threads} threads");
        var measured = new List<object>();
        foreach (TaskFamily family in families)
        {
            StepCost cost = StepCost.Of(family);
            SimulatorSpeed alone = SimulatorSpeed.Measure(family, Environments, threads: 1, seconds);
            SimulatorSpeed all = threads == 1 ? alone : SimulatorSpeed.Measure(family, Environments, threads, seconds);
            double share = alone.StepsPerSecond * cost.Operations / (peak * 1e9), memory = alone.StepsPerSecond * cost.Bytes / (bandwidth * 1e9);
            Say($"{family.Name,-24}{alone.StepsPerSecond / 1e6,11:F1}{alone.NanosecondsPerStep,9:F2}{cost.Operations,9}{share,9:P0}{memory,11:P0}{all.StepsPerSecond / 1e6,9:F1}");
            measured.Add(new { alone, all, cost, share_of_peak = share, share_of_memory = memory });
        }
        if (json is not null)
            AtomicFile.WriteText(json, JsonSerializer.Serialize(new { peak_gflops = peak, memory_gb_s = bandwidth, measured }, new JsonSerializerOptions { WriteIndented = true }));
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

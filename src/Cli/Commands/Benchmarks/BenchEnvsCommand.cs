using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench envs` measures environment steps per second, and compares them with what the machine can do at most.</summary>
internal static class BenchEnvsCommand
{
    private const int Environments = 4096;

    private static readonly int[] TensorEnvironments = [1 << 10, 1 << 14, 1 << 18];

    private static readonly string[] OneOfEachKind =
        ["maml-nav", "promp-momentum", "norml-rotation", "dmc-point-mass", "arm-goals", "dmc-reacher-easy", "acrobot"];

    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string[]> names = new("NAME")
        {
            Description = "Environments; without any, one of each kind.", Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<double> seconds = new("--seconds")
        {
            Description = "Time for each measurement.", HelpName = "S", DefaultValueFactory = _ => 1,
        };
        Option<string?> json = CommonOptions.Json();
        var command = new Command(
            "envs",
            "Measure the simulators: 4,096 environments through the public step, on one thread and on all threads, "
            + "and tensors on the device.")
        { names, device, threads, seconds, json };
        command.SetAction(parsed =>
        {
            string[] wanted = parsed.GetValue(names) is { Length: > 0 } given ? given : OneOfEachKind;
            TaskFamily[] families = [.. wanted.Select(TaskFamilies.Named)];
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            if (!(parsed.GetValue(seconds) is > 0 and < 3600)) throw new InputException("--seconds must be between 0 and 3600.");
            CommonOptions.CheckWritable(parsed.GetValue(json));
            Console.WriteLine(Machine.Summary(where, count));
            Run(families, where, count, parsed.GetValue(seconds), parsed.GetValue(json));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench envs", "maml bench envs maml-nav arm-goals");
    }

    private static void Run(TaskFamily[] families, torch.Device device, int threads, double seconds, string? json)
    {
        double peak = MachineProbe.PeakGflops(1), bandwidth = MemoryProbe.BandwidthGBs(1);
        WriteLine($"one thread: {peak:F1} GFLOP/s of multiply-adds, {bandwidth:F1} GB/s of memory copied; {Environments} environments");
        WriteLine($"{"environment",-24}{"M steps/s",11}{"ns/step",9}{"op/step",9}{"of peak",9}{"of memory",11}   {threads} threads");
        var measured = new List<object>();
        foreach (TaskFamily family in families)
        {
            StepCost cost = StepCost.Of(family);
            SimulatorSpeed alone = SimulatorSpeed.Measure(family, Environments, threads: 1, seconds);
            SimulatorSpeed all = threads == 1 ? alone : SimulatorSpeed.Measure(family, Environments, threads, seconds);
            double share = alone.StepsPerSecond * cost.Operations / (peak * 1e9);
            double memory = alone.StepsPerSecond * cost.Bytes / (bandwidth * 1e9);
            double millions = alone.StepsPerSecond / 1e6, allMillions = all.StepsPerSecond / 1e6;
            (double nanoseconds, long operations) = (alone.NanosecondsPerStep, cost.Operations);
            WriteLine($"{family.Name,-24}{millions,11:F1}{nanoseconds,9:F2}{operations,9}{share,9:P0}{memory,11:P0}{allMillions,9:F1}");
            measured.Add(new { alone, all, cost, share_of_peak = share, share_of_memory = memory });
        }
        TensorSpeed[] tensors = MeasureTensors(families, device, threads, seconds);
        if (json is null) return;
        var document = new { peak_gflops = peak, memory_gb_s = bandwidth, measured, tensors };
        AtomicFile.WriteText(json, JsonSerializer.Serialize(document, JsonOptions));
    }

    private static TensorSpeed[] MeasureTensors(TaskFamily[] families, torch.Device device, int threads, double seconds)
    {
        set_num_threads(threads);
        string counts = string.Concat(TensorEnvironments.Select(count => $"{count,11}"));
        WriteLine($"\n{"in tensors on " + device,-24}{counts}   environments, M steps/s");
        var measured = new List<TensorSpeed>();
        foreach (TaskFamily family in families)
        {
            TensorSpeed[] speeds = [.. TensorEnvironments.Select(count => TensorSpeed.Measure(family, count, device, seconds))];
            string columns = string.Concat(speeds.Select(speed =>
                string.Create(CultureInfo.InvariantCulture, $"{speed.StepsPerSecond / 1e6,11:F2}")));
            WriteLine($"{family.Name,-24}{columns}");
            measured.AddRange(speeds);
        }
        return [.. measured];
    }

    private static void WriteLine(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench size` measures how time and memory of an iteration grow with tasks, horizon and width.</summary>
internal static class BenchSizeCommand
{
    private const int Repetitions = 5;

    public static Command Create()
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> csv = new("--csv") { Description = "Also write the table to this file.", HelpName = "FILE" };
        var command = new Command(
            "size", "Measure iterations of growing size: time and memory by tasks, horizon and width of the policy, with exponents.")
        { device, threads, csv };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            CommonOptions.CheckWritable(parsed.GetValue(csv));
            Console.WriteLine(Machine.Summary(where, count));
            Console.WriteLine($"base: {CostBySize.Base}");
            IReadOnlyList<SizePoint> points = Measure(where, count);
            foreach (string line in BenchmarkTables.Sizes(points).Plain()) Console.WriteLine(line);
            if (parsed.GetValue(csv) is { } path) AtomicFile.WriteText(path, Csv(points));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench size", "maml bench size --csv size.csv");
    }

    /// <summary>Measures every size in a process of its own, and shows the time left on the error stream.</summary>
    public static IReadOnlyList<SizePoint> Measure(torch.Device device, int threads)
    {
        using var progress = new PhaseProgress();
        var clock = Stopwatch.StartNew();
        int done = 0;
        double work = CostBySize.Sizes.Sum(item => Work(item.Size)), worked = 0;
        progress.Show($"1 of {CostBySize.Sizes.Count} sizes");
        return CostBySize.Measure(size => FreshProcess.Measure(size, Repetitions, device, threads), point =>
        {
            worked += Work(point.Cost.Size);
            done++;
            double left = clock.Elapsed.TotalSeconds / worked * (work - worked);
            progress.Show(string.Create(CultureInfo.InvariantCulture, $"{done} of {CostBySize.Sizes.Count} sizes, {left:F0} s left"));
        });
    }

    private static string Csv(IReadOnlyList<SizePoint> points) => string.Concat(points.Select(point => Row(points, point))
        .Prepend("axis,factor,tasks,trajectories,horizon,width,seconds,gflop,peak_resident_gb,exponent\n"));

    private static string Row(IReadOnlyList<SizePoint> points, SizePoint point)
    {
        (IterationMeasurement cost, IterationSize size) = (point.Cost, point.Cost.Size);
        string axis = point.Axis.ToString().ToLowerInvariant();
        double exponent = CostBySize.Exponent(points, point.Axis);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{axis},{point.Factor},{size.Tasks},{size.Trajectories},{size.Horizon},{size.Width},"
            + $"{cost.Seconds:R},{cost.Gflop:R},{cost.PeakResidentGb:R},{exponent:R}\n");
    }

    // Roughly proportional to the time that a size takes: the start of a program, and the products of the policy's layers.
    private static double Work(IterationSize size)
    {
        const double Start = 2e10;
        return Start + 100.0 * size.Tasks * size.Trajectories * size.Horizon * size.Width * size.Width * Repetitions;
    }
}

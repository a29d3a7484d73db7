using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench curvature`: are outer steps with thinned curvature as good as exact ones, and how much faster?</summary>
internal static class BenchCurvatureCommand
{
    public static Command Create()
    {
        Option<int> stride = CommonOptions.Whole("--stride", "Thinned curvature is measured at one of this many time steps.", minimum: 1, 5);
        Option<int> iterations = CommonOptions.Whole("--iterations", "Outer steps of each training.", minimum: 1, 50);
        Option<int> seeds = CommonOptions.Whole("--seeds", "Trainings, with seeds 1, 2, ...", minimum: 1, 3);
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command("curvature", "Compare outer steps of the paper's size with thinned curvature to exact ones, on the same data.")
        { stride, iterations, seeds, device, threads, json };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads), steps = parsed.GetValue(iterations), total = steps * parsed.GetValue(seeds);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            Console.WriteLine(Machine.Summary(where, count));
            var clock = Stopwatch.StartNew();
            int done = 0;
            IReadOnlyList<CurvaturePair> pairs = CurvatureComparison.Run(
                IterationSize.Paper, parsed.GetValue(stride), steps, Enumerable.Range(1, parsed.GetValue(seeds)).Select(seed => (long)seed), where, count, pair =>
                {
                    done++;
                    double left = clock.Elapsed.TotalSeconds / done * (total - done);
                    Say($"seed {pair.Seed} iteration {pair.Iteration,3}: gain {pair.ExactGain:F4} exact, {pair.ThinnedGain:F4} thinned, ratio {pair.Ratio:F3}; {left:F0} s left");
                });
            Print(pairs);
            if (parsed.GetValue(json) is { } path) AtomicFile.WriteText(path, JsonSerializer.Serialize(pairs, new JsonSerializerOptions
            {
                WriteIndented = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
            }));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench curvature", "maml bench curvature --stride 10 --iterations 20");
    }

    private static void Print(IReadOnlyList<CurvaturePair> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Ratio).Where(double.IsFinite)];
        double[] seeds = [.. pairs.GroupBy(pair => pair.Seed).Select(CurvatureComparison.RatioOfGains)];
        Say($"surrogate improvement, thinned over exact: {CurvatureComparison.RatioOfGains(pairs):F3} in {pairs.Count} pairs; by seed {string.Join(" ", seeds.Select(ratio => ratio.ToString("F3", CultureInfo.InvariantCulture)))}");
        Say($"ratio of a pair: mean {ratios.Mean():F3}, median {ratios.Median():F3}, thinned at least as good in {ratios.Count(value => value >= 1)} of {ratios.Length}; without improvement {pairs.Count(pair => pair.ExactGain <= 0)} exact, {pairs.Count(pair => pair.ThinnedGain <= 0)} thinned");
        Say($"outer step, median: {pairs.Select(pair => pair.ExactSeconds).Median():F2} s exact, {pairs.Select(pair => pair.ThinnedSeconds).Median():F2} s thinned");
    }

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}

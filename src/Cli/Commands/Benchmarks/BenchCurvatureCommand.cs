using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench curvature` compares outer steps with thinned curvature with exact ones, in quality and time.</summary>
internal static class BenchCurvatureCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public static Command Create()
    {
        Option<int> stride = CommonOptions.Whole("--stride", "Measure thinned curvature at one of N time steps.", minimum: 1, 5);
        Option<int> iterations = CommonOptions.Whole("--iterations", "Outer steps of each training.", minimum: 1, 50);
        Option<int> seeds = CommonOptions.Whole("--seeds", "Number of trainings, with seeds 1, 2, ...", minimum: 1, 3);
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command(
            "curvature", "Compare outer steps of the paper's size that use thinned curvature with exact ones, on the same data.")
        { stride, iterations, seeds, device, threads, json };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            IReadOnlyList<CurvaturePair> pairs = Compare(
                parsed.GetValue(stride), parsed.GetValue(iterations), parsed.GetValue(seeds), where, parsed.GetValue(threads));
            Print(pairs);
            if (parsed.GetValue(json) is { } path) AtomicFile.WriteText(path, JsonSerializer.Serialize(pairs, JsonOptions));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench curvature", "maml bench curvature --stride 10 --iterations 20");
    }

    private static IReadOnlyList<CurvaturePair> Compare(int stride, int iterations, int seeds, torch.Device device, int threads)
    {
        Console.WriteLine(Machine.Summary(device, threads));
        int done = 0, total = iterations * seeds;
        var clock = Stopwatch.StartNew();
        IEnumerable<long> numbers = Enumerable.Range(1, seeds).Select(seed => (long)seed);
        return CurvatureComparison.Run(IterationSize.Paper, stride, iterations, numbers, device, threads, pair =>
        {
            done++;
            double left = clock.Elapsed.TotalSeconds / done * (total - done);
            WriteLine(
                $"seed {pair.Seed} iteration {pair.Iteration,3}: gain {pair.ExactGain:F4} exact, {pair.ThinnedGain:F4} thinned, ",
                $"ratio {pair.Ratio:F3}; {left:F0} s left");
        });
    }

    private static void Print(IReadOnlyList<CurvaturePair> pairs)
    {
        double[] ratios = [.. pairs.Select(pair => pair.Ratio).Where(double.IsFinite)];
        string bySeed = string.Join(" ", pairs.GroupBy(pair => pair.Seed)
            .Select(group => CurvatureComparison.RatioOfGains(group).ToString("F3", CultureInfo.InvariantCulture)));
        (int exactFailures, int thinnedFailures) = (pairs.Count(pair => pair.ExactGain <= 0), pairs.Count(pair => pair.ThinnedGain <= 0));
        double exact = pairs.Select(pair => pair.ExactSeconds).Median(), thinned = pairs.Select(pair => pair.ThinnedSeconds).Median();
        WriteLine(
            $"surrogate improvement, thinned over exact: {CurvatureComparison.RatioOfGains(pairs):F3} in {pairs.Count} pairs; ",
            $"by seed {bySeed}");
        WriteLine(
            $"ratio of a pair: mean {ratios.Mean():F3}, median {ratios.Median():F3}, ",
            $"thinned at least as good in {ratios.Count(value => value >= 1)} of {ratios.Length}; ",
            $"without improvement {exactFailures} exact, {thinnedFailures} thinned");
        WriteLine($"outer step, median: {exact:F2} s exact, {thinned:F2} s thinned");
    }

    private static void WriteLine(params FormattableString[] parts) =>
        Console.WriteLine(string.Concat(parts.Select(part => part.ToString(CultureInfo.InvariantCulture))));
}

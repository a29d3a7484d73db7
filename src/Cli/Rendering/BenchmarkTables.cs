using System.Globalization;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Rendering;

/// <summary>The results of the benchmarks as tables.</summary>
internal static class BenchmarkTables
{
    /// <summary>Every figure, and its share of the peaks of its machine.</summary>
    public static TextTable Figures(BenchmarkResult result) => new(
        ["figure", "value", "unit", "GFLOP/s", "of peak", "of products", "GB/s", "of memory"],
        [.. MetaRL.Figures.All.Where(figure => !figure.IsDetail && double.IsFinite(result[figure])).Select(figure => Row(figure, result))]);

    /// <summary>Every figure here and in an earlier run.</summary>
    public static TextTable Ratios(BenchmarkResult here, BenchmarkResult there) => new(
        ["figure", "here", "there", "unit", "gain", "gain over that of", ""],
        [.. FigureRatio.Compare(here, there).Select(ratio => new[]
        {
            ratio.Figure.Name,
            Number(ratio.Here * ratio.Figure.PrintedPerPlain),
            Number(ratio.There * ratio.Figure.PrintedPerPlain),
            ratio.Figure.Unit,
            Ratio(ratio.Gain),
            NameOf(ratio.Figure.Bound),
            Ratio(ratio.AgainstPeaks),
        })]);

    /// <summary>Cost by size. The last row of each axis also has the axis's exponent.</summary>
    public static TextTable Sizes(IReadOnlyList<SizePoint> points) => new(
        ["axis", "factor", "tasks", "trajectories", "horizon", "width", "s", "GFLOP/s", "peak GB", "exponent"],
        [.. points.Select((_, i) => Row(points, i))]);

    private static string[] Row(IReadOnlyList<SizePoint> points, int index)
    {
        (SizeAxis axis, int factor, IterationMeasurement cost) = points[index];
        bool isLastOfAxis = index + 1 == points.Count || points[index + 1].Axis != axis;
        return
        [
            axis.ToString().ToLowerInvariant(), $"x{factor}",
            Whole(cost.Size.Tasks), Whole(cost.Size.Trajectories), Whole(cost.Size.Horizon), Whole(cost.Size.Width),
            Number(cost.Seconds), Number(cost.Gflop / cost.Seconds), Number(cost.PeakResidentGb),
            isLastOfAxis ? Number(CostBySize.Exponent(points, axis)) : "",
        ];
    }

    private static string[] Row(Figure figure, BenchmarkResult result)
    {
        double gflops = figure.Gflops?.Invoke(result) ?? (figure.Unit == Figure.GflopPerSecond ? result[figure] : double.NaN);
        double bytes = figure.GigabytesPerSecond?.Invoke(result) ?? double.NaN;
        double peak = result.PeakOf(figure.Bound == Bound.ThreadArithmetic ? Bound.ThreadArithmetic : Bound.Arithmetic);
        return
        [
            figure.Name, Number(result[figure] * figure.PrintedPerPlain), figure.Unit, Number(gflops), Share(gflops / peak),
            Share(gflops / result[MetaRL.Figures.Products]), Number(bytes), Share(bytes / result[MetaRL.Figures.MemoryCopied]),
        ];
    }

    private static string NameOf(Bound bound) => bound switch
    {
        Bound.Arithmetic => "multiply-add peak",
        Bound.ThreadArithmetic => "one thread's peak",
        Bound.Memory => "memory copied",
        _ => "",
    };

    private static string Number(double value)
    {
        if (!double.IsFinite(value)) return "";
        double size = Math.Abs(value);
        string format = size >= 100 ? "F0" : size >= 10 ? "F1" : size >= 1 ? "F2" : "F3";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Ratio(double value) => double.IsFinite(value) ? value.ToString("F2", CultureInfo.InvariantCulture) : "";

    private static string Share(double value) =>
        double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{100 * value:F0} %") : "";

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}

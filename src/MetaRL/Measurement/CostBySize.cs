using MathNet.Numerics;

namespace MamlRobotics.MetaRL;

/// <summary>The size that grows from one measured iteration to the next.</summary>
public enum SizeAxis { Tasks, Horizon, Width }

/// <summary>One row of the table of cost by size.</summary>
/// <param name="Factor">The ratio of the size to the first size of its axis</param>
public sealed record SizePoint(SizeAxis Axis, int Factor, IterationMeasurement Cost);

/// <summary>Measures how the time of an iteration grows with the number of tasks, the horizon and the width of the policy.</summary>
public static class CostBySize
{
    /// <summary>The smallest number of tasks and horizon. They are so small that the whole table takes one or two minutes.</summary>
    public static IterationSize Base { get; } = new() { Tasks = 4, Trajectories = 10, Horizon = 20, Width = 64 };

    private const int SmallestWidth = 32;

    /// <summary>Every size to measure, in rising order within an axis.</summary>
    public static IReadOnlyList<(SizeAxis Axis, int Factor, IterationSize Size)> Sizes { get; } =
    [
        .. new[] { 1, 2, 5, 10, 20, 50 }.Select(factor => (SizeAxis.Tasks, factor, Base with { Tasks = factor * Base.Tasks })),
        .. new[] { 1, 2, 5, 10 }.Select(factor => (SizeAxis.Horizon, factor, Base with { Horizon = factor * Base.Horizon })),
        .. new[] { 1, 2, 4, 8, 16 }.Select(factor => (SizeAxis.Width, factor, Base with { Width = factor * SmallestWidth })),
    ];

    /// <param name="measure">Measures one size, best in a separate process, whose peak of memory is then that of the size</param>
    /// <param name="report">Called after every size</param>
    public static IReadOnlyList<SizePoint> Measure(Func<IterationSize, IterationMeasurement> measure, Action<SizePoint> report)
    {
        var points = new List<SizePoint>();
        foreach ((SizeAxis axis, int factor, IterationSize size) in Sizes)
        {
            points.Add(new SizePoint(axis, factor, measure(size)));
            report(points[^1]);
        }
        return points;
    }

    /// <summary>The exponent of the seconds as a power of the factor: the slope of a least-squares line through the logarithms.</summary>
    public static double Exponent(IEnumerable<(int Factor, double Seconds)> points)
    {
        (int Factor, double Seconds)[] all = [.. points];
        return Fit.Line([.. all.Select(point => Math.Log(point.Factor))], [.. all.Select(point => Math.Log(point.Seconds))]).B;
    }

    /// <inheritdoc cref="Exponent(IEnumerable{ValueTuple{int, double}})"/>
    public static double Exponent(IEnumerable<SizePoint> points, SizeAxis axis) =>
        Exponent(points.Where(point => point.Axis == axis).Select(point => (point.Factor, point.Cost.Seconds)));
}

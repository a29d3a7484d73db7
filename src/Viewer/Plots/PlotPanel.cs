using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>One chart of a plot: returns, or another quantity, over an axis.</summary>
/// <param name="Name">One word, for files</param>
/// <param name="Caption">Says what the lines and bands are</param>
public sealed record PlotPanel(
    string Name, string Title, string Caption, PlotAxis Axis, IReadOnlyList<PlotSeries> Series, IReadOnlyList<PlotReference> References)
{
    /// <summary>What the curves are of, in one word, for files.</summary>
    public string Quantity { get; init; } = "return";

    /// <summary>The range that is shown, where several panels shall have the same; null for a range that fits the curves.</summary>
    public (double Low, double High)? Shown { get; init; }
}

/// <summary>The horizontal axis of a chart.</summary>
/// <param name="Unit">The difference in x that the axis counts as one</param>
public sealed record PlotAxis(string Name, double Unit = 1)
{
    /// <summary>Whether the axis counts something: it starts at zero and has whole numbers. Others hold any numbers.</summary>
    public bool IsCount { get; init; } = true;
}

/// <summary>The curve of one configuration.</summary>
/// <param name="Number">Number of the configuration, which has the same colour in every chart</param>
/// <param name="Points">Mean and interval at each x, in the order of x</param>
/// <param name="Runs">The runs that the mean is taken of; empty where there is only one run</param>
public sealed record PlotSeries(string Name, int Number, IReadOnlyList<(double X, MeanInterval Return)> Points, IReadOnlyList<PlotRun> Runs)
{
    /// <summary>What the label says behind the name; null for the mean at the last point.</summary>
    public string? Figure { get; init; }

    /// <summary>The mean return on training tasks, where validations are too rare for a curve.</summary>
    public IReadOnlyList<(double X, double Return)> Training { get; init; } = [];

    /// <summary>The last points of runs that stopped before their end.</summary>
    public IReadOnlyList<(double X, double Return)> Stops { get; init; } = [];
}

/// <summary>A single run's curve.</summary>
public sealed record PlotRun(string Name, IReadOnlyList<(double X, double Return)> Points);

/// <summary>A return to compare with, the same for every x.</summary>
public sealed record PlotReference(string Name, double Return);

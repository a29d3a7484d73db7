using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The ranges of a chart, and their place on the screen.</summary>
internal readonly record struct PlotAxes(Rect Area, double Left, double Right, ReturnRange Range)
{
    // An interval may stretch the axis by so many spans of the curves.
    private const double IntervalReach = 0.5;

    private const double Margin = 0.05;

    public static PlotAxes Of(PlotPanel panel, Rect area)
    {
        (double X, double Return)[] points =
            [.. panel.Series.SelectMany(PointsOf).Where(point => double.IsFinite(point.Return)).DefaultIfEmpty((0, 0))];
        ReturnRange curves = ReturnRange.None.With(points.Select(point => point.Return));
        IEnumerable<double> intervalEnds = panel.Series.SelectMany(series => series.Points)
            .SelectMany(point => new[] { point.Return.Low, point.Return.High });
        IEnumerable<double> references = panel.References.Select(reference => reference.Return);
        ReturnRange range = curves
            .With(intervalEnds.Select(end => curves.Limit(end, IntervalReach)))
            .With(references.Where(value => curves.Reaches(value, ReturnAxis.ReferenceReach)));
        if (panel.Shown is { } shown) range = new ReturnRange(shown.Low, shown.High);
        double last = points.Max(point => point.X), first = panel.Axis.IsCount ? 0 : points.Min(point => point.X);
        double side = 0.02 * (panel.Axis.IsCount ? Math.Max(last, 1) : Math.Max(last - first, 1e-9));
        return new PlotAxes(area, first - side, last + side, range.Widened(Margin));
    }

    public ReturnAxis Returns => new(Range, Area.Y, Area.Bottom);

    public float X(double value) => Area.X + (float)((value - Left) / (Right - Left)) * Area.Width;

    public float Y(double value) => Returns.Y(value);

    public Vector2[] At(IEnumerable<(double X, double Return)> points)
    {
        PlotAxes axes = this;
        return [.. points.Select(point => new Vector2(axes.X(point.X), axes.Y(point.Return)))];
    }

    private static IEnumerable<(double X, double Return)> PointsOf(PlotSeries series) =>
        series.Points.Select(point => (point.X, point.Return.Mean))
            .Concat(series.Runs.SelectMany(run => run.Points)).Concat(series.Training);
}

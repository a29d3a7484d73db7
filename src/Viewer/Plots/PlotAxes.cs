namespace MamlRobotics.Viewer;

/// <summary>The ranges of a chart and where they are on the screen.</summary>
internal readonly record struct PlotAxes(Rect Area, double Left, double Right, ReturnRange Range)
{
    // How far beyond the curves, in their own span, an interval may stretch the axis.
    private const double IntervalReach = 0.5;

    private const double Margin = 0.05;

    public static PlotAxes Of(PlotPanel panel, Rect area)
    {
        (double X, double Return)[] points =
        [
            .. panel.Series.SelectMany(series => series.Points.Select(point => (point.X, point.Return.Mean)).Concat(series.Runs.SelectMany(run => run.Points)).Concat(series.Training))
                .Where(point => double.IsFinite(point.Item2)).DefaultIfEmpty((0, 0)),
        ];
        ReturnRange curves = ReturnRange.None.With(points.Select(point => point.Return));
        ReturnRange range = curves
            .With(panel.Series.SelectMany(series => series.Points).SelectMany(point => new[] { point.Return.Low, point.Return.High }).Select(end => curves.Limit(end, IntervalReach)))
            .With(panel.References.Select(reference => reference.Return).Where(value => curves.Reaches(value, ReturnAxis.ReferenceReach)));
        double last = points.Max(point => point.X), side = 0.02 * Math.Max(last, 1);
        return new PlotAxes(area, -side, last + side, range.Widened(Margin));
    }

    public ReturnAxis Returns => new(Range, Area.Y, Area.Bottom);

    public float X(double value) => Area.X + (float)((value - Left) / (Right - Left)) * Area.Width;

    public float Y(double value) => Returns.Y(value);
}

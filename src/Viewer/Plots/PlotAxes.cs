using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The ranges of a chart and where they are on the screen.</summary>
internal readonly record struct PlotAxes(Rect Area, double Left, double Right, double Low, double High)
{
    // How far beyond the curves, in their own range, an interval or a reference may stretch the axis.
    private const double IntervalReach = 0.5, ReferenceReach = 1;

    private const double Margin = 0.05;

    public static PlotAxes Of(PlotPanel panel, Rect area)
    {
        (double X, double Return)[] points =
        [
            .. panel.Series.SelectMany(series => series.Points.Select(point => (point.X, point.Return.Mean)).Concat(series.Runs.SelectMany(run => run.Points)))
                .Where(point => double.IsFinite(point.Item2)).DefaultIfEmpty((0, 0)),
        ];
        (double low, double high) = (points.Min(point => point.Return), points.Max(point => point.Return));
        double span = high > low ? high - low : Math.Max(1, Math.Abs(low) / 10), within = low, without = high;
        foreach (MeanInterval interval in panel.Series.SelectMany(series => series.Points).Select(point => point.Return))
            (within, without) = (Math.Min(within, Math.Max(interval.Low, low - IntervalReach * span)), Math.Max(without, Math.Min(interval.High, high + IntervalReach * span)));
        foreach (double value in panel.References.Select(reference => reference.Return).Where(value => value >= low - ReferenceReach * span && value <= high + ReferenceReach * span))
            (within, without) = (Math.Min(within, value), Math.Max(without, value));
        double margin = Margin * Math.Max(without - within, span), last = points.Max(point => point.X), side = 0.02 * Math.Max(last, 1);
        return new PlotAxes(area, -side, last + side, within - margin, without + margin);
    }

    public float X(double value) => Area.X + (float)((value - Left) / (Right - Left)) * Area.Width;

    public float Y(double value) => Area.Bottom - (float)((value - Low) / (High - Low)) * Area.Height;

    /// <summary>Round returns to mark, at most about <paramref name="most"/>.</summary>
    public IEnumerable<double> ReturnTicks(int most) => Ticks.Between(Low, High, most);

    public double ReturnSpacing(int most) => Ticks.RoundUp((High - Low) / most);

    public bool Shows(double value) => value >= Low && value <= High;
}

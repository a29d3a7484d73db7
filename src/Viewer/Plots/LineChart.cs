using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Draws a panel of curves: the intervals as bands, the means, single runs faintly, and labels where the curves end.</summary>
internal sealed class LineChart(Brush brush, PlotPanel panel)
{
    private const float LineHeight = 18, LongestLabel = 190, Leader = 16, AfterLeader = 8;
    private const float CaptionHeight = 10, RowSpacing = 44, TickGap = 28;

    /// <summary>The name of a curve or a reference, beside the end of its line.</summary>
    /// <param name="At">The end of the line; a point on the edge of the chart where the line ends beyond it</param>
    private sealed record Label(Vector2 At, string Text, Colour Colour, bool IsBeyond);

    private readonly Theme theme = brush.Theme;

    public void Draw(Rect area)
    {
        Rect inside = brush.Panel(area, panel.Title).Inset(0, CaptionHeight, 0, 0);
        brush.Text(inside.X, inside.Y, panel.Caption, theme.Muted);
        int rows = Math.Max(2, (int)(inside.Height / RowSpacing));
        float left = PlotAxes.Of(panel, inside).Returns.NumbersWidth(rows) + 2;
        PlotAxes axes = PlotAxes.Of(panel, inside.Inset(left, 18, LabelWidth() + Leader + AfterLeader, 40));
        axes.Returns.Draw(brush, axes.Area.X, axes.Area.Right, rows);
        DrawAxis(axes);
        brush.Canvas.Clip(axes.Area.Inset(-3));
        foreach (PlotReference reference in panel.References) DrawReference(axes, reference.Return);
        foreach (PlotSeries series in panel.Series) DrawSpread(axes, series);
        foreach (PlotSeries series in panel.Series) DrawMean(axes, series);
        foreach (PlotSeries series in panel.Series) DrawStops(axes, series);
        brush.Canvas.Clip(default);
        DrawLabels(axes, inside);
    }

    private void DrawReference(PlotAxes axes, double value)
    {
        if (!axes.Returns.Shows(value)) return;
        float y = axes.Y(value);
        brush.Canvas.Dashes(new(axes.Area.X, y), new(axes.Area.Right, y), 1.2f, theme.Muted);
    }

    /// <summary>Draws the axis below the chart, with numbers at round multiples.</summary>
    private void DrawAxis(PlotAxes axes)
    {
        double unit = panel.Axis.Unit, low = panel.Axis.Counts ? 0 : axes.Left / unit;
        float widest = StrokeFont.Measure(Brush.Number(axes.Right / unit, panel.Axis.Counts ? 0 : 2), Brush.Small) + TickGap;
        double least = (axes.Right - axes.Left) / unit / Math.Max(1, axes.Area.Width / widest);
        double spacing = panel.Axis.Counts ? Ticks.RoundUpWhole(least) : Ticks.RoundUp(least);
        foreach (double tick in Ticks.Multiples(low, axes.Right / unit, spacing))
        {
            brush.Canvas.Box(new Rect(MathF.Round(axes.X(tick * unit)), axes.Area.Bottom, 1, 4), theme.Muted);
            string number = Brush.Number(tick, Ticks.Digits(spacing));
            brush.Text(axes.X(tick * unit), axes.Area.Bottom + 18, number, theme.Muted, align: 0.5f);
        }
        brush.Canvas.Box(new Rect(axes.Area.X, axes.Area.Bottom, axes.Area.Width, 1), theme.Muted);
        brush.Text(axes.Area.Centre.X, axes.Area.Bottom + 36, panel.Axis.Name, theme.Muted, align: 0.5f);
    }

    private void DrawSpread(PlotAxes axes, PlotSeries series)
    {
        Colour colour = theme.Series[series.Number];
        BandEnd[] ends = [.. Thinned(series.Points.Select(End), end => end.X, end => end.Top, end => end.Bottom)];
        for (int i = 1; i < ends.Length; i++) brush.Canvas.Band(ends[i - 1], ends[i]);
        Path(axes.At(series.Training), 1, colour.Fade(0.5));
        foreach (PlotRun run in series.Runs) Path(axes.At(run.Points), 1, colour.Fade(0.4));

        BandEnd End((double X, MeanInterval Return) point) =>
            new(axes.X(point.X), axes.Y(point.Return.High), axes.Y(point.Return.Low), colour.Fade(0.2));
    }

    private void DrawMean(PlotAxes axes, PlotSeries series)
    {
        const float RoomForDots = 24;
        Colour colour = theme.Series[series.Number];
        Vector2[] points = axes.At(series.Points.Select(point => (point.X, point.Return.Mean)));
        Path(points, 2.2f, colour);
        if (points.Length > 1 && (points[^1].X - points[0].X) / (points.Length - 1) < RoomForDots) return;
        foreach (Vector2 point in points) brush.Canvas.Disc(point, 4, theme.Panel, 2, colour);
    }

    /// <summary>Draws a cross where a run stopped.</summary>
    private void DrawStops(PlotAxes axes, PlotSeries series)
    {
        const float Arm = 4;
        foreach ((double x, double value) in series.Stops)
        {
            var at = new Vector2(axes.X(x), axes.Y(value));
            brush.Canvas.Line(at - new Vector2(Arm), at + new Vector2(Arm), 2, theme.Series[series.Number]);
            brush.Canvas.Line(at + new Vector2(-Arm, Arm), at + new Vector2(Arm, -Arm), 2, theme.Series[series.Number]);
        }
    }

    private void Path(Vector2[] points, float width, Colour colour)
    {
        if (points.Length < 2) return;
        brush.Canvas.BeginPath(points[0], width, colour);
        foreach (Vector2 point in Thinned(points, point => point.X, point => point.Y, point => point.Y).Skip(1))
            brush.Canvas.PathTo(point, width, colour);
        brush.Canvas.EndPath();
    }

    /// <summary>Keeps the first, the last, the highest and the lowest of the points in a column of pixels: more cannot be seen.</summary>
    /// <param name="points">From left to right</param>
    private IEnumerable<T> Thinned<T>(IEnumerable<T> points, Func<T, float> x, Func<T, float> top, Func<T, float> bottom)
    {
        return points.Index().GroupBy(point => MathF.Floor(x(point.Item) * brush.Canvas.Scale))
            .SelectMany(Visible).Select(point => point.Item);

        IEnumerable<(int Index, T Item)> Visible(IEnumerable<(int Index, T Item)> column)
        {
            if (column.Count() <= 4) return column;
            (int, T) highest = column.MinBy(point => top(point.Item)), lowest = column.MaxBy(point => bottom(point.Item));
            (int Index, T Item)[] kept = [column.First(), highest, lowest, column.Last()];
            return kept.DistinctBy(point => point.Index).OrderBy(point => point.Index);
        }
    }

    private void DrawLabels(PlotAxes axes, Rect inside)
    {
        IEnumerable<Label> curves = panel.Series.Where(series => series.Points.Count > 0).Select(series => LabelOf(axes, series));
        IEnumerable<Label> references = panel.References
            .Select(reference => LabelOf(axes, axes.Right, reference.Return, Name(reference), theme.Muted));
        Label[] labels = [.. curves.Concat(references).OrderBy(label => label.At.Y)];
        float[] places = LabelColumn.Place([.. labels.Select(label => label.At.Y)], LineHeight, axes.Area.Y + 4, axes.Area.Bottom - 4);
        foreach ((int i, Label label) in labels.Index())
        {
            var end = new Vector2(axes.Area.Right + Leader, places[i]);
            if (!label.IsBeyond) DrawLeader(label, new(axes.Area.Right + 2, label.At.Y), end);
            brush.Text(end.X + AfterLeader, end.Y + 4, label.Text, label.Colour == theme.Muted ? theme.Muted : theme.Text);
            if (label.Colour != theme.Muted) brush.Canvas.Disc(end, 3, label.Colour);
        }
    }

    /// <summary>Leads from the end of a curve to its label. The line is dotted within the chart, where it could pass for a curve.</summary>
    private void DrawLeader(Label label, Vector2 edge, Vector2 end)
    {
        if (edge.X - label.At.X > Leader) brush.Canvas.Dashes(label.At, edge, 1, label.Colour.Fade(0.5), dash: 1, gap: 4);
        Path([edge, end], 1, label.Colour.Fade(0.7));
    }

    private Label LabelOf(PlotAxes axes, PlotSeries series)
    {
        (double x, MeanInterval last) = series.Points[^1];
        return LabelOf(axes, x, last.Mean, Name(series), theme.Series[series.Number]);
    }

    private static Label LabelOf(PlotAxes axes, double x, double value, string text, Colour colour)
    {
        string arrow = axes.Returns.Arrow(value);
        double shown = Math.Clamp(value, axes.Range.Low, axes.Range.High);
        return new Label(new Vector2(axes.X(x), axes.Y(shown)), arrow + text, colour, arrow.Length > 0);
    }

    private float LabelWidth()
    {
        IEnumerable<string> texts = panel.Series.Select(Name).Concat(panel.References.Select(reference => "↓ " + Name(reference)));
        return Math.Min(LongestLabel, texts.Max(text => StrokeFont.Measure(text, Brush.Small)));
    }

    private static string Name(PlotReference reference) => $"{reference.Name}  {Brush.Return(reference.Return)}";

    private static string Name(PlotSeries series)
    {
        string value = series.Points.Count == 0 ? "" : "  " + Brush.Return(series.Points[^1].Return.Mean);
        return Brush.Shorten(series.Name, LongestLabel - StrokeFont.Measure(value, Brush.Small), Brush.Small) + value;
    }
}

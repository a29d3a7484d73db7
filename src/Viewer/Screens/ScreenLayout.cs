using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Where the parts of the replay screen are. Parts that find no room are empty.</summary>
public sealed record ScreenLayout(Rect Header, Rect World, Rect Chart, Rect Map, Rect Field, Rect Change, Rect Timeline)
{
    private const float Margin = 16, Gap = 14, HeaderHeight = 36, TimelineHeight = 72, LeastForColumn = 860, FieldWidth = 186, FieldShare = 0.38f, LeastForWholeField = 380, LeastForTimeline = 300, LeastForChart = 320;

    public static ScreenLayout Of(float width, float height)
    {
        var all = new Rect(0, 0, width, height);
        Rect inner = all.Inset(Margin, HeaderHeight + Margin, Margin, Margin);
        float timeline = height < LeastForTimeline ? 0 : TimelineHeight, column = width < LeastForColumn ? 0 : Math.Clamp(0.345f * width, 300, 560);
        float bodyHeight = inner.Height - (timeline > 0 ? timeline + Gap : 0);
        var world = new Rect(inner.X, inner.Y, inner.Width - (column > 0 ? column + Gap : 0), bodyHeight);
        float x = inner.Right - column, free = bodyHeight - 2 * Gap;
        float chart = MathF.Round(0.35f * free), map = MathF.Round(0.385f * free), field = column < LeastForWholeField ? MathF.Round(FieldShare * column) : FieldWidth;
        return new ScreenLayout(
            new Rect(Margin, 0, width - 2 * Margin, HeaderHeight + Margin), world,
            new Rect(x, inner.Y, column, chart), new Rect(x, inner.Y + chart + Gap, column - (field > 0 ? field + Gap : 0), map),
            field > 0 ? new Rect(inner.Right - field, inner.Y + chart + Gap, field, map) : default,
            new Rect(x, inner.Y + chart + map + 2 * Gap, column, free - chart - map),
            timeline > 0 ? new Rect(inner.X, inner.Bottom - timeline, inner.Width, timeline) : default);
    }

    /// <summary>One of two replays beside each other: the world, under it the chart and its own timeline.</summary>
    public static ScreenLayout Half(float width, float height, int half)
    {
        float own = (width - 2 * Margin - Gap) / 2, x = Margin + half * (own + Gap), top = HeaderHeight + Margin;
        float timeline = height < LeastForTimeline ? 0 : TimelineHeight, free = height - top - Margin - (timeline > 0 ? timeline + Gap : 0);
        float chart = free < LeastForChart ? 0 : Math.Clamp(0.3f * free, 120, 240);
        float world = free - (chart > 0 ? chart + Gap : 0);
        return new ScreenLayout(
            new Rect(x, 0, own, top), new Rect(x, top, own, world), chart > 0 ? new Rect(x, top + world + Gap, own, chart) : default, default, default, default,
            timeline > 0 ? new Rect(x, height - Margin - timeline, own, timeline) : default);
    }

    /// <summary>The column under the chart, in one.</summary>
    public Rect BelowChart => new(Chart.X, Map.Y, Chart.Width, Change.Bottom - Map.Y);

    /// <summary>Where the world is shown at first: beside the texts in its corners, and clear of what covers its upper right one.</summary>
    /// <param name="covered">Size of the corner that is covered; none by default</param>
    public Rect WorldView(Vector2 covered = default)
    {
        Rect view = World.Inset(20, Math.Min(64, World.Height / 5), 20, Math.Min(40, World.Height / 8));
        if (covered == default) return view;
        Rect beside = view.Inset(0, 0, covered.X, 0);
        Rect below = view.Inset(0, Math.Max(0, World.Y + covered.Y + 20 - view.Y), 0, 0);
        return Math.Min(beside.Width, beside.Height) >= Math.Min(below.Width, below.Height) ? beside : below;
    }
}

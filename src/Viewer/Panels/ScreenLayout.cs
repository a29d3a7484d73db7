using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Where the parts of the replay screen are. Parts that find no room are empty.</summary>
public sealed record ScreenLayout(Rect Header, Rect World, Rect Chart, Rect Map, Rect Field, Rect Change, Rect Timeline)
{
    private const float Margin = 16, Gap = PanelBlock.Gap, HeaderHeight = 36, TimelineHeight = 72, LeastForColumn = 860, LeastForTimeline = 300, LeastForChart = 320, LeastForMap = 150, LeastForMapWidth = 320, WorldOverPanels = 0.58f,
        LowWorld = 300, WideWorld = 2, BesideTitle = 0.56f;

    /// <summary>The panels of one task, beside the world or, where that leaves it larger, under it.</summary>
    public static ScreenLayout Of(float width, float height) => Of(width, height, PanelBlock.OfTask);

    /// <summary>The chart, and the panel of all tasks in the map's place.</summary>
    public static ScreenLayout OfPopulation(float width, float height) => Of(width, height, PanelBlock.OfPopulation);

    private static ScreenLayout Of(float width, float height, Func<Rect, PanelBlock> fill)
    {
        Rect inner = new Rect(0, 0, width, height).Inset(Margin, HeaderHeight + Margin, Margin, Margin);
        float timeline = height < LeastForTimeline ? 0 : TimelineHeight, column = width < LeastForColumn ? 0 : Math.Clamp(0.345f * width, 300, 560);
        Rect body = inner.Inset(0, 0, 0, timeline > 0 ? timeline + Gap : 0), beside = body, under = body;
        if (column > 0) beside = body.Inset(0, 0, column + Gap, 0);
        if (height > width) under = body with { Height = MathF.Round(WorldOverPanels * body.Height) };
        bool isUnder = under != body && (column == 0 || Math.Min(under.Width, under.Height) > Math.Min(beside.Width, beside.Height));
        Rect world = isUnder ? under : beside;
        PanelBlock panels = fill(isUnder ? body.Inset(0, world.Height + Gap, 0, 0) : body.Inset(column > 0 ? world.Width + Gap : body.Width, 0, 0, 0));
        if (isUnder && panels.Chart.IsEmpty) world = body;
        return new ScreenLayout(
            new Rect(Margin, 0, width - 2 * Margin, HeaderHeight + Margin), world, panels.Chart, panels.Map, panels.Field, panels.Change,
            timeline > 0 ? new Rect(inner.X, inner.Bottom - timeline, inner.Width, timeline) : default);
    }

    /// <summary>
    /// One of two replays beside each other: the world, under it the chart and its own timeline. Between the charts the
    /// right one has room for the map of what they differ by.
    /// </summary>
    public static ScreenLayout Half(float width, float height, int half)
    {
        float own = (width - 2 * Margin - Gap) / 2, x = Margin + half * (own + Gap), top = HeaderHeight + Margin;
        float timeline = height < LeastForTimeline ? 0 : TimelineHeight, free = height - top - Margin - (timeline > 0 ? timeline + Gap : 0);
        float below = free < LeastForChart ? 0 : Math.Clamp(0.34f * free, 120, 300);
        float third = (width - 2 * Margin - 2 * Gap) / 3;
        bool hasMap = below >= LeastForMap && third >= LeastForMapWidth;
        float world = free - (below > 0 ? below + Gap : 0), chart = hasMap ? third : own, y = top + world + Gap;
        return new ScreenLayout(
            new Rect(x, 0, own, top), new Rect(x, top, own, world), below > 0 ? new Rect(half == 0 ? Margin : width - Margin - chart, y, chart, below) : default,
            hasMap && half == 1 ? new Rect(Margin + third + Gap, y, third, below) : default, default, default,
            timeline > 0 ? new Rect(x, height - Margin - timeline, own, timeline) : default);
    }

    /// <summary>Whether a world is so low and wide that it is shown beside its title, not under it.</summary>
    public static bool IsLow(Rect world) => world.Height < LowWorld && world.Width > WideWorld * world.Height;

    /// <summary>Width that the words in the world's upper left corner may take.</summary>
    public float TitleWidth => IsLow(World) ? BesideTitle * World.Width : World.Width;

    /// <summary>Where the world is shown at first: beside the texts in its corners, and clear of what covers its upper right one.</summary>
    /// <param name="covered">Size of the corner that is covered; none by default</param>
    public Rect WorldView(Vector2 covered = default)
    {
        Rect view = IsLow(World) ? World.Inset(BesideTitle * World.Width, 14, 20, 30)
            : World.Inset(20, Math.Min(64, World.Height / 5), 20, Math.Min(40, World.Height / 8));
        if (covered == default) return view;
        Rect beside = view.Inset(0, 0, covered.X, 0);
        Rect below = view.Inset(0, Math.Max(0, World.Y + covered.Y + 20 - view.Y), 0, 0);
        return Math.Min(beside.Width, beside.Height) >= Math.Min(below.Width, below.Height) ? beside : below;
    }
}

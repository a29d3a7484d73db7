using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The places of the parts of a screen. Parts that have no room are empty.</summary>
public sealed record ScreenLayout(Rect Header, Rect World, Rect Chart, Rect Map, Rect Field, Rect Change, Rect Timeline)
{
    private const float Margin = 16, Gap = PanelBlock.Gap, HeaderHeight = 36, TimelineHeight = 72;
    private const float LeastForColumn = 860, LeastForTimeline = 300, LeastForChart = 320, LeastForMap = 150, LeastForMapWidth = 320;
    private const float WorldOverPanels = 0.58f, LowWorld = 300, WideWorld = 2, BesideTitle = 0.56f;

    /// <summary>The panels of one task are beside the world or, where the world is then larger, under it.</summary>
    public static ScreenLayout Of(float width, float height) => Of(width, height, PanelBlock.OfTask);

    /// <summary>The chart is there, and the panel of all tasks in the place of the map.</summary>
    public static ScreenLayout OfPopulation(float width, float height) => Of(width, height, PanelBlock.OfPopulation);

    private static ScreenLayout Of(float width, float height, Func<Rect, PanelBlock> fill)
    {
        var header = new Rect(Margin, 0, width - 2 * Margin, HeaderHeight + Margin);
        Rect inner = new Rect(0, 0, width, height).Inset(Margin, HeaderHeight + Margin, Margin, Margin);
        bool hasTimeline = height >= LeastForTimeline;
        Rect timeline = hasTimeline ? new Rect(inner.X, inner.Bottom - TimelineHeight, inner.Width, TimelineHeight) : default;
        Rect body = inner.Inset(0, 0, 0, hasTimeline ? TimelineHeight + Gap : 0);
        (Rect world, Rect panelArea, bool isUnder) = Divide(body, width, height);
        PanelBlock panels = fill(panelArea);
        if (isUnder && panels.Chart.IsEmpty) world = body;
        return new ScreenLayout(header, world, panels.Chart, panels.Map, panels.Field, panels.Change, timeline);
    }

    /// <summary>Divides the screen between the world and the panels, so that the world gets the larger part.</summary>
    private static (Rect World, Rect Panels, bool IsUnder) Divide(Rect body, float width, float height)
    {
        float column = width < LeastForColumn ? 0 : Math.Clamp(0.345f * width, 300, 560);
        Rect beside = column > 0 ? body.Inset(0, 0, column + Gap, 0) : body;
        Rect over = height > width ? body with { Height = MathF.Round(WorldOverPanels * body.Height) } : body;
        bool isLarger = Math.Min(over.Width, over.Height) > Math.Min(beside.Width, beside.Height);
        if (over != body && (column == 0 || isLarger)) return (over, body.Inset(0, over.Height + Gap, 0, 0), true);
        return (beside, body.Inset(column > 0 ? beside.Width + Gap : body.Width, 0, 0, 0), false);
    }

    /// <summary>
    /// One of two halves, which show two replays. It has the world, and under it the chart and its own timeline. Between the
    /// charts the right half has room for the map of the difference.
    /// </summary>
    public static ScreenLayout Half(float width, float height, int half)
    {
        float own = (width - 2 * Margin - Gap) / 2, x = Margin + half * (own + Gap), top = HeaderHeight + Margin;
        float timelineHeight = height < LeastForTimeline ? 0 : TimelineHeight;
        float free = height - top - Margin - (timelineHeight > 0 ? timelineHeight + Gap : 0);
        float below = free < LeastForChart ? 0 : Math.Clamp(0.34f * free, 120, 300);
        float third = (width - 2 * Margin - 2 * Gap) / 3;
        bool hasMap = below >= LeastForMap && third >= LeastForMapWidth;
        float worldHeight = free - (below > 0 ? below + Gap : 0), chartWidth = hasMap ? third : own, y = top + worldHeight + Gap;
        float chartX = half == 0 ? Margin : width - Margin - chartWidth;
        Rect chart = below > 0 ? new Rect(chartX, y, chartWidth, below) : default;
        Rect map = hasMap && half == 1 ? new Rect(Margin + third + Gap, y, third, below) : default;
        Rect timeline = timelineHeight > 0 ? new Rect(x, height - Margin - timelineHeight, own, timelineHeight) : default;
        return new ScreenLayout(
            new Rect(x, 0, own, top), new Rect(x, top, own, worldHeight), chart, map, Field: default, Change: default, timeline);
    }

    /// <summary>Whether a world is so low and wide that it is shown beside its title instead of under it.</summary>
    public static bool IsLow(Rect world) => world.Height < LowWorld && world.Width > WideWorld * world.Height;

    /// <summary>Width that the words in the world's upper left corner may take.</summary>
    public float TitleWidth => IsLow(World) ? BesideTitle * World.Width : World.Width;

    /// <summary>The area in which the world is shown at first: clear of the texts in its corners and of the covered corner.</summary>
    /// <param name="covered">Size of the upper right corner that is covered; none by default</param>
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

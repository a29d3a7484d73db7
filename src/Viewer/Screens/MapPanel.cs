using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>
/// The adapted return over the task columns of a map: as coloured cells over two, as a curve over one. Drawn again while
/// it fills in, so drawing leaves no garbage.
/// </summary>
internal sealed class MapPanel
{
    private const float NumbersWidth = 132, NumbersGap = 26, LeastForBoth = 360, LineHeight = 20;

    private readonly Replay replay;
    private readonly ReturnMap map;
    private readonly MapGrid? grid;
    private readonly MapCurve? curve;
    private readonly string title, caption;
    private int drawn = -1;

    public MapPanel(Replay replay)
    {
        (this.replay, map) = (replay, replay.Map);
        if (map.Y.Cells > 1) grid = new MapGrid(map);
        else curve = new MapCurve(map, replay.InnerSteps);
        title = replay.InnerSteps == 0 ? "Return of the prior" : string.Create(CultureInfo.InvariantCulture, $"Return after {replay.InnerSteps} {(replay.InnerSteps == 1 ? "step" : "steps")}");
        string over = map.X.Name == "goal_x" ? "goal" : map.Y.Cells > 1 ? $"{map.X.Name} and {map.Y.Name}" : map.X.Name;
        caption = "by " + over.Replace('_', ' ');
    }

    /// <summary>Whether cells were filled in since the panel was drawn.</summary>
    public bool HasGained => drawn != map.Version;

    public void Draw(Brush brush, Rect area) => DrawInside(brush, brush.Panel(area, title, caption));

    /// <summary>Draws over what the panel showed.</summary>
    public void DrawAgain(Brush brush, Rect area)
    {
        Rect inside = brush.Inside(area);
        brush.Canvas.Box(inside.Inset(-12, -2, -12, -10), brush.Theme.Panel);
        DrawInside(brush, inside);
    }

    private void DrawInside(Brush brush, Rect inside)
    {
        drawn = map.Version;
        if (!map.Adapted.AsSpan().ContainsAnyExcept(double.NaN))
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", brush.Theme.Muted, align: 0.5f);
            return;
        }
        bool hasNumbers = inside.Width >= LeastForBoth;
        Rect left = hasNumbers ? inside.Inset(0, 0, NumbersWidth + NumbersGap, 0) : inside;
        grid?.Draw(brush, left, replay.Task);
        curve?.Draw(brush, left, replay.Task);
        if (hasNumbers) DrawNumbers(brush, new Rect(inside.Right - NumbersWidth, inside.Y, NumbersWidth, inside.Height));
    }

    private void DrawNumbers(Brush brush, Rect area)
    {
        float y = area.Y + 10;
        if (replay.InnerSteps > 0) Number("prior mean", Mean(map.Prior));
        Number(replay.InnerSteps > 0 ? "adapted mean" : "prior mean", Mean(map.Adapted));
        Number("worst task", Worst(map.Adapted));
        Number("this task", replay.Steps[^1].Returns.Mean);

        void Number(string name, double value)
        {
            if (y > area.Bottom) return;
            brush.Text(area.X, y, name, brush.Theme.Muted);
            brush.Number(area.Right, y, value, Brush.ReturnDigits(value), brush.Theme.Text, align: 1);
            y += LineHeight;
        }
    }

    private static double Mean(double[] returns)
    {
        (double total, int known) = (0, 0);
        foreach (double value in returns)
            if (double.IsFinite(value)) (total, known) = (total + value, known + 1);
        return total / known;
    }

    private static double Worst(double[] returns)
    {
        ReturnRange range = ReturnRange.None;
        foreach (double value in returns) range = range.With(value);
        return range.Low;
    }
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The adapted return over two task columns, as coloured cells. Drawn again while it fills in, so drawing leaves no
/// garbage.
/// </summary>
internal sealed class MapPanel(Replay replay)
{
    private const float ScaleWidth = 9, RoomForScale = 76, StripHeight = 48, NumbersFrom = 90, LeastForNumbers = 72;

    private readonly ReturnMap map = replay.Map;
    private readonly string title = $"Return by {Over(replay.Map)}";
    private readonly string caption = replay.InnerSteps == 0 ? "prior" : $"after {replay.InnerSteps} {(replay.InnerSteps == 1 ? "step" : "steps")}";
    private readonly string unit = replay.Map.X.Unit.Length > 0 ? " " + replay.Map.X.Unit : "";
    private int drawn = -1;

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
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (double value in map.Adapted)
            if (double.IsFinite(value)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", brush.Theme.Muted, align: 0.5f);
            return;
        }
        Rect cells = Square(inside);
        DrawCells(brush, cells, low, high);
        Vector2 here = Place(cells);
        brush.Canvas.Disc(here, 6.5f, Colour.Clear, 3.5f, brush.Theme.Panel);
        brush.Canvas.Disc(here, 5.5f, Colour.Clear, 2, brush.Theme.Goal);
        DrawScale(brush, new Rect(cells.Right + 18, cells.Y, ScaleWidth, cells.Height), low, high);
        DrawNumbers(brush, new Rect(cells.Right + NumbersFrom, cells.Y, inside.Right - cells.Right - NumbersFrom, cells.Height), low);
    }

    private static string Over(ReturnMap map) =>
        map.X.Name == "goal_x" ? "goal" : map.Y.Cells > 1 ? $"{Words(map.X.Name)} and {Words(map.Y.Name)}" : Words(map.X.Name);

    private static string Words(string column) => column.Replace('_', ' ');

    /// <summary>The square, or strip, that the cells fill.</summary>
    private Rect Square(Rect inside)
    {
        float width = inside.Width - RoomForScale, height = inside.Height - 16;
        if (map.Y.Cells == 1) return new Rect(inside.X + 2, inside.Y + 2, width, MathF.Min(height, StripHeight));
        return new Rect(inside.X + 2, inside.Y + 2, MathF.Min(width, height), MathF.Min(width, height));
    }

    private void DrawCells(Brush brush, Rect area, double low, double high)
    {
        (float width, float height) = (area.Width / map.X.Cells, area.Height / map.Y.Cells);
        for (int y = 0; y < map.Y.Cells; y++)
        {
            for (int x = 0; x < map.X.Cells; x++)
            {
                double value = map.Adapted[map.Index(x, y)];
                if (!double.IsFinite(value)) continue;
                var cell = new Rect(area.X + x * width, area.Bottom - (y + 1) * height, width, height);
                brush.Canvas.Box(cell.Inset(0.5f), Theme.Heat(high > low ? (value - low) / (high - low) : 1), 1.5f);
            }
        }
        brush.Number(area.X, area.Bottom + 15, map.X.Low, 2, brush.Theme.Muted, 7.5f);
        brush.Number(area.Right, area.Bottom + 15, map.X.High, 2, brush.Theme.Muted, 7.5f, 1, unit);
    }

    private static void DrawScale(Brush brush, Rect area, double low, double high)
    {
        const int Parts = 48;
        for (int i = 0; i < Parts; i++)
            brush.Canvas.Box(new Rect(area.X, area.Bottom - area.Height * (i + 1) / Parts, area.Width, area.Height / Parts + 0.5f), Theme.Heat((i + 0.5) / Parts));
        brush.Number(area.Right + 7, area.Y + 9, high, Brush.ReturnDigits(high), brush.Theme.Muted);
        brush.Number(area.Right + 7, area.Bottom, low, Brush.ReturnDigits(low), brush.Theme.Muted);
    }

    private void DrawNumbers(Brush brush, Rect area, double worst)
    {
        if (area.Width < LeastForNumbers) return;
        ReadOnlySpan<double> values = [Mean(map.Prior), Mean(map.Adapted), worst, replay.Steps[^1].Returns.Mean];
        float y = area.Y + 9;
        int room = Math.Clamp((int)(area.Height / 32), 1, values.Length);
        for (int i = 0; i < room; i++)
        {
            brush.Text(area.X, y, i switch { 0 => "prior mean", 1 => "adapted mean", 2 => "worst task", _ => "this task" }, brush.Theme.Muted, 7.5f);
            brush.Number(area.X, y + 16, values[i], Brush.ReturnDigits(values[i]), brush.Theme.Text, Brush.Normal);
            y += Math.Min(40, area.Height / room);
        }
    }

    private static double Mean(double[] returns)
    {
        (double total, int known) = (0, 0);
        foreach (double value in returns)
            if (double.IsFinite(value)) (total, known) = (total + value, known + 1);
        return total / known;
    }

    private Vector2 Place(Rect area)
    {
        return new Vector2(area.X + Along(map.X) * area.Width, area.Bottom - (map.Y.Cells > 1 ? Along(map.Y) : 0.5f) * area.Height);
        float Along(MapAxis axis) => axis.High > axis.Low ? (float)Math.Clamp((replay.Task[axis.Column] - axis.Low) / (axis.High - axis.Low), 0, 1) : 0.5f;
    }
}

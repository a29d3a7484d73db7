using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The adapted return over two task columns, as coloured cells.</summary>
internal static class MapPanel
{
    public static void Draw(Brush brush, Rect area, Replay replay)
    {
        Theme theme = brush.Theme;
        ReturnMap map = replay.Map;
        string over = map.X.Name == "goal_x" ? "goal" : map.Y.Cells > 1 ? $"{Words(map.X.Name)} and {Words(map.Y.Name)}" : Words(map.X.Name);
        Rect inside = brush.Panel(area, $"Return by {over}", replay.InnerSteps == 0 ? "prior" : $"after {replay.InnerSteps} {(replay.InnerSteps == 1 ? "step" : "steps")}");
        double[] known = [.. map.Adapted.Where(double.IsFinite)];
        if (known.Length == 0)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", theme.Muted, align: 0.5f);
            return;
        }
        (double low, double high) = (known.Min(), known.Max());
        Rect cells = Square(inside, map);
        DrawCells(brush, cells, map, low, high);
        Vector2 here = Place(cells, map, replay.Task);
        brush.Canvas.Disc(here, 6.5f, Colour.Clear, 3.5f, theme.Panel);
        brush.Canvas.Disc(here, 5.5f, Colour.Clear, 2, theme.Goal);
        DrawScale(brush, new Rect(cells.Right + 18, cells.Y, 9, cells.Height), low, high);
        DrawNumbers(brush, new Rect(cells.Right + 90, cells.Y, inside.Right - cells.Right - 90, cells.Height), map, replay);
    }

    /// <summary>The square, or strip, that the cells fill.</summary>
    public static Rect Square(Rect inside, ReturnMap map)
    {
        float size = MathF.Min(inside.Height - 16, inside.Width - 76);
        float height = map.Y.Cells > 1 ? size : size / 3;
        return new Rect(inside.X + 2, inside.Y + 2, size, height);
    }

    private static void DrawCells(Brush brush, Rect area, ReturnMap map, double low, double high)
    {
        (float width, float height) = (area.Width / map.X.Cells, area.Height / map.Y.Cells);
        for (int y = 0; y < map.Y.Cells; y++)
        {
            for (int x = 0; x < map.X.Cells; x++)
            {
                double value = map.Adapted[map.Index(x, y)];
                if (!double.IsFinite(value)) continue;
                var cell = new Rect(area.X + x * width, area.Bottom - (y + 1) * height, width, height);
                brush.Canvas.Box(cell.Inset(0.5f), Theme.Heat(Share(value, low, high)), 1.5f);
            }
        }
        string xUnit = map.X.Unit.Length > 0 ? " " + map.X.Unit : "";
        brush.Text(area.X, area.Bottom + 15, Brush.Number(map.X.Low, 2), brush.Theme.Muted, 7.5f);
        brush.Text(area.Right, area.Bottom + 15, Brush.Number(map.X.High, 2) + xUnit, brush.Theme.Muted, 7.5f, align: 1);
    }

    private static void DrawScale(Brush brush, Rect area, double low, double high)
    {
        const int Parts = 48;
        for (int i = 0; i < Parts; i++)
            brush.Canvas.Box(new Rect(area.X, area.Bottom - area.Height * (i + 1) / Parts, area.Width, area.Height / Parts + 0.5f), Theme.Heat((i + 0.5) / Parts));
        brush.Text(area.Right + 7, area.Y + 9, Brush.Return(high), brush.Theme.Muted);
        brush.Text(area.Right + 7, area.Bottom, Brush.Return(low), brush.Theme.Muted);
    }

    private static void DrawNumbers(Brush brush, Rect area, ReturnMap map, Replay replay)
    {
        if (area.Width < 72) return;
        double prior = map.Prior.Where(double.IsFinite).Average();
        (double mean, double worst) = map.Summary;
        (string Name, double Value)[] rows = [("prior mean", prior), ("adapted mean", mean), ("worst task", worst), ("this task", replay.Steps[^1].Mean)];
        float y = area.Y + 9;
        int room = Math.Clamp((int)(area.Height / 32), 1, rows.Length);
        foreach ((string name, double value) in rows.Take(room))
        {
            brush.Text(area.X, y, name, brush.Theme.Muted, 7.5f);
            brush.Text(area.X, y + 16, Brush.Return(value), brush.Theme.Text, Brush.Normal);
            y += Math.Min(40, area.Height / room);
        }
    }

    private static Vector2 Place(Rect area, ReturnMap map, IReadOnlyList<double> task)
    {
        float x = Along(map.X, task), y = map.Y.Cells > 1 ? Along(map.Y, task) : 0.5f;
        return new Vector2(area.X + x * area.Width, area.Bottom - y * area.Height);
        static float Along(MapAxis axis, IReadOnlyList<double> task) => axis.High > axis.Low ? (float)Math.Clamp((task[axis.Column] - axis.Low) / (axis.High - axis.Low), 0, 1) : 0.5f;
    }

    private static double Share(double value, double low, double high) => high > low ? (value - low) / (high - low) : 1;

    private static string Words(string column) => column.Replace('_', ' ');
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The words in a world's lower corners: on the left the colours of the gradient steps, those that are hidden faintly, on
/// the right the scale of the grid and the wind. Where not all steps have room with their names, they are a ramp.
/// </summary>
internal static class WorldLegend
{
    private const float Left = 18, Right = 16, Up = 16, Dash = 18, Gap = 20, Near = 8, Height = 15;
    private const int MostNames = 6;

    /// <summary>Draws all that has room.</summary>
    /// <param name="remark">What else there is to say of the lines</param>
    /// <param name="wind">The wind's strength with its unit; empty where there is none</param>
    /// <returns>What the words take</returns>
    public static IReadOnlyList<Rect> Draw(Brush brush, Camera camera, Rect area, int steps, IReadOnlyList<bool>? visible, string remark = "", string wind = "", Vector2 towards = default)
    {
        string grid = $"{GridScale(camera)} m grid";
        float y = area.Bottom - Up, room = area.Width - Left - Right, gridWidth = StrokeFont.Measure(grid, Brush.Small);
        string[] names = [.. Enumerable.Range(0, steps + 1).Select(step => step == 0 ? "prior policy" : Brush.Steps(step))];
        bool isRamp = steps + 1 > MostNames || NamesWidth(names) + Gap + gridWidth > room;
        float cell = RampCell(steps, room), width = isRamp ? RampWords(steps) + cell * (steps + 1) : NamesWidth(names);
        if (width + Gap + StrokeFont.Measure(remark, Brush.Small) + Gap + gridWidth > room) remark = "";
        float all = width + (remark.Length > 0 ? Gap + StrokeFont.Measure(remark, Brush.Small) : 0);
        List<Rect> taken = [Back(brush, area.X + Left, y, all)];
        if (isRamp) DrawRamp(brush, area.X + Left, y, steps, cell, visible);
        else DrawNames(brush, area.X + Left, y, names, visible);
        brush.Text(area.X + Left + all, y, remark, brush.Theme.Muted, align: 1);
        if (all + Gap + gridWidth <= room)
        {
            taken.Add(Back(brush, area.Right - Right - gridWidth, y, gridWidth));
            brush.Text(area.Right - Right, y, grid, brush.Theme.Muted, align: 1);
        }
        if (wind.Length > 0) taken.Add(DrawWind(brush, new(area.Right - Right, y - 2 * Height), wind, towards));
        return taken;
    }

    /// <summary>Width of a cell of the grid, as it is written.</summary>
    internal static string GridScale(Camera camera) => Brush.Tick(WorldFurniture.GridSpacing(camera), WorldFurniture.GridSpacing(camera));

    private static Rect Back(Brush brush, float x, float y, float width)
    {
        var area = new Rect(x, y - Height + 4, width, Height);
        brush.Backing(area);
        return area;
    }

    private static float NamesWidth(string[] names) => names.Sum(name => Dash + Near + StrokeFont.Measure(name, Brush.Small)) + (names.Length - 1) * Gap;

    private static void DrawNames(Brush brush, float x, float y, string[] names, IReadOnlyList<bool>? visible)
    {
        for (int step = 0; step < names.Length; step++)
        {
            double opacity = visible is null || visible[step] ? 1 : 0.35;
            brush.Canvas.Line(new(x, y - 4), new(x + Dash, y - 4), 3, brush.Theme.Step(step, names.Length - 1).Fade(opacity));
            x += Dash + Near + brush.Text(x + Dash + Near, y, names[step], brush.Theme.Muted.Fade(opacity)) + Gap;
        }
    }

    private static float RampWords(int steps) => StrokeFont.Measure("prior", Brush.Small) + Near + Near + StrokeFont.Measure(Brush.Steps(steps), Brush.Small);

    private static float RampCell(int steps, float room) => Math.Min(15, Math.Min(180, room - RampWords(steps)) / (steps + 1));

    private static void DrawRamp(Brush brush, float x, float y, int steps, float cell, IReadOnlyList<bool>? visible)
    {
        x += brush.Text(x, y, "prior", brush.Theme.Muted) + Near;
        for (int step = 0; step <= steps; step++)
        {
            Colour colour = brush.Theme.Step(step, steps);
            brush.Canvas.Box(new Rect(x + step * cell, y - 8.5f, cell - Math.Min(1.5f, cell / 4), 8.5f), visible is null || visible[step] ? colour : colour.Fade(0.2), 2);
        }
        brush.Text(x + (steps + 1) * cell + Near, y, Brush.Steps(steps), brush.Theme.Muted);
    }

    private static Rect DrawWind(Brush brush, Vector2 right, string wind, Vector2 towards)
    {
        const float Half = 11;
        float width = StrokeFont.Measure(wind, Brush.Small) + Near + 2 * Half;
        Rect area = Back(brush, right.X - width, right.Y, width);
        Vector2 middle = new(right.X - Half, right.Y - 4), along = Vector2.Normalize(towards) * new Vector2(1, -1) * Half, across = new(-along.Y, along.X);
        brush.Text(right.X - 2 * Half - Near, right.Y, wind, brush.Theme.Muted, align: 1);
        brush.Canvas.Line(middle - along, middle + along, 2, brush.Theme.Text);
        brush.Canvas.Line(middle + along, middle + along * 0.3f + across * 0.45f, 2, brush.Theme.Text);
        brush.Canvas.Line(middle + along, middle + along * 0.3f - across * 0.45f, 2, brush.Theme.Text);
        return area;
    }
}

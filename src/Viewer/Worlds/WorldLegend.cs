using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Something that acts on the robot, such as wind: its strength with its unit, and its direction; zero for a mass.</summary>
internal readonly record struct WorldInfluence(string Text, Vector2 Direction);

/// <summary>
/// The words in a world's lower corners. On the left are the colours of the gradient steps, and the steps that are hidden are
/// faint. On the right is the scale of the grid, and above one of them is what acts on the robot. Where the steps have no room
/// for their names, they are drawn as a ramp. Drawing leaves no garbage.
/// </summary>
internal sealed class WorldLegend
{
    private const float Left = 18, Right = 16, Up = 16, Dash = 18, Gap = 20, Near = 8, Height = 15, Half = 11, LineHeight = 24;

    // Height of the title and of the lowest line together. In a narrow world the title has more lines.
    private const float Title = 120, NarrowTitle = 200, NarrowWorld = 420;
    private const int MostNames = 6;

    private readonly Rect area;
    private readonly int steps;
    private readonly IReadOnlyList<bool>? visible;
    private readonly string[] names;
    private readonly string remark = "", grid = "", last;
    private readonly IReadOnlyList<WorldInfluence> influences;
    private readonly bool isRamp;
    private readonly float cell, width, y;
    private readonly List<Rect> areas = [];

    private WorldLegend(
        Rect area, string grid, int steps, IReadOnlyList<bool>? visible, string remark, IReadOnlyList<WorldInfluence> influences)
    {
        (this.area, this.steps, this.visible, y, last) = (area, steps, visible, area.Bottom - Up, Brush.Steps(steps));
        float room = area.Width - Left - Right, gridWidth = Measure(grid);
        names = [.. Enumerable.Range(0, steps + 1).Select(step => step == 0 ? "prior policy" : Brush.Steps(step))];
        isRamp = steps + 1 > MostNames || NamesWidth + Gap + gridWidth > room;
        cell = Math.Min(15, Math.Min(180, room - RampWords) / (steps + 1));
        width = isRamp ? RampWords + cell * (steps + 1) : NamesWidth;
        if (remark.Length > 0 && width + Gap + Measure(remark) + Gap + gridWidth <= room)
        {
            this.remark = remark;
            width += Gap + Measure(remark);
        }
        areas.Add(new Rect(area.X + Left, y - Height + 4, width, Height));
        if (width + Gap + gridWidth <= room)
        {
            this.grid = grid;
            areas.Add(new Rect(area.Right - Right - gridWidth, y - Height + 4, gridWidth, Height));
        }
        float free = area.Height - (area.Width < NarrowWorld ? NarrowTitle : Title);
        this.influences = [.. influences.Take(Math.Max(0, (int)(free / LineHeight)))];
        for (int i = 0; i < this.influences.Count; i++)
        {
            float wide = Measure(this.influences[i].Text) + Near + 2 * Half;
            areas.Add(new Rect(InfluenceEnd(i) - wide, InfluenceLine(i) - Height + 4, wide, Height));
        }
    }

    /// <summary>The areas of the words.</summary>
    public IReadOnlyList<Rect> Areas => areas;

    /// <summary>The legend, as far as it has room in the area of a world.</summary>
    /// <param name="remark">Another remark on the lines</param>
    /// <param name="influences">What acts on the robot</param>
    public static WorldLegend Of(
        Camera camera, Rect area, World world, int steps, IReadOnlyList<bool>? visible, string remark = "",
        IReadOnlyList<WorldInfluence>? influences = null) =>
        new(area, GridScale(camera, world), steps, visible, remark, influences ?? []);

    public void Draw(Brush brush)
    {
        foreach (Rect taken in areas) brush.Backing(taken);
        if (isRamp) DrawRamp(brush);
        else DrawNames(brush);
        brush.Text(areas[0].Right, y, remark, brush.Theme.Muted, align: 1);
        brush.Text(area.Right - Right, y, grid, brush.Theme.Muted, align: 1);
        for (int i = 0; i < influences.Count; i++) DrawInfluence(brush, influences[i], new(InfluenceEnd(i), InfluenceLine(i)));
    }

    /// <summary>The width of a grid cell in words. Where the axes have different units, it gives the width on both.</summary>
    internal static string GridScale(Camera camera, World world)
    {
        if (world.Plane is not { } plane) return $"{Spacing(1)} m grid";
        return $"grid: → {Axis(plane.X, plane.Scale.X)}, ↑ {Axis(plane.Y, plane.Scale.Y)}";

        string Axis(Coordinate axis, float scale) =>
            $"{Columns.PrintedName(axis.Name)} {Spacing(scale)}{Columns.UnitAfterNumber(axis.Unit)}";

        string Spacing(float scale)
        {
            double spacing = WorldFurniture.GridSpacing(camera, scale);
            return Brush.Tick(spacing, spacing);
        }
    }

    private static float Measure(string text) => StrokeFont.Measure(text, Brush.Small);

    private float InfluenceLine(int number) => y - LineHeight * (number + 1) - 4;

    /// <summary>The right end of a line: in the right corner, or under the title where the world is shown beside the title.</summary>
    private float InfluenceEnd(int number) =>
        ScreenLayout.IsLow(area) ? area.X + Left + Measure(influences[number].Text) + Near + 2 * Half : area.Right - Right;

    private float NamesWidth => names.Sum(name => Dash + Near + Measure(name)) + (names.Length - 1) * Gap;

    private float RampWords => Measure("prior") + Near + Near + Measure(last);

    private void DrawNames(Brush brush)
    {
        float x = area.X + Left;
        for (int step = 0; step < names.Length; step++)
        {
            double opacity = visible is null || visible[step] ? 1 : 0.35;
            brush.Canvas.Line(new(x, y - 4), new(x + Dash, y - 4), 3, brush.Theme.Step(step, steps).Fade(opacity));
            x += Dash + Near + brush.Text(x + Dash + Near, y, names[step], brush.Theme.Muted.Fade(opacity)) + Gap;
        }
    }

    private void DrawRamp(Brush brush)
    {
        float x = area.X + Left;
        x += brush.Text(x, y, "prior", brush.Theme.Muted) + Near;
        for (int step = 0; step <= steps; step++)
        {
            Colour colour = brush.Theme.Step(step, steps);
            var box = new Rect(x + step * cell, y - 8.5f, cell - Math.Min(1.5f, cell / 4), 8.5f);
            brush.Canvas.Box(box, visible is null || visible[step] ? colour : colour.Fade(0.2), 2);
        }
        brush.Text(x + (steps + 1) * cell + Near, y, last, brush.Theme.Muted);
    }

    private static void DrawInfluence(Brush brush, WorldInfluence influence, Vector2 right)
    {
        var middle = new Vector2(right.X - Half, right.Y - 4);
        brush.Text(right.X - 2 * Half - Near, right.Y, influence.Text, brush.Theme.Muted, align: 1);
        if (influence.Direction == default)
        {
            brush.Canvas.Disc(middle, 6, brush.Theme.Untrained.Fade(0.85));
            return;
        }
        Vector2 along = Vector2.Normalize(influence.Direction) * new Vector2(1, -1) * (Half - 1), across = new(-along.Y, along.X);
        brush.Canvas.Line(middle - along, middle + along, 2, brush.Theme.Text);
        brush.Canvas.Line(middle + along, middle + along * 0.3f + across * 0.45f, 2, brush.Theme.Text);
        brush.Canvas.Line(middle + along, middle + along * 0.3f - across * 0.45f, 2, brush.Theme.Text);
    }
}

using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>What stands in the world: grid, start, walls, wind, the reach of an arm, the goal, and an arm itself.</summary>
internal static class WorldFurniture
{
    private const float LeastGridSpacing = 48;

    public static void DrawGrid(Brush brush, Camera camera, Rect area)
    {
        double spacing = Ticks.RoundUp(LeastGridSpacing / camera.Zoom);
        Vector2 low = camera.ToWorld(new(area.X, area.Bottom)), high = camera.ToWorld(new(area.Right, area.Y));
        for (double x = Math.Ceiling(low.X / spacing) * spacing; x <= high.X; x += spacing)
        {
            float at = Snap(brush, camera.ToScreen(new((float)x, 0)).X);
            brush.Canvas.Box(new Rect(at, area.Y + 1, 1, area.Height - 2), brush.Theme.Grid);
        }
        for (double y = Math.Ceiling(low.Y / spacing) * spacing; y <= high.Y; y += spacing)
        {
            float at = Snap(brush, camera.ToScreen(new(0, (float)y)).Y);
            brush.Canvas.Box(new Rect(area.X + 1, at, area.Width - 2, 1), brush.Theme.Grid);
        }
        brush.Text(area.Right - 16, area.Bottom - 16, $"{Brush.Number(spacing, spacing >= 1 ? 0 : spacing >= 0.1 ? 2 : 3).TrimEnd('0').TrimEnd('.')} m grid", brush.Theme.Muted, align: 1);
    }

    public static void DrawWorld(Brush brush, Camera camera, Replay replay)
    {
        World world = replay.World;
        foreach (Vector2 goal in replay.Goals) brush.Canvas.Disc(camera.ToScreen(goal), 2.5f, brush.Theme.Goal.Fade(0.4));
        Colour line = brush.Theme.Muted.Fade(0.75);
        DrawReach(brush, camera, world);
        if (!world.IsArm)
        {
            foreach (Trajectory trajectory in replay.Steps[0].Trajectories) brush.Canvas.Disc(camera.ToScreen(world.Tip(trajectory.State(0))), 3.5f, brush.Theme.Panel, 1.4f, line);
        }
        for (int ring = 0; ring < world.Gaps.Count; ring++) DrawWall(brush, camera, ring + 1, world.Gaps[ring], line);
        if (world.Wind != default) DrawWind(brush, camera, world.Wind);
    }

    /// <summary>The ring that an arm's tip can reach.</summary>
    public static void DrawReach(Brush brush, Camera camera, World world)
    {
        if (!world.IsArm) return;
        Colour line = brush.Theme.Muted.Fade(0.5);
        brush.Canvas.Circle(camera.ToScreen(default), world.Reach * camera.Zoom, 1.2f, line);
        float inner = Math.Abs(world.Links[0] - world.Links[1]) * camera.Zoom;
        if (inner > 2) brush.Canvas.Circle(camera.ToScreen(default), inner, 1.2f, line);
    }

    public static void DrawGoal(Brush brush, Camera camera, World world)
    {
        if (world.Goal is not { } goal) return;
        Colour gold = brush.Theme.Goal;
        Vector2 at = camera.ToScreen(goal);
        brush.Canvas.Glow(at, 34, gold.Fade(0.3));
        if (world.GoalRadius * camera.Zoom > 14) brush.Canvas.Disc(at, world.GoalRadius * camera.Zoom, gold.Fade(0.08), 1.2f, gold.Fade(0.6));
        brush.Canvas.Disc(at, 13, gold.Fade(0.12), 2, gold);
        brush.Canvas.Disc(at, 4, gold);
        foreach (Vector2 side in (ReadOnlySpan<Vector2>)[new(1, 0), new(-1, 0), new(0, 1), new(0, -1)]) brush.Canvas.Line(at + side * 16, at + side * 22, 2, gold);
    }

    public static void DrawArm(Brush brush, Camera camera, Replay replay, Trajectory trajectory, double time, Colour colour, bool isGhost)
    {
        ReadOnlySpan<float> state = trajectory.State((int)Math.Round(time));
        Vector2 root = camera.ToScreen(default), elbow = camera.ToScreen(replay.World.Elbow(state)), tip = camera.ToScreen(replay.World.Tip(state));
        float width = isGhost ? 7 : 9;
        brush.Canvas.BeginPath(root, width + 2, colour);
        brush.Canvas.PathTo(elbow, width, colour);
        brush.Canvas.PathTo(tip, width - 2, colour);
        brush.Canvas.EndPath();
        if (isGhost) return;
        brush.Canvas.Disc(root, 10, brush.Theme.Panel, 3, brush.Theme.Text);
        brush.Canvas.Disc(elbow, 6.5f, brush.Theme.Panel, 2.5f, brush.Theme.Text);
    }

    private static void DrawWall(Brush brush, Camera camera, float radius, float gap, Colour colour)
    {
        // The gap reaches 1 m from its middle, as a chord; ProMP, point_env_2d_walls.py.
        float half = 2 * MathF.Asin(Math.Min(1, 0.5f / radius)), from = gap + half, to = gap + MathF.Tau - half;
        const int Parts = 96;
        brush.Canvas.BeginPath(At(from), 4, colour);
        for (int i = 1; i <= Parts; i++) brush.Canvas.PathTo(At(from + (to - from) * i / Parts), 4, colour);
        brush.Canvas.EndPath();
        Vector2 At(float angle) => camera.ToScreen(radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle)));
    }

    private static void DrawWind(Brush brush, Camera camera, Vector2 wind)
    {
        Vector2 middle = new(camera.Area.Right - 40, camera.Area.Y + 8), along = Vector2.Normalize(wind) * new Vector2(1, -1) * 18, across = new(-along.Y, along.X);
        Colour colour = brush.Theme.Text;
        brush.Canvas.Line(middle - along, middle + along, 2, colour);
        brush.Canvas.Line(middle + along, middle + along * 0.4f + across * 0.35f, 2, colour);
        brush.Canvas.Line(middle + along, middle + along * 0.4f - across * 0.35f, 2, colour);
        brush.Text(middle.X - 30, middle.Y + 4, $"wind {Brush.Number(wind.Length(), 3)}", brush.Theme.Muted, align: 1);
    }

    private static float Snap(Brush brush, float value) => MathF.Round(value * brush.Canvas.Scale) / brush.Canvas.Scale;
}

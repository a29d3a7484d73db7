using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Draws the things in the world: the grid, the starts, the walls, the reach of an arm, the goal, and an arm itself.</summary>
internal static class WorldFurniture
{
    private const float LeastGridSpacing = 48;

    // The area of a payload's disc is proportional to its mass, as long as it can be seen and does not hide the arm.
    private const float KilogramRadius = 20, LeastPayload = 9.5f, MostPayload = 30;

    private static readonly Vector2[] Sides = [new(1, 0), new(-1, 0), new(0, 1), new(0, -1)];

    /// <summary>Width of a cell of the grid, in the units of an axis.</summary>
    /// <param name="scale">One unit of the axis in the world's units</param>
    public static double GridSpacing(Camera camera, float scale = 1) => Ticks.RoundUp(LeastGridSpacing / (camera.Zoom * scale));

    public static void DrawGrid(Brush brush, Camera camera, Rect area, World world)
    {
        Vector2 scale = world.Plane?.Scale ?? Vector2.One;
        Vector2 low = camera.ToWorld(new(area.X, area.Bottom)), high = camera.ToWorld(new(area.Right, area.Y));
        double width = scale.X * GridSpacing(camera, scale.X), height = scale.Y * GridSpacing(camera, scale.Y);
        foreach (double x in Ticks.Multiples(low.X, high.X, width))
            brush.Canvas.Box(new Rect(Snap(brush, camera.ToScreen(new((float)x, 0)).X), area.Y + 1, 1, area.Height - 2), brush.Theme.Grid);
        foreach (double y in Ticks.Multiples(low.Y, high.Y, height))
            brush.Canvas.Box(new Rect(area.X + 1, Snap(brush, camera.ToScreen(new(0, (float)y)).Y), area.Width - 2, 1), brush.Theme.Grid);
    }

    public static void DrawWorld(Brush brush, Camera camera, Replay replay)
    {
        World world = replay.World;
        foreach (Vector2 goal in replay.Goals) brush.Canvas.Disc(camera.ToScreen(goal), 2.5f, brush.Theme.Goal.Fade(0.4));
        Colour line = brush.Theme.Muted.Fade(0.75);
        DrawReach(brush, camera, world);
        foreach (Trajectory trajectory in world.IsArm ? [] : replay.Steps[0].Trajectories)
            brush.Canvas.Disc(camera.ToScreen(world.Tip(trajectory.State(0))), 3.5f, brush.Theme.Panel, 1.4f, line);
        if (world.Height is { } height) DrawHeight(brush, camera, world, height);
        for (int ring = 0; ring < world.Gaps.Count; ring++) DrawWall(brush, camera, ring + 1, world.Gaps[ring], line);
    }

    /// <summary>Draws the ring that an arm's tip can reach.</summary>
    public static void DrawReach(Brush brush, Camera camera, World world)
    {
        if (!world.IsArm) return;
        Colour line = brush.Theme.Muted.Fade(0.5);
        brush.Canvas.Circle(camera.ToScreen(default), world.Reach * camera.Zoom, 1.2f, line);
        float inner = Math.Abs(world.Links[0] - world.Links[1]) * camera.Zoom;
        if (inner > 2) brush.Canvas.Circle(camera.ToScreen(default), inner, 1.2f, line);
    }

    /// <summary>Whether the disc around the goal is larger than the goal's own mark.</summary>
    public static bool ShowsDisc(Camera camera, World world) => world.GoalRadius * camera.Zoom > 14;

    public static void DrawGoal(Brush brush, Camera camera, World world)
    {
        if (world.Goal is not { } goal) return;
        Colour gold = brush.Theme.Goal;
        Vector2 at = camera.ToScreen(goal);
        brush.Canvas.Glow(at, 34, gold.Fade(0.3));
        // A rim separates the mark from trails of any colour.
        brush.Canvas.Disc(at, 16, brush.Theme.Panel.Fade(0.55), 1, Colour.Clear);
        foreach (Vector2 side in Sides) brush.Canvas.Line(at + side * 16, at + side * 23, 5, brush.Theme.Panel.Fade(0.55));
        if (ShowsDisc(camera, world)) brush.Canvas.Disc(at, world.GoalRadius * camera.Zoom, gold.Fade(0.08), 1.2f, gold.Fade(0.6));
        brush.Canvas.Disc(at, 13, gold.Fade(0.12), 2, gold);
        brush.Canvas.Disc(at, 4, gold);
        foreach (Vector2 side in Sides) brush.Canvas.Line(at + side * 16, at + side * 22, 2, gold);
    }

    /// <summary>Radius of the disc that stands for a mass, in kg.</summary>
    public static float PayloadRadius(float mass) => Math.Clamp(KilogramRadius * MathF.Sqrt(mass), LeastPayload, MostPayload);

    public static void DrawArm(Brush brush, Camera camera, Vector2 elbowAt, Vector2 tipAt, Colour colour, bool isGhost, float payload)
    {
        Vector2 root = camera.ToScreen(default), elbow = camera.ToScreen(elbowAt), tip = camera.ToScreen(tipAt);
        float width = isGhost ? 7 : 9;
        brush.Canvas.BeginPath(root, width + 2, colour);
        brush.Canvas.PathTo(elbow, width, colour);
        brush.Canvas.PathTo(tip, width - 2, colour);
        brush.Canvas.EndPath();
        if (isGhost) return;
        brush.Canvas.Disc(root, 10, brush.Theme.Panel, 3, brush.Theme.Text);
        brush.Canvas.Disc(elbow, 6.5f, brush.Theme.Panel, 2.5f, brush.Theme.Text);
        if (payload > 0) brush.Canvas.Disc(tip, PayloadRadius(payload), brush.Theme.Untrained.Fade(0.85), 1.5f, brush.Theme.Panel);
    }

    /// <summary>Draws the line above which an arm's tip has to rise.</summary>
    private static void DrawHeight(Brush brush, Camera camera, World world, float height)
    {
        float reach = world.Reach;
        brush.Canvas.Dashes(camera.ToScreen(new(-reach, height)), camera.ToScreen(new(reach, height)), 1.6f, brush.Theme.Goal);
    }

    private static void DrawWall(Brush brush, Camera camera, float radius, float gap, Colour colour)
    {
        // The chord from the middle of the gap to each of its ends is 1 m long; ProMP, point_env_2d_walls.py.
        float half = 2 * MathF.Asin(Math.Min(1, 0.5f / radius)), from = gap + half, to = gap + MathF.Tau - half;
        const int Parts = 96;
        brush.Canvas.BeginPath(At(from), 4, colour);
        for (int i = 1; i <= Parts; i++) brush.Canvas.PathTo(At(from + (to - from) * i / Parts), 4, colour);
        brush.Canvas.EndPath();
        Vector2 At(float angle) => camera.ToScreen(radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle)));
    }

    private static float Snap(Brush brush, float value) => MathF.Round(value * brush.Canvas.Scale) / brush.Canvas.Scale;
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The world of a replay: the robot, its trails, the goal and what is in the way.</summary>
internal sealed class WorldScene
{
    private readonly Replay replay;
    private readonly Trail[][] trails;
    private readonly Trail[] shownTrails;
    private readonly GoalLabel label;

    public WorldScene(Replay replay)
    {
        this.replay = replay;
        label = new GoalLabel(replay.World);
        trails = [.. replay.Steps.Select(step => step.Trajectories.Select(trajectory => Trail.Of(replay.World, trajectory)).ToArray())];
        shownTrails = [.. replay.Steps.Select(step => Trail.Of(replay.World, step.Shown))];
        Extent = FindExtent();
    }

    /// <summary>The part of the world that a replay is about.</summary>
    public (Vector2 Low, Vector2 High) Extent { get; }

    public void DrawStill(Brush brush, ReplayScreen screen)
    {
        brush.Panel(screen.Layout.World);
        brush.Canvas.Clip(screen.Layout.World.Inset(1));
        WorldFurniture.DrawGrid(brush, screen.Camera, screen.Layout.World);
        WorldFurniture.DrawWorld(brush, screen.Camera, replay);
        int shown = screen.Playback.Episode;
        for (int step = 0; step <= shown; step++)
        {
            if (!screen.Visible[step]) continue;
            Colour colour = screen.Theme.Step(step, replay.InnerSteps);
            foreach (Trail trail in trails[step]) trail.Draw(brush.Canvas, screen.Camera, trail.Steps, 1, colour.Fade(step == shown ? 0.22 : 0.1));
            if (step < shown) shownTrails[step].Draw(brush.Canvas, screen.Camera, shownTrails[step].Steps, 2.2f, colour.Fade(0.85));
        }
        int[] drawn = [.. Enumerable.Range(0, shown + 1).Where(step => screen.Visible[step])];
        WorldFurniture.DrawGoal(brush, screen.Camera, replay.World);
        label.Place(screen.Camera, screen.Layout.World, [.. drawn.Select(step => shownTrails[step].Points), .. Arms(shown)], [.. drawn.SelectMany(step => trails[step].Select(trail => trail.Points))]);
        WorldTitle.DrawLegend(brush, screen.Layout.World, replay.InnerSteps, screen.Visible, "bold: acting by the mean");
        brush.Canvas.Clip(default);
    }

    public void DrawMoving(Brush brush, ReplayScreen screen)
    {
        brush.Canvas.Clip(screen.Layout.World.Inset(1));
        Playback playback = screen.Playback;
        int episode = playback.Episode;
        Colour now = screen.Theme.Step(episode, replay.InnerSteps);
        for (int step = 0; step < episode; step++)
            if (screen.Visible[step]) DrawRobot(brush, screen, step, playback.Time, screen.Theme.Step(step, replay.InnerSteps), isGhost: true);
        shownTrails[episode].Draw(brush.Canvas, screen.Camera, playback.Time, 3, now);
        DrawRobot(brush, screen, episode, playback.Time, now, isGhost: false);
        label.Draw(brush);
        DrawTitle(brush, screen, now);
        brush.Canvas.Clip(default);
    }

    /// <summary>The poses between which an arm moves in an episode, as lines.</summary>
    private IEnumerable<Vector2[]> Arms(int step)
    {
        World world = replay.World;
        Trajectory shown = replay.Steps[step].Shown;
        if (!world.IsArm) yield break;
        for (int t = 0; t <= shown.Steps; t += Math.Max(1, shown.Steps / 4)) yield return [default, world.Elbow(shown.State(t)), world.Tip(shown.State(t))];
    }

    private (Vector2, Vector2) FindExtent()
    {
        World world = replay.World;
        if (world.IsArm) return (new Vector2(-world.Reach), new Vector2(world.Reach));
        var points = new List<Vector2>(shownTrails.SelectMany(trail => trail.Points));
        if (world.Goal is { } goal) points.Add(goal);
        ReturnMap map = replay.Map;
        if (map.X.Name == "goal_x") points.AddRange([new((float)map.X.Low, (float)map.Y.Low), new((float)map.X.High, (float)map.Y.High)]);
        return (points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));
    }

    private void DrawRobot(Brush brush, ReplayScreen screen, int step, double time, Colour colour, bool isGhost)
    {
        Vector2 tip = screen.Camera.ToScreen(shownTrails[step].At(time));
        if (replay.World.IsArm) WorldFurniture.DrawArm(brush, screen.Camera, replay, replay.Steps[step].Shown, time, isGhost ? colour.Fade(0.3) : colour, isGhost);
        if (isGhost)
        {
            if (!replay.World.IsArm) brush.Canvas.Disc(tip, 6.5f, colour.Fade(0.3), 1.5f, colour.Fade(0.9));
            return;
        }
        brush.Canvas.Glow(tip, 24, colour.Fade(0.35));
        brush.Canvas.Disc(tip, 8, screen.Theme.Panel, 2.6f, colour);
        brush.Canvas.Disc(tip, 2.6f, colour);
    }

    private void DrawTitle(Brush brush, ReplayScreen screen, Colour now)
    {
        Rect area = screen.Layout.World;
        int episode = screen.Playback.Episode;
        Trajectory shown = replay.Steps[episode].Shown;
        int time = (int)Math.Min(screen.Playback.Time, shown.Steps);
        double sofar = 0;
        for (int t = 0; t < time; t++) sofar += shown.Rewards[t];
        (float x, float y) = WorldTitle.Draw(brush, area, episode, time, screen.Playback.Horizon, now);
        Span<char> text = stackalloc char[64];
        text.TryWrite(CultureInfo.InvariantCulture, $"return so far {sofar:F2}", out int length);
        text[..length].Replace('-', '−');
        x += brush.Text(x, y, text[..length], screen.Theme.Muted) + 22;
        if (replay.World.Goal is not { } goal) return;
        text.TryWrite(CultureInfo.InvariantCulture, $"distance {Vector2.Distance(goal, shownTrails[episode].At(screen.Playback.Time)):F2} m", out length);
        brush.Text(x, y, text[..length], screen.Theme.Muted);
    }
}

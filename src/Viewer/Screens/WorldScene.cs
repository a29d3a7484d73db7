using System.Numerics;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The world of a replay: the robot, its trails, the goal and what is in the way.</summary>
internal sealed class WorldScene
{
    private const string SoFar = "return so far ", Distance = "distance ", Metres = " m";

    private readonly Replay replay;
    private readonly Trail[][] trails;
    private readonly TrailCloud[] clouds;
    private readonly Trail[] shownTrails;
    private readonly double[][] returnsSoFar;
    private readonly GoalLabel label;
    private readonly WorldTitle title;
    private readonly string wind;

    public WorldScene(Replay replay)
    {
        this.replay = replay;
        World world = replay.World;
        label = new GoalLabel(world);
        trails = [.. replay.Steps.Select(step => step.Trajectories.Select(trajectory => new Trail(world, trajectory)).ToArray())];
        clouds = [.. trails.Select(TrailCloud.Of)];
        shownTrails = [.. replay.Steps.Select(step => new Trail(world, step.Shown))];
        returnsSoFar = [.. replay.Steps.Select(step => Sums(step.Shown.Rewards))];
        string[] numbers = [Widest(SoFar, returnsSoFar.SelectMany(sums => sums))];
        if (world.Goal is { } goal) numbers = [.. numbers, Widest(Distance, shownTrails.SelectMany(trail => trail.Points).Select(point => (double)Vector2.Distance(goal, point))) + Metres];
        title = new WorldTitle(replay.Horizon, numbers);
        string unit = replay.TaskColumns.IndexOf("wind_x") is >= 0 and int column ? replay.TaskColumns[column].Unit : "";
        wind = world.Wind == default ? "" : $"wind {Brush.Number(world.Wind.Length(), 3)} {unit}".TrimEnd();
    }

    public void DrawStill(Brush brush, ReplayScreen screen)
    {
        Rect area = screen.Layout.World;
        brush.Panel(area);
        brush.Canvas.Clip(area.Inset(1));
        WorldFurniture.DrawGrid(brush, screen.Camera, area);
        WorldFurniture.DrawWorld(brush, screen.Camera, replay);
        int shown = screen.Playback.Episode;
        int[] drawn = [.. Enumerable.Range(0, shown + 1).Where(step => screen.Visible[step])];
        foreach (int step in drawn)
        {
            Colour colour = screen.Theme.Step(step, replay.InnerSteps);
            double opacity = clouds[step].Opacity(screen.Camera.Zoom) * (step == shown ? 1 : 0.5);
            foreach (Trail trail in trails[step]) trail.Draw(brush.Canvas, screen.Camera, trail.Steps, 1, colour.Fade(opacity));
        }
        foreach (int step in drawn)
            if (step < shown) shownTrails[step].Draw(brush.Canvas, screen.Camera, shownTrails[step].Steps, 2.2f, screen.Theme.Step(step, replay.InnerSteps).Fade(0.85));
        WorldFurniture.DrawGoal(brush, screen.Camera, replay.World);
        IReadOnlyList<Rect> words = WorldLegend.Draw(brush, screen.Camera, area, replay.InnerSteps, screen.Visible, "bold: acting by the mean", wind, replay.World.Wind);
        label.Place(
            screen.Camera, area, [.. words, title.Area(screen.TitleRoom, shown), screen.CoveredArea],
            [.. drawn.Select(step => shownTrails[step].Points), .. Arms(shown)], [.. drawn.SelectMany(step => trails[step].Select(trail => trail.Points))]);
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
        for (int t = 0; t <= shown.Steps; t += Math.Max(1, shown.Steps / 12)) yield return [default, world.Elbow(shown.State(t)), world.Tip(shown.State(t))];
    }

    private void DrawRobot(Brush brush, ReplayScreen screen, int step, double time, Colour colour, bool isGhost)
    {
        (Vector2 elbow, Vector2 tip) = shownTrails[step].At(time);
        Vector2 at = screen.Camera.ToScreen(tip);
        if (replay.World.IsArm) WorldFurniture.DrawArm(brush, screen.Camera, elbow, tip, isGhost ? colour.Fade(0.3) : colour, isGhost);
        if (isGhost)
        {
            if (!replay.World.IsArm) brush.Canvas.Disc(at, 6.5f, colour.Fade(0.3), 1.5f, colour.Fade(0.9));
            return;
        }
        brush.Canvas.Glow(at, 24, colour.Fade(0.35));
        brush.Canvas.Disc(at, 8, screen.Theme.Panel, 2.6f, colour);
        brush.Canvas.Disc(at, 2.6f, colour);
    }

    private void DrawTitle(Brush brush, ReplayScreen screen, Colour now)
    {
        int episode = screen.Playback.Episode, time = (int)Math.Min(screen.Playback.Time, shownTrails[episode].Steps);
        title.Draw(brush, screen.TitleRoom, episode, time, now);
        title.DrawNumber(brush, screen.TitleRoom, 1, SoFar, returnsSoFar[episode][time], 2);
        if (replay.World.Goal is { } goal) title.DrawNumber(brush, screen.TitleRoom, 2, Distance, Vector2.Distance(goal, shownTrails[episode].At(screen.Playback.Time).Tip), 2, Metres);
    }

    /// <summary>The sums of the first 0, 1, … rewards.</summary>
    private static double[] Sums(float[] rewards)
    {
        var sums = new double[rewards.Length + 1];
        for (int t = 0; t < rewards.Length; t++) sums[t + 1] = sums[t] + rewards[t];
        return sums;
    }

    private static string Widest(string name, IEnumerable<double> values) => values.Select(value => name + Brush.Number(value, 2)).MaxBy(text => text.Length)!;
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// Draws the world of a replay: the robot, its trails, the goal and the walls. The trails of earlier gradient steps stay the
/// same, and those of the step that is shown grow with time.
/// </summary>
internal sealed class WorldScene
{
    private const string SoFar = "return so far ", Distance = "distance ", Metres = " m";
    private const double PastShare = 0.5;
    private const float ExplorerSize = 2.6f;

    private readonly Replay replay;
    private readonly Trail[][] trails;
    private readonly TrailCloud[] clouds;
    private readonly Trail[] shownTrails;
    private readonly double[][] returnsSoFar;
    private readonly GoalLabel label;
    private readonly WorldTitle title;
    private readonly WorldInfluence[] influences;

    // The printed names and units of the axes of a state plane.
    private readonly (string Name, string Unit)[] axes = [];
    private WorldLegend? legend;

    // Whole steps of the current scene's trails that the still layer has.
    private int drawnSteps;

    public WorldScene(Replay replay)
    {
        this.replay = replay;
        World world = replay.World;
        label = new GoalLabel(world);
        trails = [.. replay.Steps.Select(step => step.Trajectories.Select(trajectory => new Trail(world, trajectory)).ToArray())];
        clouds = [.. trails.Select(TrailCloud.Of)];
        shownTrails = [.. replay.Steps.Select(step => new Trail(world, step.Shown))];
        returnsSoFar = [.. replay.Steps.Select(step => CumulativeSums(step.Shown.Rewards))];
        string[] numbers = [Widest(SoFar, returnsSoFar.SelectMany(sums => sums))];
        Vector2[] points = [.. shownTrails.SelectMany(trail => trail.Points)];
        if (world.Plane is { } plane)
        {
            axes = [Printed(plane.X), Printed(plane.Y)];
            double[] Along(int axis) => [.. points.Select(point => (double)world.Coordinates(point)[axis])];
            numbers = [.. numbers, .. axes.Select((axis, i) => Widest(axis.Name, Along(i)) + axis.Unit)];
        }
        else if (world.Goal is { } goal)
            numbers = [.. numbers, Widest(Distance, points.Select(point => (double)Vector2.Distance(goal, point))) + Metres];
        title = new WorldTitle(
            replay.Horizon, replay.Title.StepName, [.. replay.Steps.Select((_, step) => Captions(replay, step))], numbers);
        influences = InfluencesOf(replay);
    }

    /// <summary>Whether the still layer has trails that are longer than they are at the moment that is shown.</summary>
    public bool IsAhead(Playback playback) => (int)playback.Time < drawnSteps;

    /// <summary>Whether trails have grown since they were drawn.</summary>
    public bool HasGrown(Playback playback) => (int)playback.Time > drawnSteps;

    public void DrawStill(Brush brush, ReplayScreen screen)
    {
        drawnSteps = 0;
        Rect area = screen.Layout.World;
        brush.Panel(area);
        brush.Canvas.Clip(area.Inset(1));
        WorldFurniture.DrawGrid(brush, screen.Camera, area, replay.World);
        WorldFurniture.DrawWorld(brush, screen.Camera, replay);
        int shown = screen.Playback.Episode;
        int[] past = [.. Enumerable.Range(0, shown).Where(step => screen.Visible[step])];
        foreach (int step in past)
        {
            Colour faint = ExplorerColour(screen, step).Fade(PastShare);
            foreach (Trail trail in trails[step]) trail.Draw(brush.Canvas, screen.Camera, trail.Steps, 1, faint);
        }
        foreach (int step in past)
        {
            Colour bold = screen.Theme.Step(step, replay.InnerSteps).Fade(0.85);
            shownTrails[step].Draw(brush.Canvas, screen.Camera, shownTrails[step].Steps, 2.2f, bold);
        }
        legend = WorldLegend.Of(screen.Camera, area, replay.World, replay.InnerSteps, screen.Visible, Remark, influences);
        PlaceLabel(screen, legend);
        brush.Canvas.Clip(default);
    }

    /// <summary>Finds a place for the goal's label that suits all gradient steps, so that the label stays there in all scenes.</summary>
    private void PlaceLabel(ReplayScreen screen, WorldLegend words)
    {
        int[] steps = [.. Enumerable.Range(0, replay.Steps.Count).Where(step => screen.Visible[step])];
        IEnumerable<Rect> titles = replay.Steps.Select((_, step) => title.Area(screen.TitleRoom, step));
        label.Place(
            screen.Camera, screen.Layout.World, [.. words.Areas, .. titles, screen.CoveredArea],
            [.. steps.Select(step => shownTrails[step].Points), .. steps.SelectMany(ArmPoses)],
            [.. steps.SelectMany(step => trails[step].Select(trail => trail.Points))]);
    }

    /// <summary>Adds the new parts of the trails of the step that is shown.</summary>
    public void DrawAdditions(Brush brush, ReplayScreen screen)
    {
        int until = (int)screen.Playback.Time, episode = screen.Playback.Episode;
        brush.Canvas.Clip(screen.Layout.World.Inset(1));
        Colour colour = ExplorerColour(screen, episode);
        foreach (Trail trail in screen.Visible[episode] ? trails[episode] : [])
            TrailPart.Draw(brush.Canvas, screen.Camera, trail.Points, trail.Jumps, drawnSteps, until, 1, colour);
        brush.Canvas.Clip(default);
        drawnSteps = until;
    }

    public void DrawMoving(Brush brush, ReplayScreen screen)
    {
        brush.Canvas.Clip(screen.Layout.World.Inset(1));
        Playback playback = screen.Playback;
        int episode = playback.Episode;
        Colour now = screen.Theme.Step(episode, replay.InnerSteps);
        if (screen.Visible[episode]) DrawExplorers(brush, screen, now);
        WorldFurniture.DrawGoal(brush, screen.Camera, replay.World);
        for (int step = 0; step < episode; step++)
        {
            if (!screen.Visible[step]) continue;
            DrawRobot(brush, screen, step, playback.Time, screen.Theme.Step(step, replay.InnerSteps), isGhost: true);
        }
        shownTrails[episode].Draw(brush.Canvas, screen.Camera, playback.Time, 3, now);
        DrawRobot(brush, screen, episode, playback.Time, now, isGhost: false);
        legend?.Draw(brush);
        label.Draw(brush);
        DrawTitle(brush, screen, now);
        brush.Canvas.Clip(default);
    }

    /// <summary>Colour of the trails that were sampled after a gradient step.</summary>
    private Colour ExplorerColour(ReplayScreen screen, int step) =>
        screen.Theme.Step(step, replay.InnerSteps).Fade(clouds[step].Opacity(screen.Camera.Zoom));

    /// <summary>Draws the ends of the sampled trails, beyond the last whole step, and a dot at each.</summary>
    private void DrawExplorers(Brush brush, ReplayScreen screen, Colour colour)
    {
        double time = screen.Playback.Time;
        Colour faint = ExplorerColour(screen, screen.Playback.Episode);
        foreach (Trail trail in trails[screen.Playback.Episode]) trail.DrawHead(brush.Canvas, screen.Camera, time, 1, faint);
        foreach (Trail trail in trails[screen.Playback.Episode])
            brush.Canvas.Disc(screen.Camera.ToScreen(trail.At(time).Tip), ExplorerSize, colour.Fade(0.8), 0.8f, screen.Theme.Panel);
    }

    /// <summary>Poses of an arm in the course of an episode, as lines.</summary>
    private IEnumerable<Vector2[]> ArmPoses(int step)
    {
        World world = replay.World;
        Trajectory shown = replay.Steps[step].Shown;
        if (!world.IsArm) yield break;
        int stride = Math.Max(1, shown.Steps / 12);
        for (int t = 0; t <= shown.Steps; t += stride)
            yield return [default, world.Elbow(shown.State(t)), world.Tip(shown.State(t))];
    }

    private void DrawRobot(Brush brush, ReplayScreen screen, int step, double time, Colour colour, bool isGhost)
    {
        (Vector2 elbow, Vector2 tip) = shownTrails[step].At(time);
        Vector2 at = screen.Camera.ToScreen(tip);
        if (replay.World.IsArm)
            WorldFurniture.DrawArm(brush, screen.Camera, elbow, tip, isGhost ? colour.Fade(0.3) : colour, isGhost, replay.World.Payload);
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
        title.DrawNumber(brush, screen.TitleRoom, episode, 1, SoFar, returnsSoFar[episode][time], 2);
        Vector2 tip = shownTrails[episode].At(screen.Playback.Time).Tip;
        for (int i = 0; i < axes.Length; i++)
            title.DrawNumber(brush, screen.TitleRoom, episode, 2 + i, axes[i].Name, replay.World.Coordinates(tip)[i], 2, axes[i].Unit);
        if (axes.Length == 0 && replay.World.Goal is { } goal)
            title.DrawNumber(brush, screen.TitleRoom, episode, 2, Distance, Vector2.Distance(goal, tip), 2, Metres);
    }

    /// <summary>Says what a scene shows, in a sentence and in a shorter form.</summary>
    internal static string[] Captions(Replay replay, int step)
    {
        string now = Brush.Return(replay.Steps[step].Returns.Mean);
        if (step == 0) return [$"knows nothing of this task yet: mean return {now}", $"mean return {now}"];
        string change = $"mean return {Brush.Return(replay.Steps[0].Returns.Mean)} → {now}";
        int trajectories = replay.Steps.Take(step).Sum(before => before.Trajectories.Count);
        return [string.Create(CultureInfo.InvariantCulture, $"learned from {trajectories} trajectories: {change}"), change];
    }

    /// <summary>The name of a state coordinate before its number, and the unit after it.</summary>
    private static (string Name, string Unit) Printed(Coordinate axis) =>
        (Columns.PrintedName(axis.Name) + " ", Columns.UnitAfterNumber(axis.Unit));

    /// <summary>Explains the lines that are neither sampled trails nor the grid.</summary>
    private string Remark => replay.World.Height is { } height
        ? $"dashed: to rise above {Brush.Number(height, 1)} m" : "bold: acting by the mean";

    private static WorldInfluence[] InfluencesOf(Replay replay)
    {
        World world = replay.World;
        var influences = new List<WorldInfluence>();
        if (world.Wind != default)
        {
            string unit = replay.TaskColumns.IndexOf("wind_x") is >= 0 and int column ? replay.TaskColumns[column].Unit : "";
            influences.Add(new($"wind {Brush.Number(world.Wind.Length(), 3)} {unit}".TrimEnd(), world.Wind));
        }
        if (world.Gravity > 0) influences.Add(new($"gravity {Brush.Number(world.Gravity, 2)} m/s²", new(0, -1)));
        if (world.Payload > 0) influences.Add(new($"payload {Brush.Number(world.Payload, world.Payload < 0.1 ? 4 : 2)} kg", default));
        return [.. influences];
    }

    /// <summary>The sums of the first 0, 1, … rewards.</summary>
    private static double[] CumulativeSums(float[] rewards)
    {
        var sums = new double[rewards.Length + 1];
        for (int t = 0; t < rewards.Length; t++) sums[t + 1] = sums[t] + rewards[t];
        return sums;
    }

    private static string Widest(string name, IEnumerable<double> values) =>
        values.Select(value => name + Brush.Number(value, 2)).MaxBy(text => text.Length)!;
}

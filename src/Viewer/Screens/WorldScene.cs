using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// The world of a replay: the robot, its trails, the goal and what is in the way. The trails of earlier gradient steps are
/// still; those of the step that is shown grow with time.
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
    private readonly WorldFact[] forces;

    // Of a state plane, names and units as they are printed.
    private readonly (string Name, string Unit)[] axes = [];
    private WorldLegend? legend;

    // Whole steps of the shown trails that the still layer has.
    private int kept;

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
        Vector2[] points = [.. shownTrails.SelectMany(trail => trail.Points)];
        if (world.Plane is { } plane)
        {
            axes = [Printed(plane.X), Printed(plane.Y)];
            double[] Along(int axis) => [.. points.Select(point => (double)world.Coordinates(point)[axis])];
            numbers = [.. numbers, .. axes.Select((axis, i) => Widest(axis.Name, Along(i)) + axis.Unit)];
        }
        else if (world.Goal is { } goal)
            numbers = [.. numbers, Widest(Distance, points.Select(point => (double)Vector2.Distance(goal, point))) + Metres];
        title = new WorldTitle(replay.Horizon, [.. replay.Steps.Select((_, step) => Captions(replay, step))], numbers);
        forces = Forces(replay);
    }

    /// <summary>Whether time went back behind what the still layer has.</summary>
    public bool IsAhead(Playback playback) => (int)playback.Time < kept;

    /// <summary>Whether trails have grown since they were drawn.</summary>
    public bool HasGrown(Playback playback) => (int)playback.Time > kept;

    public void DrawStill(Brush brush, ReplayScreen screen)
    {
        kept = 0;
        Rect area = screen.Layout.World;
        brush.Panel(area);
        brush.Canvas.Clip(area.Inset(1));
        WorldFurniture.DrawGrid(brush, screen.Camera, area, replay.World);
        WorldFurniture.DrawWorld(brush, screen.Camera, replay);
        int shown = screen.Playback.Episode;
        int[] past = [.. Enumerable.Range(0, shown).Where(step => screen.Visible[step])];
        foreach (int step in past)
        {
            Colour faint = Explored(screen, step).Fade(PastShare);
            foreach (Trail trail in trails[step]) trail.Draw(brush.Canvas, screen.Camera, trail.Steps, 1, faint);
        }
        foreach (int step in past)
        {
            Colour bold = screen.Theme.Step(step, replay.InnerSteps).Fade(0.85);
            shownTrails[step].Draw(brush.Canvas, screen.Camera, shownTrails[step].Steps, 2.2f, bold);
        }
        legend = WorldLegend.Of(screen.Camera, area, replay.World, replay.InnerSteps, screen.Visible, Remark, forces);
        PlaceLabel(screen, legend);
        brush.Canvas.Clip(default);
    }

    /// <summary>Finds a place for the goal's label that suits all gradient steps, so that it stays from scene to scene.</summary>
    private void PlaceLabel(ReplayScreen screen, WorldLegend words)
    {
        int[] steps = [.. Enumerable.Range(0, replay.Steps.Count).Where(step => screen.Visible[step])];
        IEnumerable<Rect> titles = replay.Steps.Select((_, step) => title.Area(screen.TitleRoom, step));
        label.Place(
            screen.Camera, screen.Layout.World, [.. words.Areas, .. titles, screen.CoveredArea],
            [.. steps.Select(step => shownTrails[step].Points), .. steps.SelectMany(Arms)],
            [.. steps.SelectMany(step => trails[step].Select(trail => trail.Points))]);
    }

    /// <summary>Adds what the trails of the shown step have grown by.</summary>
    public void DrawGained(Brush brush, ReplayScreen screen)
    {
        int until = (int)screen.Playback.Time, episode = screen.Playback.Episode;
        brush.Canvas.Clip(screen.Layout.World.Inset(1));
        Colour colour = Explored(screen, episode);
        foreach (Trail trail in screen.Visible[episode] ? trails[episode] : [])
            TrailPart.Draw(brush.Canvas, screen.Camera, trail.Points, trail.Jumps, kept, until, 1, colour);
        brush.Canvas.Clip(default);
        kept = until;
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
            if (screen.Visible[step]) DrawRobot(brush, screen, step, playback.Time, screen.Theme.Step(step, replay.InnerSteps), isGhost: true);
        shownTrails[episode].Draw(brush.Canvas, screen.Camera, playback.Time, 3, now);
        DrawRobot(brush, screen, episode, playback.Time, now, isGhost: false);
        legend?.Draw(brush);
        label.Draw(brush);
        DrawTitle(brush, screen, now);
        brush.Canvas.Clip(default);
    }

    /// <summary>Colour of the trails that were sampled after a gradient step.</summary>
    private Colour Explored(ReplayScreen screen, int step) =>
        screen.Theme.Step(step, replay.InnerSteps).Fade(clouds[step].Opacity(screen.Camera.Zoom));

    /// <summary>The heads of the sampled trails: what they have beyond whole steps, and a dot each.</summary>
    private void DrawExplorers(Brush brush, ReplayScreen screen, Colour colour)
    {
        double time = screen.Playback.Time;
        Colour faint = Explored(screen, screen.Playback.Episode);
        foreach (Trail trail in trails[screen.Playback.Episode]) trail.DrawHead(brush.Canvas, screen.Camera, time, 1, faint);
        foreach (Trail trail in trails[screen.Playback.Episode])
            brush.Canvas.Disc(screen.Camera.ToScreen(trail.At(time).Tip), ExplorerSize, colour.Fade(0.8), 0.8f, screen.Theme.Panel);
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

    /// <summary>What a scene shows, in a sentence and shorter.</summary>
    internal static string[] Captions(Replay replay, int step)
    {
        string now = Brush.Return(replay.Steps[step].Returns.Mean);
        if (step == 0) return [$"knows nothing of this task yet: mean return {now}", $"mean return {now}"];
        string change = $"mean return {Brush.Return(replay.Steps[0].Returns.Mean)} → {now}";
        int trajectories = replay.Steps.Take(step).Sum(before => before.Trajectories.Count);
        return [string.Create(CultureInfo.InvariantCulture, $"learned from {trajectories} trajectories: {change}"), change];
    }

    /// <summary>Name and unit of a state coordinate around its number.</summary>
    private static (string Name, string Unit) Printed(Coordinate axis) =>
        (axis.Name.Replace('_', ' ') + " ", axis.Unit is "" or "1" ? "" : " " + Brush.Unit(axis.Unit));

    /// <summary>What the lines mean that are neither trails nor the grid.</summary>
    private string Remark => replay.World.Height is { } height
        ? $"dashed: to rise above {Brush.Number(height, 1)} m" : "bold: acting by the mean";

    /// <summary>What acts on the robot.</summary>
    private static WorldFact[] Forces(Replay replay)
    {
        World world = replay.World;
        var facts = new List<WorldFact>();
        if (world.Wind != default)
        {
            string unit = replay.TaskColumns.IndexOf("wind_x") is >= 0 and int column ? replay.TaskColumns[column].Unit : "";
            facts.Add(new($"wind {Brush.Number(world.Wind.Length(), 3)} {unit}".TrimEnd(), world.Wind));
        }
        if (world.Gravity > 0) facts.Add(new($"gravity {Brush.Number(world.Gravity, 2)} m/s²", new(0, -1)));
        if (world.Payload > 0) facts.Add(new($"payload {Brush.Number(world.Payload, world.Payload < 0.1 ? 4 : 2)} kg", default));
        return [.. facts];
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

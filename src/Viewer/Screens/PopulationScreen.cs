using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// Shows the robots of all test tasks at once. Trails stay in the still layer, and a frame adds at most a few steps to them,
/// so that after a jump in time they grow over the frames that follow.
/// </summary>
public sealed class PopulationScreen : WorldScreen
{
    private const string MeanReturn = "mean return ";
    private const float TrailWidth = 1.2f, RobotSize = 3.2f;

    private readonly Population population;
    private readonly ReturnChart chart;
    private readonly TrailCloud[] clouds;
    private readonly WorldTitle title;
    private readonly (float[] Rewards, double Return)[] episodes;

    // Whole steps of the trails that the still layer has.
    private int drawnSteps;

    public PopulationScreen(Population population, Theme theme, float width, float height)
        : base(theme, PlaybackOf(population))
    {
        this.population = population;
        clouds = [.. population.Steps.Select(step => TrailCloud.Of(population, step))];
        IEnumerable<string> means = population.Steps.Select(step => MeanReturn + Brush.Return(step.Returns.Mean));
        title = new WorldTitle(population.Horizon, population.Title.StepName, [], means.MaxBy(text => text.Length)!);
        StepReturns[] returns = [.. population.Steps.Select(step => step.Returns)];
        string stepName = population.Title.StepName;
        chart = new ReturnChart(new ChartReturns(returns, "tasks", population.Reference, population.UntrainedReturn, stepName));
        episodes = [.. population.Steps.Select(step => (step.Rewards, step.Returns.Mean))];
        Resize(width, height);
    }

    public int Robots => population.Count;

    /// <summary>The most steps by which trails grow in a frame.</summary>
    public int StepsPerFrame { get; set; } = 4;

    public override bool IsStale => base.IsStale || (int)Playback.Time < drawnSteps;

    public override bool HasAdditions => Math.Min((int)Playback.Time, population.Horizon) > drawnSteps;

    /// <summary>The test task, from 1, whose goal is nearest to a point of the screen; null where none is near.</summary>
    public int? TaskAt(Vector2 screen, float reach)
    {
        (int task, float distance) = (-1, reach);
        for (int i = 0; i < population.Worlds.Count; i++)
        {
            if (population.Worlds[i].Goal is { } goal && Vector2.Distance(Camera.ToScreen(goal), screen) < distance)
                (task, distance) = (i, Vector2.Distance(Camera.ToScreen(goal), screen));
        }
        return task < 0 ? null : task + 1;
    }

    private protected override ScreenLayout LayoutOf(float width, float height) => ScreenLayout.OfPopulation(width, height);

    private protected override WorldExtent FindExtent() => WorldExtent.Of(population);

    // A film jumps in time, and its trails have to be whole in every frame.
    public override IScene Copy() => new PopulationScreen(population, Theme, Size.Width, Size.Height)
    {
        Camera = Camera with { Area = Layout.WorldView() },
        StepsPerFrame = population.Horizon,
    };

    public override void DrawStill(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        MarkDrawn();
        drawnSteps = 0;
        string amount = string.Create(CultureInfo.InvariantCulture, $"{population.Worlds.Count} tasks × {population.Robots} robots");
        Header.Draw(brush, HeaderArea, population.Title, amount);
        brush.Panel(Layout.World);
        brush.Canvas.Clip(Layout.World.Inset(1));
        WorldFurniture.DrawGrid(brush, Camera, Layout.World, population.Worlds[0]);
        WorldFurniture.DrawReach(brush, Camera, population.Worlds[0]);
        WorldLegend.Of(Camera, Layout.World, population.Worlds[0], population.InnerSteps, visible: null).Draw(brush);
        brush.Canvas.Clip(default);
        if (!Layout.Chart.IsEmpty) chart.Draw(brush, Layout.Chart);
        if (!Layout.Map.IsEmpty) TaskPanel.Draw(brush, Layout.Map, population);
        if (!Layout.Timeline.IsEmpty)
            Timeline.DrawStill(brush, Layout.Timeline, episodes, population.Title.StepName, "mean", population.Horizon, Playback.Episode);
    }

    public override void DrawAdditions(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (!HasAdditions) return;
        int until = (int)Math.Min(Playback.Time, Math.Min((long)drawnSteps + StepsPerFrame, population.Horizon));
        canvas.Clip(Layout.World.Inset(1));
        PopulationStep step = population.Steps[Playback.Episode];
        Colour colour = Theme.Step(Playback.Episode, population.InnerSteps).Fade(clouds[Playback.Episode].Opacity(Camera.Zoom));
        int points = population.Horizon + 1;
        for (int robot = 0; robot < population.Count; robot++)
        {
            ReadOnlySpan<bool> jumps = step.Jumps.Length > 0 ? step.Jumps.AsSpan(robot * points, points) : default;
            TrailPart.Draw(canvas, Camera, step.Tips.AsSpan(robot * points, points), jumps, drawnSteps, until, TrailWidth, colour);
        }
        canvas.Clip(default);
        drawnSteps = until;
    }

    public override void DrawMoving(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        Colour colour = Theme.Step(Playback.Episode, population.InnerSteps);
        canvas.Clip(Layout.World.Inset(1));
        DrawRobots(brush, colour);
        DrawGoals(brush);
        DrawTitle(brush, colour);
        canvas.Clip(default);
        if (!Layout.Chart.IsEmpty) chart.DrawMoving(brush, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawMoving(brush, Layout.Timeline, Playback);
    }

    private void DrawTitle(Brush brush, Colour colour)
    {
        title.Draw(brush, TitleRoom, Playback.Episode, (int)Playback.Time, colour);
        double mean = population.Steps[Playback.Episode].Returns.Mean;
        title.DrawNumber(brush, TitleRoom, Playback.Episode, 1, MeanReturn, mean, Brush.ReturnDigits(mean));
    }

    private void DrawGoals(Brush brush)
    {
        for (int task = 0; task < population.Worlds.Count; task++)
        {
            if (population.Worlds[task].Goal is { } goal)
                brush.Canvas.Disc(Camera.ToScreen(goal), 8, Colour.Clear, 2.2f, Theme.Goal);
        }
    }

    private void DrawRobots(Brush brush, Colour colour)
    {
        PopulationStep step = population.Steps[Playback.Episode];
        int points = population.Horizon + 1;
        int from = Math.Min((int)Playback.Time, population.Horizon), to = Math.Min(from + 1, population.Horizon);
        float share = (float)(Playback.Time - from);
        for (int robot = 0; robot < population.Count; robot++)
        {
            int at = robot * points;
            bool stays = step.Jumps.Length > 0 && step.Jumps[at + to];
            Vector2 tip = stays ? step.Tips[at + from] : Vector2.Lerp(step.Tips[at + from], step.Tips[at + to], share);
            brush.Canvas.Disc(Camera.ToScreen(tip), RobotSize, colour, 1, Theme.Panel.Fade(0.7));
        }
    }

    private static Playback PlaybackOf(Population population)
    {
        ArgumentNullException.ThrowIfNull(population);
        return new Playback(population.Steps.Count, population.Horizon);
    }
}

using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>One of two halves of the screen, which show two replays.</summary>
/// <param name="Index">0 on the left, 1 on the right</param>
/// <param name="Other">The replay in the other half</param>
public sealed record ScreenHalf(int Index, Replay Other);

/// <summary>
/// Shows the replay of one adaptation. The parts that rarely change are drawn apart from the moving ones, so that a frame
/// costs only the moving parts.
/// </summary>
public sealed class ReplayScreen : WorldScreen
{
    private readonly WorldScene world;
    private readonly ReturnChart chart;
    private readonly TaskMapPanel map;
    private readonly bool[] visible;
    private readonly ScreenHalf? half;
    private readonly (float[] Rewards, double Return)[] episodes;

    /// <param name="playback">The moment that is shown, where two screens show the same moment</param>
    /// <param name="half">The half of the screen; null where the replay has the whole screen</param>
    /// <param name="isLive">Whether the user can choose what the map shows, as in a window but not in a picture</param>
    public ReplayScreen(
        Replay replay, Theme theme, float width, float height, Playback? playback = null, ScreenHalf? half = null, bool isLive = false)
        : base(theme, playback ?? PlaybackOf(replay))
    {
        ArgumentNullException.ThrowIfNull(replay);
        Replay = replay;
        this.half = half;
        world = new WorldScene(replay);
        chart = new ReturnChart(Returns(replay), half is null ? null : Returns(half.Other));
        episodes = [.. replay.Steps.Select(step => (step.Shown.Rewards, step.Shown.Return))];
        map = half is null ? new MapPanel(replay) { IsLive = isLive } : new DifferencePanel(half.Other, replay);
        visible = [.. Enumerable.Repeat(true, replay.Steps.Count)];
        Resize(width, height);
    }

    public Replay Replay { get; }

    /// <summary>Whether each gradient step's trajectories are shown.</summary>
    public IReadOnlyList<bool> Visible => visible;

    /// <summary>What the map's cells show; null where there is no choice.</summary>
    public MapContent? MapContent
    {
        get => map is MapPanel { HasSwitch: true } panel ? panel.Content : null;
        set
        {
            if (map is not MapPanel { HasSwitch: true } panel || value is not { } content) return;
            panel.Content = content;
            Invalidate();
        }
    }

    /// <summary>The cell of the map at a point of the screen; null where there is none.</summary>
    public int? CellAt(Vector2 point) => map.CellAt(point);

    public void Toggle(int step)
    {
        visible[step] = !visible[step];
        Invalidate();
    }

    public override IScene Copy() => Copy(null);

    internal ReplayScreen Copy(Playback? playback)
    {
        var copy = new ReplayScreen(Replay, Theme, Size.Width, Size.Height, playback, half);
        copy.CopyView(this);
        return copy;
    }

    /// <summary>Takes over the camera and the settings of another screen.</summary>
    public void CopyView(ReplayScreen other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // An arm of another reach needs another camera. For all other tasks the view would jump with every new goal.
        if (Replay.World.Reach == other.Replay.World.Reach) CopyCamera(other);
        FitIfGoalIsCovered();
        MapContent = other.MapContent;
        for (int step = 0; step < Math.Min(visible.Length, other.visible.Length); step++) visible[step] = other.visible[step];
        Invalidate();
    }

    public override void DrawStill(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        MarkDrawn();
        Brush brush = BrushOf(canvas);
        string amount = string.Create(CultureInfo.InvariantCulture, $"{Replay.Steps[0].Trajectories.Count} trajectories per batch");
        Header.Draw(brush, HeaderArea, Replay.Title, amount, half?.Other.Title);
        world.DrawStill(brush, this);
        if (!Layout.Chart.IsEmpty) chart.Draw(brush, Layout.Chart);
        if (!Layout.Map.IsEmpty) map.Draw(brush, Layout.Map);
        if (!Layout.Change.IsEmpty) ChangePanel.Draw(brush, Layout.Change, Replay);
        if (!Layout.Field.IsEmpty) FieldPanel.Draw(brush, Layout.Field, Replay, Playback.Episode);
        if (!Layout.Timeline.IsEmpty)
            Timeline.DrawStill(brush, Layout.Timeline, episodes, Replay.Title.StepName, "mean action", Replay.Horizon, Playback.Episode);
    }

    public override bool IsStale => base.IsStale || world.IsAhead(Playback);

    public override bool HasAdditions => MapHasAdditions || world.HasGrown(Playback);

    /// <summary>Draws the map again, when more cells are sampled, and the new parts of the trails.</summary>
    public override void DrawAdditions(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (MapHasAdditions) map.DrawAgain(BrushOf(canvas), Layout.Map);
        if (world.HasGrown(Playback)) world.DrawAdditions(BrushOf(canvas), this);
    }

    private bool MapHasAdditions => !Layout.Map.IsEmpty && map.HasAdditions;

    public override void DrawMoving(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        world.DrawMoving(brush, this);
        if (!Layout.Chart.IsEmpty) chart.DrawMoving(brush, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawMoving(brush, Layout.Timeline, Playback);
    }

    internal override Rect CoveredArea => IsLeft ? default : base.CoveredArea;

    /// <summary>Whether this is the left half. Only the right half is covered by the sliders.</summary>
    private bool IsLeft => half?.Index == 0;

    /// <summary>Both halves show the same part of the world, so that they can be compared.</summary>
    private protected override WorldExtent FindExtent()
    {
        WorldExtent own = WorldExtent.Of(Replay);
        return half is null ? own : own.With(WorldExtent.Of(half.Other));
    }

    /// <summary>Both halves have the same scale, but only the right one moves aside for what covers it.</summary>
    private protected override Camera FittedCamera()
    {
        Camera camera = base.FittedCamera();
        return IsLeft ? camera with { Area = Layout.WorldView() } : camera;
    }

    private protected override ScreenLayout LayoutOf(float width, float height) =>
        half is null ? ScreenLayout.Of(width, height) : ScreenLayout.Half(width, height, half.Index);

    private protected override void OnCoverChanged() => FitIfGoalIsCovered();

    private void FitIfGoalIsCovered()
    {
        if (Covered == default || Replay.World.Goal is not { } goal) return;
        // The left half asks the same, although it is not covered, so that both halves keep the same view.
        Camera covered = Camera with { Area = Layout.WorldView(Covered) };
        if (base.CoveredArea.Contains(covered.ToScreen(goal))) Fit();
    }

    private static ChartReturns Returns(Replay replay) => new(
        [.. replay.Steps.Select(step => step.Returns)], "trajectories", replay.Reference, replay.UntrainedReturn, replay.Title.StepName);

    private static Playback PlaybackOf(Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        return Playback.Of(replay);
    }
}

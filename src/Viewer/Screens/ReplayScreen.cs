using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A screen's place beside another.</summary>
/// <param name="Index">0 on the left, 1 on the right</param>
/// <param name="Other">What is shown on the other half</param>
public sealed record ScreenHalf(int Index, Replay Other);

/// <summary>
/// The replay of one adaptation. What changes only now and then is drawn apart from what moves, so that a frame costs
/// the moving part alone.
/// </summary>
public sealed class ReplayScreen : WorldScreen
{
    private readonly WorldScene world;
    private readonly ReturnChart chart;
    private readonly TaskMapPanel map;
    private readonly bool[] visible;
    private readonly ScreenHalf? half;
    private readonly (float[] Rewards, double Return)[] episodes;

    /// <param name="playback">The moment that is shown, where it is another screen's too</param>
    /// <param name="half">Which of two beside each other the screen is</param>
    /// <param name="isLive">The user can choose what the map shows, which a picture cannot</param>
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
    public MapShows? MapShows
    {
        get => map is MapPanel { HasSwitch: true } panel ? panel.Shows : null;
        set
        {
            if (map is not MapPanel { HasSwitch: true } panel || value is not { } shows) return;
            panel.Shows = shows;
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

    public override IScene Twin() => Twin(null);

    internal ReplayScreen Twin(Playback? playback)
    {
        var twin = new ReplayScreen(Replay, Theme, Size.Width, Size.Height, playback, half);
        twin.LookLike(this);
        return twin;
    }

    /// <summary>Takes over how another replay was looked at.</summary>
    public void LookLike(ReplayScreen other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // An arm of another reach is fitted anew; anything else would jump with every goal.
        if (Replay.World.Reach == other.Replay.World.Reach) LookAsAt(other);
        UncoverGoal();
        MapShows = other.MapShows;
        for (int step = 0; step < Math.Min(visible.Length, other.visible.Length); step++) visible[step] = other.visible[step];
        Invalidate();
    }

    public override void DrawStill(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        MarkDrawn();
        Brush brush = BrushOf(canvas);
        Header.Draw(brush, HeaderArea, Replay.Title, string.Create(CultureInfo.InvariantCulture, $"{Replay.Steps[0].Trajectories.Count} trajectories per batch"), half?.Other.Title);
        world.DrawStill(brush, this);
        if (!Layout.Chart.IsEmpty) chart.Draw(brush, Layout.Chart);
        if (!Layout.Map.IsEmpty) map.Draw(brush, Layout.Map);
        if (!Layout.Change.IsEmpty) ChangePanel.Draw(brush, Layout.Change, Replay);
        if (!Layout.Field.IsEmpty) FieldPanel.Draw(brush, Layout.Field, Replay, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawStill(brush, Layout.Timeline, episodes, "mean action", Replay.Horizon, Playback.Episode);
    }

    public override bool IsStale => base.IsStale || world.IsAhead(Playback);

    public override bool HasGained => MapHasGained || world.HasGrown(Playback);

    /// <summary>The map, when cells of it were filled in, and what the trails have grown by.</summary>
    public override void DrawGained(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (MapHasGained) map.DrawAgain(BrushOf(canvas), Layout.Map);
        if (world.HasGrown(Playback)) world.DrawGained(BrushOf(canvas), this);
    }

    private bool MapHasGained => !Layout.Map.IsEmpty && map.HasGained;

    public override void DrawMoving(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        world.DrawMoving(brush, this);
        if (!Layout.Chart.IsEmpty) chart.DrawMoving(brush, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawMoving(brush, Layout.Timeline, Playback);
    }

    internal override Rect CoveredArea => IsLeft ? default : base.CoveredArea;

    /// <summary>One of two halves, of which only the right one is covered.</summary>
    private bool IsLeft => half?.Index == 0;

    /// <summary>Halves show the same part of the world, so that they stay comparable.</summary>
    private protected override WorldExtent FindExtent() => half is null ? WorldExtent.Of(Replay) : WorldExtent.Of(Replay).With(WorldExtent.Of(half.Other));

    /// <summary>At the same scale, too, though what covers the right one does not move the left one.</summary>
    private protected override Camera FittedCamera() => IsLeft ? base.FittedCamera() with { Area = Layout.WorldView() } : base.FittedCamera();

    private protected override ScreenLayout LayoutOf(float width, float height) =>
        half is null ? ScreenLayout.Of(width, height) : ScreenLayout.Half(width, height, half.Index);

    private protected override void OnCovered() => UncoverGoal();

    private void UncoverGoal()
    {
        if (Covered == default || Replay.World.Goal is not { } goal) return;
        // Halves alike, though the left one is not covered itself.
        if (base.CoveredArea.Contains((Camera with { Area = Layout.WorldView(Covered) }).ToScreen(goal))) Fit();
    }

    private static ChartReturns Returns(Replay replay) => new([.. replay.Steps.Select(step => step.Returns)], "trajectories", replay.Reference, replay.UntrainedReturn);

    private static Playback PlaybackOf(Replay replay)
    {
        ArgumentNullException.ThrowIfNull(replay);
        return Playback.Of(replay);
    }
}

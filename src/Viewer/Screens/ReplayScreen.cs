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
public sealed class ReplayScreen : IScene
{
    private readonly WorldScene world;
    private readonly ReturnChart chart;
    private readonly MapPanel map;
    private readonly bool[] visible;
    private readonly ScreenHalf? half;
    private readonly (float[] Rewards, double Return)[] episodes;
    private Brush? brush;
    private (float Width, float Height) size;
    private int version;
    private (int Version, int Episode) drawn = (-1, -1);

    /// <param name="playback">The moment that is shown, where it is another screen's too</param>
    /// <param name="half">Which of two beside each other the screen is</param>
    public ReplayScreen(Replay replay, Theme theme, float width, float height, Playback? playback = null, ScreenHalf? half = null)
    {
        ArgumentNullException.ThrowIfNull(replay);
        Replay = replay;
        this.half = half;
        Theme = theme;
        Playback = playback ?? new Playback(replay.Steps.Count, replay.Horizon);
        world = new WorldScene(replay);
        chart = new ReturnChart([.. replay.Steps.Select(step => step.Returns)], replay.Reference, replay.RandomReturn, half is null ? [] : [.. half.Other.Steps.SelectMany(step => step.Returns.Values), half.Other.RandomReturn, half.Other.Reference.Value]);
        episodes = [.. replay.Steps.Select(step => (step.Shown.Rewards, step.Shown.Return))];
        map = new MapPanel(replay);
        visible = [.. Enumerable.Repeat(true, replay.Steps.Count)];
        Resize(width, height);
    }

    public Replay Replay { get; }
    public Playback Playback { get; }
    public ScreenLayout Layout { get; private set; } = null!;

    public Theme Theme
    {
        get;
        set
        {
            field = value;
            version++;
        }
    }

    public Camera Camera
    {
        get;
        set
        {
            field = value;
            version++;
        }
    }

    /// <summary>Size of what covers the world's upper right corner; none by default.</summary>
    public Vector2 Covered
    {
        get;
        set
        {
            if (field == value) return;
            Camera before = FittedCamera();
            field = value;
            Camera = Camera.Follow(before, FittedCamera());
            UncoverGoal();
        }
    }

    /// <summary>Whether each gradient step's trajectories are shown.</summary>
    public IReadOnlyList<bool> Visible => visible;

    public bool IsStale => drawn != (version, Playback.Episode);

    public void Toggle(int step)
    {
        visible[step] = !visible[step];
        version++;
    }

    public void Resize(float width, float height)
    {
        if (size == (width, height)) return;
        size = (width, height);
        Layout = half is null ? ScreenLayout.Of(width, height) : ScreenLayout.Half(width, height, half.Index);
        Fit();
    }

    public IScene Twin() => Twin(null);

    internal ReplayScreen Twin(Playback? playback)
    {
        var twin = new ReplayScreen(Replay, Theme, size.Width, size.Height, playback, half);
        twin.LookLike(this);
        return twin;
    }

    /// <summary>Shows the whole world.</summary>
    public void Fit() => Camera = FittedCamera();

    /// <summary>Takes over how another replay was looked at.</summary>
    public void LookLike(ReplayScreen other)
    {
        ArgumentNullException.ThrowIfNull(other);
        // An arm of another reach is fitted anew; anything else would jump with every goal.
        if (Replay.World.Reach == other.Replay.World.Reach) Camera = other.Camera with { Area = Camera.Area };
        UncoverGoal();
        for (int step = 0; step < Math.Min(visible.Length, other.visible.Length); step++) visible[step] = other.visible[step];
        version++;
        if (Playback != other.Playback) Playback.ChangeSpeed(other.Playback.Speed);
    }

    public void DrawStill(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        drawn = (version, Playback.Episode);
        Brush brush = BrushOf(canvas);
        Header.Draw(brush, Layout.Header, Replay.Title, string.Create(CultureInfo.InvariantCulture, $"{Replay.Steps[0].Trajectories.Count} trajectories per batch"), half?.Other.Title);
        world.DrawStill(brush, this);
        if (!Layout.Chart.IsEmpty) chart.Draw(brush, Layout.Chart);
        if (!Layout.Map.IsEmpty)
        {
            map.Draw(brush, Layout.Map);
            ChangePanel.Draw(brush, Layout.Change, Replay);
        }
        if (!Layout.Field.IsEmpty) FieldPanel.Draw(brush, Layout.Field, Replay, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawStill(brush, Layout.Timeline, episodes, Replay.Horizon, Playback.Episode);
    }

    /// <summary>The map, when cells of it were filled in.</summary>
    public void DrawGained(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        if (!Layout.Map.IsEmpty && map.HasGained) map.DrawAgain(BrushOf(canvas), Layout.Map);
    }

    public void DrawMoving(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        world.DrawMoving(brush, this);
        if (!Layout.Chart.IsEmpty) chart.DrawMoving(brush, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawMoving(brush, Layout.Timeline, Playback);
    }

    private Camera FittedCamera() => Camera.Fit(Layout.WorldView(Covered), world.Extent.Low, world.Extent.High);

    private void UncoverGoal()
    {
        if (Covered == default || Replay.World.Goal is not { } goal) return;
        Vector2 at = Camera.ToScreen(goal);
        if (at.X > Layout.World.Right - Covered.X && at.Y < Layout.World.Y + Covered.Y) Fit();
    }

    private Brush BrushOf(Canvas canvas)
    {
        if (brush is null || brush.Canvas != canvas || brush.Theme != Theme) brush = new Brush(canvas, Theme);
        return brush;
    }
}

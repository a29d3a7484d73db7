using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>
/// The replay of one adaptation. What changes only now and then is drawn apart from what moves, so that a frame costs
/// the moving part alone.
/// </summary>
public sealed class ReplayScreen
{
    private readonly WorldScene world;
    private readonly ReturnChart chart;
    private Brush? brush;
    private string? fittedTo;

    /// <param name="playback">The moment that is shown, where it is another screen's too</param>
    public ReplayScreen(Replay replay, Theme theme, float width, float height, Playback? playback = null)
    {
        ArgumentNullException.ThrowIfNull(replay);
        Replay = replay;
        Theme = theme;
        Playback = playback ?? new Playback(replay.Steps.Count, replay.Horizon);
        world = new WorldScene(replay);
        chart = new ReturnChart(replay);
        Visible = [.. Enumerable.Repeat(true, replay.Steps.Count)];
        Resize(width, height);
    }

    public Replay Replay { get; }
    public Theme Theme { get; set; }
    public Playback Playback { get; }
    public ScreenLayout Layout { get; private set; } = null!;
    public Camera Camera { get; set; }

    /// <summary>Whether each gradient step's trajectories are shown.</summary>
    public bool[] Visible { get; }

    public void Resize(float width, float height)
    {
        Layout = ScreenLayout.Of(width, height);
        string size = string.Create(CultureInfo.InvariantCulture, $"{width}x{height}");
        if (fittedTo != size) Fit();
        fittedTo = size;
    }

    /// <summary>Shows the whole world.</summary>
    public void Fit()
    {
        (var low, var high) = world.Extent;
        Camera = Camera.Fit(Layout.WorldView, low, high);
    }

    /// <summary>Takes over how another replay was looked at.</summary>
    public void LookLike(ReplayScreen other)
    {
        ArgumentNullException.ThrowIfNull(other);
        Camera = other.Camera with { Area = Camera.Area };
        for (int step = 0; step < Math.Min(Visible.Length, other.Visible.Length); step++) Visible[step] = other.Visible[step];
        if (Playback != other.Playback) Playback.ChangeSpeed(other.Playback.Speed);
    }

    /// <summary>What changes with the episode, the size or the theme only.</summary>
    public void DrawStill(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        DrawHeader(brush);
        world.DrawStill(brush, this);
        if (!Layout.Chart.IsEmpty)
        {
            chart.Draw(brush, Layout.Chart);
            MapPanel.Draw(brush, Layout.Map, Replay);
            if (!Layout.Field.IsEmpty) FieldPanel.Draw(brush, Layout.Field, Replay, Playback.Episode);
            ChangePanel.Draw(brush, Layout.Change, Replay);
        }
        if (!Layout.Timeline.IsEmpty) Timeline.DrawStill(brush, Layout.Timeline, Replay, Playback.Episode);
    }

    /// <summary>What moves with time.</summary>
    public void DrawMoving(Canvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        Brush brush = BrushOf(canvas);
        world.DrawMoving(brush, this);
        if (!Layout.Chart.IsEmpty) chart.DrawMoving(brush, Playback.Episode);
        if (!Layout.Timeline.IsEmpty) Timeline.DrawMoving(brush, Layout.Timeline, Playback);
    }

    private Brush BrushOf(Canvas canvas)
    {
        if (brush is null || brush.Canvas != canvas || brush.Theme != Theme) brush = new Brush(canvas, Theme);
        return brush;
    }

    private void DrawHeader(Brush brush)
    {
        ReplayTitle title = Replay.Title;
        float y = 31, x = Layout.Header.X;
        brush.Canvas.Disc(new(x + 9, y - 5), 9, Theme.Step(1, 1).Fade(0.2));
        brush.Canvas.Disc(new(x + 9, y - 5), 4.5f, Theme.Step(1, 1));
        x += 28;
        x += brush.Text(x, y, "Adaptation", Theme.Text, 12, StrokeFont.Strong) + 14;
        string about = string.Create(
            CultureInfo.InvariantCulture, $"{title.Family} · {title.Algorithm} · {title.Run}, iteration {title.Iteration} · {title.Task}");
        string batch = string.Create(CultureInfo.InvariantCulture, $"{Replay.Steps[0].Trajectories.Count} trajectories per batch");
        float batchWidth = StrokeFont.Measure(batch, Brush.Small) + 24;
        var pill = new Rect(Layout.Header.Right - batchWidth, y - 17, batchWidth, 24);
        // A narrow window keeps the beginning, which says most.
        float room = pill.X - x - 14;
        if (room < 120) (room, batch) = (Layout.Header.Right - x, "");
        if (batch.Length > 0)
        {
            brush.Canvas.Box(pill, Theme.Panel, 12, 1, Theme.Edge);
            brush.Text(pill.X + 12, y, batch, Theme.Muted);
        }
        brush.Text(x, y, Shorten(about, room), Theme.Muted, 9.5f);
    }

    private static string Shorten(string text, float room)
    {
        if (StrokeFont.Measure(text, 9.5f) <= room) return text;
        while (text.Length > 1 && StrokeFont.Measure(text + "…", 9.5f) > room) text = text[..^1];
        return text + "…";
    }
}

using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>Whether the replay plays, and how fast, at the header's right end. Leaves no garbage.</summary>
internal static class PlayState
{
    private const float Icon = 8, Side = 12, Gap = 8;

    // The pill keeps its width whatever it says.
    private static readonly float pill = Side + Icon + Gap + StrokeFont.Measure("playing 0.125×", Brush.Small) + Side;

    /// <summary>What it takes of the header, with the distance to what is beside it.</summary>
    public static float Width => pill + 10;

    public static void Draw(Brush brush, Rect header, Playback playback)
    {
        var area = new Rect(header.Right - pill, Header.Baseline - 17, pill, 24);
        Colour colour = playback.IsPlaying ? brush.Theme.Step(1, 1) : brush.Theme.Muted;
        brush.Canvas.Box(area, brush.Theme.Panel, 12, 1, brush.Theme.Edge);
        (float left, float middle) = (area.X + Side, area.Centre.Y);
        if (playback.IsPlaying)
        {
            brush.Canvas.BeginPath(new(left + 1, middle - 4), 2, colour);
            brush.Canvas.PathTo(new(left + Icon - 1, middle), 2, colour);
            brush.Canvas.PathTo(new(left + 1, middle + 4), 2, colour);
            brush.Canvas.PathTo(new(left + 1, middle - 4), 2, colour);
            brush.Canvas.EndPath();
        }
        else
        {
            brush.Canvas.Box(new Rect(left, middle - 5, 3, 10), colour, 1);
            brush.Canvas.Box(new Rect(left + 5, middle - 5, 3, 10), colour, 1);
        }
        Span<char> text = stackalloc char[32];
        text.TryWrite(CultureInfo.InvariantCulture, $"{(playback.IsPlaying ? "playing" : "paused")} {playback.Speed:0.###}×", out int length);
        brush.Text(left + Icon + Gap, Header.Baseline, text[..length], brush.Theme.Text);
    }
}

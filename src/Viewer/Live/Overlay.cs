using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>
/// Draws what lies over a scene in the window but not in pictures: sliders, a line for the user, the progress of a film, the
/// buttons, and the help. Drawing leaves no garbage.
/// </summary>
internal sealed class Overlay(ViewerControls controls)
{
    // The badge is as wide as its longest text, so that it keeps its width while the number grows.
    private static readonly float longestProgress = StrokeFont.Measure("recording 100 %", Brush.Normal);

    private Brush? brush;

    public void Draw(Canvas canvas, double? filmed)
    {
        if (brush is null || brush.Canvas != canvas || brush.Theme != controls.Theme) brush = new Brush(canvas, controls.Theme);
        if (controls.Scene is not null)
        {
            controls.Sliders?.Draw(brush, controls.SliderWorld, controls.Request, controls.Usual);
            Rect world = controls.SliderWorld;
            if (filmed is { } share) DrawProgress(brush, world.Centre.X, world.Bottom - 84, share);
            if (controls.Notice.Length > 0) DrawLine(brush, world.Centre.X, world.Bottom - 44, controls.Notice, brush.Theme.Goal);
            else if (controls.Hint.Length > 0) DrawLine(brush, world.Centre.X, world.Bottom - 44, controls.Hint, brush.Theme.Edge);
            Transport.Draw(brush, controls.LastLayout.Header, controls.Scene.Playback, controls.Pointed);
        }
        if (controls.ShowsHelp) HelpOverlay.Draw(brush, controls.Request, controls.CanAdapt);
    }

    /// <summary>Writes a line for the user, which is broken where the window is too narrow for it.</summary>
    public static void DrawLine(Brush brush, float middle, float bottom, string line, Colour edge)
    {
        const float Side = 16, Edge = 16, LineHeight = 18, Padding = 12;
        float room = brush.Canvas.Width - 2 * (Edge + Side), width = 0;
        int lines = 0;
        for (ReadOnlySpan<char> rest = line; rest.Length > 0; lines++)
            width = Math.Max(width, StrokeFont.Measure(Brush.TakeLine(ref rest, room, Brush.Normal), Brush.Normal));
        float x = Math.Clamp(middle - width / 2 - Side, Edge, Math.Max(Edge, brush.Canvas.Width - Edge - width - 2 * Side));
        var area = new Rect(x, bottom - LineHeight * lines - Padding, width + 2 * Side, LineHeight * lines + Padding);
        brush.Canvas.Box(area, brush.Theme.Panel, 15, 1.2f, edge);
        float y = area.Y + Padding / 2 + 14;
        for (ReadOnlySpan<char> rest = line; rest.Length > 0; y += LineHeight)
            brush.Text(area.X + Side, y, Brush.TakeLine(ref rest, room, Brush.Normal), brush.Theme.Text, Brush.Normal);
    }

    private static void DrawProgress(Brush brush, float middle, float bottom, double share)
    {
        const float Disc = 17, Radius = 5, Gap = 12;
        Span<char> text = stackalloc char[32];
        text.TryWrite(CultureInfo.InvariantCulture, $"recording {100 * share:F0} %", out int length);
        float width = Disc + Radius + Gap + longestProgress + Gap;
        var area = new Rect(middle - width / 2, bottom - 30, width, 30);
        brush.Canvas.Box(area, brush.Theme.Panel, 15, 1.2f, brush.Theme.Untrained);
        brush.Canvas.Disc(new(area.X + Disc, area.Y + 15), Radius, brush.Theme.Untrained);
        brush.Text((area.X + Disc + Radius + area.Right) / 2, area.Y + 20, text[..length], brush.Theme.Text, Brush.Normal, align: 0.5f);
    }
}

using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>What lies over a scene in the window alone: sliders, a line for the user, the progress of a film, whether it plays, the help. Leaves no garbage.</summary>
internal sealed class Overlay(ViewerControls controls)
{
    // The badge keeps its width while the number grows.
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
            if (controls.Notice.Length > 0) DrawNotice(brush, world.Centre.X, world.Bottom - 44);
            PlayState.Draw(brush, controls.LastLayout.Header, controls.Scene.Playback);
        }
        if (controls.ShowsHelp) HelpOverlay.Draw(brush, controls.Request, controls.CanAdapt);
    }

    private void DrawNotice(Brush brush, float middle, float bottom)
    {
        float width = StrokeFont.Measure(controls.Notice, Brush.Normal) + 32;
        // On the screen as far as it goes, its beginning in any case.
        float x = MathF.Max(12, MathF.Min(middle - width / 2, brush.Canvas.Width - 12 - width));
        var area = new Rect(x, bottom - 30, width, 30);
        brush.Canvas.Box(area, brush.Theme.Panel, 15, 1.2f, brush.Theme.Goal);
        brush.Text(area.X + 16, area.Y + 20, controls.Notice, brush.Theme.Text, Brush.Normal);
    }

    private static void DrawProgress(Brush brush, float middle, float bottom, double share)
    {
        const float Disc = 17, Radius = 5, Gap = 12;
        Span<char> text = stackalloc char[32];
        text.TryWrite(CultureInfo.InvariantCulture, $"recording {100 * share:F0} %", out int length);
        float width = Disc + Radius + Gap + longestProgress + Gap;
        var area = new Rect(middle - width / 2, bottom - 30, width, 30);
        brush.Canvas.Box(area, brush.Theme.Panel, 15, 1.2f, brush.Theme.Random);
        brush.Canvas.Disc(new(area.X + Disc, area.Y + 15), Radius, brush.Theme.Random);
        brush.Text((area.X + Disc + Radius + area.Right) / 2, area.Y + 20, text[..length], brush.Theme.Text, Brush.Normal, align: 0.5f);
    }
}

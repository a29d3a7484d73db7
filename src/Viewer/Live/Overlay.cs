namespace MamlRobotics.Viewer;

/// <summary>What lies over a scene in the window alone: sliders, a line for the user, the progress of a film, the help. Leaves no garbage.</summary>
internal sealed class Overlay(ViewerControls controls)
{
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
        const float Width = 200;
        var area = new Rect(middle - Width / 2, bottom - 30, Width, 30);
        brush.Canvas.Box(area, brush.Theme.Panel, 15, 1.2f, brush.Theme.Random);
        brush.Canvas.Disc(new(area.X + 17, area.Y + 15), 5, brush.Theme.Random);
        float x = area.X + 32 + brush.Text(area.X + 32, area.Y + 20, "recording", brush.Theme.Text, Brush.Normal) + 8;
        brush.Number(x, area.Y + 20, 100 * share, 0, brush.Theme.Text, Brush.Normal, unit: " %");
    }
}

using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Writes how a network adapts to the points of a function, as a picture or a film. It needs no display.</summary>
public static class CurvePicture
{
    /// <param name="format">Overrides the name of the file; null where the name decides</param>
    public static void Write(
        CurveAdaptation adaptation, string title, string caption, string path, int width, int height, Theme theme, double seconds,
        string? format)
    {
        ArgumentNullException.ThrowIfNull(adaptation);
        const int FramesPerSecond = 20;
        const double RestShare = 0.2;
        int steps = adaptation.Curves.Count - 1, frames = Math.Max(1, (int)Math.Round(seconds * FramesPerSecond));
        int moving = Math.Max(1, (int)(frames * (1 - RestShare)));
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        using var target = new Target(context.Gl, width, height);
        float scale = PictureStudio.ScaleOf(width, height);
        var canvas = new Canvas(width / scale, height / scale);
        PictureFile.Write(path, new Clip(width, height, frames, FramesPerSecond, (frame, bitmap) =>
        {
            canvas.Begin(width / scale, height / scale, scale);
            new CurveScreen(canvas, theme).Draw(adaptation, title, caption, Eased(steps * Math.Min(1, (frame + 1.0) / moving)));
            target.Clear(theme.Background);
            renderer.Draw(canvas, target);
            target.Read(bitmap);
        }), format);
    }

    // A curve rests at each step for a moment, so that the steps can be distinguished.
    private static double Eased(double progress)
    {
        double step = Math.Floor(progress), share = progress - step;
        return step + share * share * (3 - 2 * share);
    }
}

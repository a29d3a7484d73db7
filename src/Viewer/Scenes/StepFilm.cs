namespace MamlRobotics.Viewer;

/// <summary>Writes an adaptation that is drawn on canvases, as a picture of its end or a film. It needs no display.</summary>
public static class StepFilm
{
    /// <param name="steps">The number of gradient steps</param>
    /// <param name="draw">Draws the moment after so many steps, with a fraction between two</param>
    public static void Write(PictureOrder order, int steps, Action<Canvas, double> draw)
    {
        ArgumentNullException.ThrowIfNull(order);
        const int FramesPerSecond = 20;
        const double RestShare = 0.2;
        int frames = Math.Max(1, (int)Math.Round(order.Seconds * FramesPerSecond));
        int moving = Math.Max(1, (int)(frames * (1 - RestShare)));
        (int width, int height) = (order.Width, order.Height);
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        using var target = new Target(context.Gl, width, height);
        float scale = PictureStudio.ScaleOf(width, height);
        var canvas = new Canvas(width / scale, height / scale);
        PictureFile.Write(order.Path, new Clip(width, height, frames, FramesPerSecond, (frame, bitmap) =>
        {
            canvas.Begin(width / scale, height / scale, scale);
            draw(canvas, Eased(steps * Math.Min(1, (frame + 1.0) / moving)));
            target.Clear(order.Theme.Background);
            renderer.Draw(canvas, target);
            target.Read(bitmap);
        }), order.Format);
    }

    // The film rests at each step for a moment, so that the steps can be distinguished.
    private static double Eased(double progress)
    {
        double step = Math.Floor(progress), share = progress - step;
        return step + share * share * (3 - 2 * share);
    }
}

namespace MamlRobotics.Viewer;

/// <summary>Draws replay screens into bitmaps: the still part once per episode, the moving part every frame.</summary>
public sealed class PictureStudio : IDisposable
{
    private readonly HeadlessContext context;
    private readonly Renderer renderer;
    private readonly Target still, frame;
    private readonly Canvas canvas = new(1, 1);
    private readonly float scale;
    private (ReplayScreen? Screen, int Episode) drawn;

    public PictureStudio(HeadlessContext context, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        renderer = new Renderer(context.Gl);
        still = new Target(context.Gl, width, height);
        frame = new Target(context.Gl, width, height);
        scale = ScaleOf(width, height);
    }

    /// <summary>Size in points, which the screen is laid out for.</summary>
    public (float Width, float Height) Size => (frame.Width / scale, frame.Height / scale);

    /// <summary>Pixels per point: larger pictures show the same at a higher resolution.</summary>
    public static float ScaleOf(int width, int height) => Math.Max(1, Math.Min(width / 1280f, height / 720f));

    public void Draw(ReplayScreen screen, Bitmap into)
    {
        Show(screen);
        frame.Read(into);
    }

    /// <summary>Draws without reading the picture back, and waits until it is there.</summary>
    public void Show(ReplayScreen screen)
    {
        ArgumentNullException.ThrowIfNull(screen);
        if (drawn != (screen, screen.Playback.Episode))
        {
            still.Clear(screen.Theme.Background);
            canvas.Begin(Size.Width, Size.Height, scale);
            screen.DrawStill(canvas);
            renderer.Draw(canvas, still);
            drawn = (screen, screen.Playback.Episode);
        }
        still.CopyTo(frame);
        canvas.Begin(Size.Width, Size.Height, scale);
        screen.DrawMoving(canvas);
        renderer.Draw(canvas, frame);
        context.Gl.Finish();
    }

    /// <summary>A film of a replay: every episode from start to end, then a moment of rest.</summary>
    public Clip Film(ReplayScreen screen, double seconds, int framesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(screen);
        const double RestShare = 0.12;
        int frames = Math.Max(1, (int)Math.Round(seconds * framesPerSecond)), moving = Math.Max(1, (int)(frames * (1 - RestShare)));
        return new Clip(frame.Width, frame.Height, frames, framesPerSecond, (index, bitmap) =>
        {
            screen.Playback.Seek(screen.Playback.Length * Math.Min(1, (index + 1.0) / moving));
            Draw(screen, bitmap);
        });
    }

    public void Dispose()
    {
        renderer.Dispose();
        still.Dispose();
        frame.Dispose();
        context.Dispose();
    }
}

namespace MamlRobotics.Viewer;

/// <summary>Draws scenes into bitmaps, without a window.</summary>
public sealed class PictureStudio : IDisposable
{
    private readonly HeadlessContext context;
    private readonly Renderer renderer;
    private readonly Stage stage;

    public PictureStudio(HeadlessContext context, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(context);
        this.context = context;
        renderer = new Renderer(context.Gl);
        stage = new Stage(context.Gl, renderer, width, height, ScaleOf(width, height));
    }

    /// <summary>Draws a single canvas.</summary>
    /// <exception cref="PlatformNotSupportedException">This machine cannot draw.</exception>
    public static Bitmap Draw(Canvas canvas, Colour background, int width, int height)
    {
        using HeadlessContext context = HeadlessContext.Create();
        using var renderer = new Renderer(context.Gl);
        using var target = new Target(context.Gl, width, height);
        target.Clear(background);
        renderer.Draw(canvas, target);
        var bitmap = new Bitmap(width, height);
        target.Read(bitmap);
        return bitmap;
    }

    /// <summary>The size in points for which scenes are laid out.</summary>
    public (float Width, float Height) Size => stage.Size;

    /// <summary>Pixels per point: larger pictures show the same at a higher resolution.</summary>
    public static float ScaleOf(int width, int height) => Math.Max(1, Math.Min(width / 1280f, height / 720f));

    public void Draw(IScene scene, Bitmap into)
    {
        Show(scene);
        stage.Frame.Read(into);
    }

    /// <summary>Draws a scene and waits until it is drawn, without reading the picture back.</summary>
    public void Show(IScene scene)
    {
        ArgumentNullException.ThrowIfNull(scene);
        stage.Draw(scene);
        context.Gl.Finish();
    }

    /// <summary>A film of a replay. Every gradient step has a scene of the same length, and the last picture stays for a moment.</summary>
    public Clip Film(IScene scene, double seconds, int framesPerSecond)
    {
        ArgumentNullException.ThrowIfNull(scene);
        return FilmOf(stage.Frame.Width, stage.Frame.Height, scene.Playback, seconds, framesPerSecond, bitmap => Draw(scene, bitmap));
    }

    /// <param name="draw">Draws the moment at which the playback is</param>
    internal static Clip FilmOf(int width, int height, Playback playback, double seconds, int framesPerSecond, Action<Bitmap> draw)
    {
        const double RestShare = 0.1;
        int frames = Math.Max(1, (int)Math.Round(seconds * framesPerSecond));
        int moving = Math.Max(1, (int)(frames * (1 - RestShare)));
        return new Clip(width, height, frames, framesPerSecond, (index, bitmap) =>
        {
            playback.SeekFilm(playback.Episodes * Math.Min(1, (index + 1.0) / moving));
            draw(bitmap);
        });
    }

    public void Dispose()
    {
        renderer.Dispose();
        stage.Dispose();
        context.Dispose();
    }
}

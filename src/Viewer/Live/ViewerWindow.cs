using System.Globalization;
using System.Numerics;
using Silk.NET.Input;
using Silk.NET.Maths;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace MamlRobotics.Viewer;

/// <summary>The window around the controls: it passes events on, and shows what they make of the screen.</summary>
public sealed class ViewerWindow : IDisposable
{
    private const double LongestTick = 0.1;

    private readonly IWindow window;
    private readonly ViewerControls controls;
    private readonly Func<Replay?> take;
    private readonly Canvas canvas = new(1, 1);
    private GL gl = null!;
    private IInputContext input = null!;
    private Renderer renderer = null!;
    private Target? still, frame;
    private (ReplayScreen? Screen, int Episode, int Version, bool MapIsFull) drawn;

    /// <param name="take">Gives an adaptation that has just been finished, or null</param>
    public ViewerWindow(ViewerControls controls, Func<Replay?> take, string title)
    {
        (this.controls, this.take) = (controls, take);
        window = Window.Create(WindowOptions.Default with { Title = title, FramesPerSecond = 60, UpdatesPerSecond = 60 });
        window.Load += Load;
        window.Update += Update;
        window.Render += Render;
        window.FramebufferResize += _ => Resize();
        window.Closing += Free;
    }

    /// <summary>Frames shown so far.</summary>
    public int Frames { get; private set; }

    /// <exception cref="PlatformNotSupportedException">There is no display, or no OpenGL 3.3.</exception>
    public void Run() => window.Run();

    public void Dispose() => window.Dispose();

    private float Scale => window.Size.X > 0 ? (float)window.FramebufferSize.X / window.Size.X : 1;

    private void Load()
    {
        gl = GL.GetApi(window);
        renderer = new Renderer(gl);
        input = window.CreateInput();
        foreach (IKeyboard keyboard in input.Keyboards) keyboard.KeyDown += (_, key, _) => controls.KeyDown(key);
        foreach (IMouse mouse in input.Mice)
        {
            mouse.MouseMove += (_, position) => controls.MouseMove(position);
            mouse.MouseDown += (_, button) => controls.MouseDown(button);
            mouse.MouseUp += (_, _) => controls.MouseUp();
            mouse.Scroll += (_, wheel) => controls.Scroll(wheel.Y);
        }
        Resize();
    }

    private void Resize()
    {
        Vector2D<int> size = window.FramebufferSize;
        // A minimised window has no size, and keeps what it had.
        if (size.X <= 0 || size.Y <= 0) return;
        still?.Dispose();
        frame?.Dispose();
        still = new Target(gl, size.X, size.Y);
        frame = new Target(gl, size.X, size.Y);
        controls.Resize(window.Size.X, window.Size.Y);
    }

    private void Update(double seconds)
    {
        if (take() is { } replay) controls.Show(replay, window.Size.X, window.Size.Y);
        // After a pause of the machine the replay goes on where it was.
        controls.Screen?.Playback.Advance(Math.Min(seconds, LongestTick));
        if (controls.WantsToQuit) window.Close();
    }

    private void Render(double seconds)
    {
        if (still is null || frame is null) return;
        canvas.Begin(window.Size.X, window.Size.Y, Scale);
        if (controls.Screen is { } screen) Draw(screen, still, frame);
        else DrawWaiting(frame);
        if (controls.ShowsHelp)
        {
            canvas.Begin(window.Size.X, window.Size.Y, Scale);
            HelpOverlay.Draw(new Brush(canvas, controls.Theme), controls.Request, controls.CanAdapt);
            renderer.Draw(canvas, frame);
        }
        frame.CopyTo(null);
        Frames++;
        if (controls.WantsPicture) SavePicture(frame);
        if (controls.WantsFilm && controls.Screen is { } filmed) SaveFilm(filmed, still, frame);
    }

    private void Draw(ReplayScreen screen, Target under, Target over)
    {
        ReturnMap map = screen.Replay.Map;
        (ReplayScreen, int, int, bool) state = (screen, screen.Playback.Episode, controls.Version, Array.IndexOf(map.Adapted, double.NaN) < 0);
        // While the map fills in, its cells change without an event: look again twice a second.
        bool fills = !state.Item4 && Frames % 30 == 0;
        if (drawn != state || fills)
        {
            under.Clear(screen.Theme.Background);
            screen.DrawStill(canvas);
            renderer.Draw(canvas, under);
            canvas.Begin(window.Size.X, window.Size.Y, Scale);
            drawn = state;
        }
        under.CopyTo(over);
        screen.DrawMoving(canvas);
        renderer.Draw(canvas, over);
    }

    private void DrawWaiting(Target over)
    {
        over.Clear(controls.Theme.Background);
        canvas.Text(new Vector2(canvas.Width / 2, canvas.Height / 2), "adapting …", 11, controls.Theme.Muted, align: 0.5f);
        renderer.Draw(canvas, over);
    }

    private void SavePicture(Target shown)
    {
        controls.WantsPicture = false;
        var bitmap = new Bitmap(shown.Width, shown.Height);
        shown.Read(bitmap);
        string file = FreeName(".png");
        PngFile.Write(file, bitmap);
        Console.WriteLine($"Wrote {file}.");
    }

    private void SaveFilm(ReplayScreen screen, Target under, Target over)
    {
        controls.WantsFilm = false;
        const int FramesPerSecond = 25;
        const double Seconds = 8;
        double position = screen.Playback.Position;
        string file = FreeName(".gif");
        var clip = new Clip(over.Width, over.Height, (int)(Seconds * FramesPerSecond), FramesPerSecond, (index, bitmap) =>
        {
            screen.Playback.Seek(screen.Playback.Length * (index + 1) / (Seconds * FramesPerSecond));
            canvas.Begin(window.Size.X, window.Size.Y, Scale);
            Draw(screen, under, over);
            over.Read(bitmap);
        });
        PictureFile.Write(file, clip);
        screen.Playback.Seek(position);
        Console.WriteLine($"Wrote {file}.");
    }

    private static string FreeName(string extension) => Enumerable.Range(1, int.MaxValue - 1)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"adaptation-{number}{extension}")).First(name => !File.Exists(name));

    private void Free()
    {
        input.Dispose();
        still?.Dispose();
        frame?.Dispose();
        (still, frame) = (null, null);
        renderer.Dispose();
        gl.Dispose();
    }
}

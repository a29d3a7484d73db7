using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using Silk.NET.Input;
using Silk.NET.Maths;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace MamlRobotics.Viewer;

/// <summary>The window, which passes events on to the controls and shows their scene.</summary>
public sealed class ViewerWindow : IDisposable
{
    private const double LongestTick = 0.1;

    // A window is not told when another one that covered it is gone, so it is shown again after this time.
    private static readonly TimeSpan LongestUnshown = TimeSpan.FromSeconds(0.5);

    private readonly IWindow window;
    private readonly ViewerControls controls;
    private readonly Action<double> tick;
    private readonly Overlay overlay;
    private readonly bool isPaced;
    private readonly Stopwatch sinceShown = Stopwatch.StartNew();
    private int drawn = -1;
    private float scale = 1;
    private GL gl = null!;
    private IInputContext input = null!;
    private Renderer renderer = null!;
    private Stage? stage;
    private FilmRecorder? film;

    /// <param name="tick">Is called before each frame with the seconds that have passed</param>
    /// <param name="isPaced">
    /// Whether to draw only when there is something new, as often as the screen can show it. Otherwise the window draws as often as
    /// it can.
    /// </param>
    /// <exception cref="PlatformNotSupportedException">There is no display.</exception>
    public ViewerWindow(ViewerControls controls, Action<double> tick, string title, bool isPaced = true)
    {
        (this.controls, this.tick, this.isPaced, overlay) = (controls, tick, isPaced, new Overlay(controls));
        window = Display.Create(WindowOptions.Default with { Title = title, VSync = isPaced });
        window.Load += Load;
        window.Update += Update;
        window.Render += _ => Render();
        window.FramebufferResize += _ => Resize();
        window.Closing += Free;
    }

    /// <summary>Binds OpenGL to the window once its context is there.</summary>
    internal Func<IWindow, GL> Bind { get; init; } = GL.GetApi;

    /// <summary>The folder into which pictures and films are written; the working directory by default.</summary>
    public string Folder { get; init; } = "";

    /// <summary>The number of frames that have been drawn so far.</summary>
    public int Frames { get; private set; }

    public string Driver => $"{gl.GetStringS(StringName.Renderer)}, OpenGL {gl.GetStringS(StringName.Version)}";

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public void Open() => Display.Open(window);

    /// <summary>Handles the events that have come, and draws if there is something new.</summary>
    /// <returns>False once the window is closed</returns>
    public bool Step()
    {
        window.DoEvents();
        if (!window.IsClosing) window.DoUpdate();
        if (!window.IsClosing && (IsNew || sinceShown.Elapsed > LongestUnshown)) window.DoRender();
        return !window.IsClosing;
    }

    /// <summary>Runs an open window until it is closed, and rests while there is nothing to do.</summary>
    /// <exception cref="PlatformNotSupportedException">The window has become larger than this machine can draw.</exception>
    public void Run() => Display.Run(Step);

    public void Dispose() => window.Dispose();

    /// <summary>Whether there is something new to draw.</summary>
    private bool IsNew =>
        !isPaced || film is not null || drawn != controls.Version || controls.Scene is { IsStale: true } or { HasAdditions: true };

    private Viewport Viewport => new(new(window.Size.X, window.Size.Y), new(window.FramebufferSize.X, window.FramebufferSize.Y), scale);

    private void Load()
    {
        scale = Display.Scale();
        Display.Enlarge(window, scale);
        gl = Bind(window);
        renderer = new Renderer(gl);
        input = window.CreateInput();
        foreach (IKeyboard keyboard in input.Keyboards) keyboard.KeyDown += (_, key, _) => controls.KeyDown(key);
        foreach (IMouse mouse in input.Mice)
        {
            mouse.MouseMove += (_, position) => controls.MouseMove(Viewport.ToPoint(position));
            mouse.MouseDown += (_, button) => controls.MouseDown(button);
            mouse.MouseUp += (_, button) => controls.MouseUp(button);
            mouse.Scroll += (_, wheel) => controls.Scroll(wheel.Y);
        }
        Resize();
    }

    private void Resize()
    {
        Viewport viewport = Viewport;
        // A minimised window keeps its stage.
        if (viewport.IsEmpty) return;
        stage?.Dispose();
        stage = new Stage(gl, renderer, (int)viewport.Framebuffer.X, (int)viewport.Framebuffer.Y, viewport.Scale);
        controls.Resize(viewport.Size.X, viewport.Size.Y);
    }

    private void Update(double seconds)
    {
        // After a pause of the machine the replay continues where it was.
        tick(Math.Min(seconds, LongestTick));
        if (controls.WantsToQuit) window.Close();
    }

    private void Render()
    {
        if (stage is null) return;
        if (IsNew) Draw(stage);
        stage.Frame.CopyTo(null);
        sinceShown.Restart();
    }

    private void Draw(Stage shown)
    {
        drawn = controls.Version;
        if (controls.Scene is { } scene) shown.Draw(scene);
        else DrawWaiting(shown);
        if (controls.WantsPicture) SavePicture(shown.Frame);
        if (controls.WantsFilm) StartFilm(shown);
        Record();
        overlay.Draw(shown.Empty(), film?.Progress);
        shown.DrawOver();
        Frames++;
    }

    private void DrawWaiting(Stage shown)
    {
        shown.Frame.Clear(controls.Theme.Background);
        Canvas canvas = shown.Empty();
        canvas.Text(new Vector2(canvas.Width / 2, canvas.Height / 2), "adapting …", 11, controls.Theme.Muted, align: 0.5f);
        shown.DrawOver();
    }

    private void SavePicture(Target shown)
    {
        controls.WantsPicture = false;
        var bitmap = new Bitmap(shown.Width, shown.Height);
        shown.Read(bitmap);
        string file = FreeName(".png");
        try
        {
            PngFile.Write(file, bitmap);
            Report(file, null);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            Report(file, problem);
        }
    }

    private void StartFilm(Stage shown)
    {
        controls.WantsFilm = false;
        if (film is not null || controls.Scene is not { } scene) return;
        // A point is a pixel in a film, because larger films are too large to send.
        var own = new Stage(gl, renderer, (int)shown.Size.Width, (int)shown.Size.Height, 1);
        film = new FilmRecorder(own, scene.Copy(), FreeName(".gif"));
    }

    private void Record()
    {
        if (film is null) return;
        film.Serve();
        if (!film.IsFinished) return;
        Report(film.File, film.Problem);
        film.Dispose();
        film = null;
    }

    private void Report(string file, Exception? problem)
    {
        string message = problem is null ? $"wrote {file}" : $"could not write {file}: {problem.Message}";
        controls.Say(message);
        Console.WriteLine(message);
    }

    /// <summary>The first of the numbered names that no file has.</summary>
    private string FreeName(string extension) => Enumerable.Range(1, int.MaxValue - 1)
        .Select(number => string.Create(CultureInfo.InvariantCulture, $"adaptation-{number}{extension}"))
        .Select(name => Path.Combine(Folder, name)).First(path => !File.Exists(path));

    private void Free()
    {
        film?.Dispose();
        input.Dispose();
        stage?.Dispose();
        (film, stage) = (null, null);
        renderer.Dispose();
        gl.Dispose();
    }
}

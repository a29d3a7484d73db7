using Silk.NET.Input;
using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace MamlRobotics.Viewer;

/// <summary>A window that shows a canvas, which it has drawn anew whenever something has changed.</summary>
public sealed class CanvasWindow : IDisposable
{
    private readonly ICanvasView view;
    private readonly IWindow window;
    private bool isStale = true;
    private GL gl = null!;
    private IInputContext input = null!;
    private Renderer renderer = null!;
    private Target? target;
    private Canvas canvas = new(1, 1);

    /// <exception cref="PlatformNotSupportedException">There is no display.</exception>
    public CanvasWindow(ICanvasView view, string title)
    {
        this.view = view;
        window = Display.Create(WindowOptions.Default with { Title = title, VSync = true });
        window.Load += Load;
        window.Update += Update;
        window.Render += _ => Draw();
        window.FramebufferResize += _ => Resize();
        window.Closing += Free;
    }

    /// <summary>Binds OpenGL to the window once its context is there.</summary>
    internal Func<IWindow, GL> Bind { get; init; } = GL.GetApi;

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public void Open() => Display.Open(window);

    /// <summary>Handles the events that have come, and draws if there is something new.</summary>
    /// <returns>False once the window is closed</returns>
    public bool Step()
    {
        window.DoEvents();
        if (!window.IsClosing) window.DoUpdate();
        if (!window.IsClosing) window.DoRender();
        return !window.IsClosing;
    }

    /// <summary>Runs an open window until it is closed.</summary>
    public void Run() => Display.Run(Step);

    public void Dispose() => window.Dispose();

    private Viewport Viewport => new(
        new(window.Size.X, window.Size.Y), new(window.FramebufferSize.X, window.FramebufferSize.Y), Display.Scale());

    private void Load()
    {
        Display.Enlarge(window, Display.Scale());
        gl = Bind(window);
        renderer = new Renderer(gl);
        input = window.CreateInput();
        foreach (IKeyboard keyboard in input.Keyboards) keyboard.KeyDown += (_, key, _) => view.KeyDown(key);
        foreach (IMouse mouse in input.Mice)
        {
            mouse.MouseMove += (_, position) => view.MouseMove(Viewport.ToPoint(position));
            mouse.MouseDown += (_, button) => view.MouseDown(button);
            mouse.MouseUp += (_, button) => view.MouseUp(button);
        }
        Resize();
    }

    private void Resize()
    {
        Viewport viewport = Viewport;
        // A minimised window keeps its target.
        if (viewport.IsEmpty) return;
        target?.Dispose();
        target = new Target(gl, (int)viewport.Framebuffer.X, (int)viewport.Framebuffer.Y);
        canvas = new Canvas(viewport.Size.X, viewport.Size.Y);
        view.Resize(viewport.Size.X, viewport.Size.Y);
        isStale = true;
    }

    private void Update(double seconds)
    {
        view.Advance(seconds);
        if (view.WantsToQuit) window.Close();
    }

    private void Draw()
    {
        if (target is null) return;
        if (isStale || view.IsStale)
        {
            canvas.Begin(Viewport.Size.X, Viewport.Size.Y, Viewport.Scale);
            view.Draw(canvas);
            target.Clear(view.Theme.Background);
            renderer.Draw(canvas, target);
            isStale = false;
        }
        target.CopyTo(null);
    }

    private void Free()
    {
        input.Dispose();
        target?.Dispose();
        target = null;
        renderer.Dispose();
        gl.Dispose();
    }
}

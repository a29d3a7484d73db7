// A window as its user sees it.
using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

public interface IViewProperties
{
    bool ShouldSwapAutomatically { get; set; }
    bool IsEventDriven { get; set; }
    Vector2D<int> Size { get; }
    double FramesPerSecond { get; set; }
    double UpdatesPerSecond { get; set; }
    GraphicsAPI API { get; }
    bool VSync { get; set; }
}

public interface IView : IViewProperties, IGLContextSource, IDisposable
{
    nint Handle { get; }
    bool IsClosing { get; }
    double Time { get; }
    Vector2D<int> FramebufferSize { get; }
    bool IsInitialized { get; }
    event Action<Vector2D<int>>? Resize;
    event Action<Vector2D<int>>? FramebufferResize;
    event Action? Closing;
    event Action<bool>? FocusChanged;
    event Action? Load;
    event Action<double>? Update;
    event Action<double>? Render;
    void Initialize();
    void DoRender();
    void DoUpdate();
    void DoEvents();
    void ContinueEvents();
    void Reset();
    void Close();
    void Run(Action onFrame);
}

public interface IWindowProperties : IViewProperties
{
    bool IsVisible { get; set; }
    Vector2D<int> Position { get; set; }
    new Vector2D<int> Size { get; set; }
    string Title { get; set; }
    WindowState WindowState { get; set; }
}

public interface IWindow : IView, IWindowProperties
{
    new bool IsClosing { get; set; }
    event Action<Vector2D<int>>? Move;
    event Action<WindowState>? StateChanged;
    event Action<string[]>? FileDrop;
}

public static class Window
{
    /// <summary>The window itself is made by <see cref="IView.Initialize"/>.</summary>
    /// <exception cref="GlfwException">There is no display.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no GLFW.</exception>
    public static IWindow Create(WindowOptions options)
    {
        if (Glfw.glfwInit() == 0) throw new GlfwException(Glfw.LastError());
        return new GlfwWindow(options);
    }
}

public static class WindowExtensions
{
    public static void Run(this IView view) => view.Run(() =>
    {
        view.DoEvents();
        if (!view.IsClosing) view.DoUpdate();
        if (!view.IsClosing) view.DoRender();
    });

    public static void SwapBuffers(this IView view) => view.GLContext?.SwapBuffers();

    public static void MakeCurrent(this IView view) => view.GLContext?.MakeCurrent();
}

// A window as its user sees it.
using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

public interface IViewProperties
{
    Vector2D<int> Size { get; }
}

public interface IView : IViewProperties, IGLContextSource, IDisposable
{
    nint Handle { get; }
    bool IsClosing { get; }
    Vector2D<int> FramebufferSize { get; }
    bool IsInitialized { get; }
    event Action<Vector2D<int>>? FramebufferResize;
    event Action? Closing;
    event Action? Load;
    event Action<double>? Update;
    event Action<double>? Render;
    void Initialize();
    void DoRender();
    void DoUpdate();
    void DoEvents();
    void Close();
}

public interface IWindowProperties : IViewProperties
{
    new Vector2D<int> Size { get; set; }
}

public interface IWindow : IView, IWindowProperties
{
    new bool IsClosing { get; set; }
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

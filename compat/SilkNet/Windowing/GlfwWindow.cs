// A window over GLFW: its life, its size and its frames.
using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

internal sealed unsafe partial class GlfwWindow(WindowOptions options) : IWindow
{
    private WindowOptions settings = options;
    private GlfwContext? context;
    private double lastUpdate, lastRender;
    private bool closed;

    public nint Handle { get; private set; }
    public bool IsInitialized => Handle != 0;
    public IGLContext? GLContext => context;

    bool IView.IsClosing => IsClosing;

    public bool IsClosing
    {
        get => !IsInitialized || Glfw.glfwWindowShouldClose(Handle) != 0;
        set => Glfw.glfwSetWindowShouldClose(Handle, value ? 1 : 0);
    }

    public Vector2D<int> Size
    {
        get => IsInitialized ? Pair(&Glfw.glfwGetWindowSize) : settings.Size;
        set
        {
            settings.Size = value;
            if (IsInitialized) Glfw.glfwSetWindowSize(Handle, value.X, value.Y);
        }
    }

    public Vector2D<int> FramebufferSize => Pair(&Glfw.glfwGetFramebufferSize);

    /// <exception cref="GlfwException">The display has no such OpenGL.</exception>
    public void Initialize()
    {
        if (IsInitialized) return;
        Glfw.glfwDefaultWindowHints();
        Glfw.glfwWindowHint(Glfw.Visible, settings.IsVisible ? 1 : 0);
        Glfw.glfwWindowHint(Glfw.ContextMajor, 3);
        Glfw.glfwWindowHint(Glfw.ContextMinor, 3);
        Glfw.glfwWindowHint(Glfw.Profile, Glfw.CoreProfile);
        Glfw.glfwWindowHint(Glfw.ForwardCompatible, 1);
        Handle = Glfw.glfwCreateWindow(settings.Size.X, settings.Size.Y, settings.Title, 0, 0);
        if (Handle == 0) throw new GlfwException(Glfw.LastError());
        lastUpdate = lastRender = Glfw.glfwGetTime();
        context = new GlfwContext(this);
        context.MakeCurrent();
        context.SwapInterval(settings.VSync ? 1 : 0);
        Glfw.glfwSetWindowPos(Handle, settings.Position.X, settings.Position.Y);
        Listen();
        Load?.Invoke();
    }

    public void DoUpdate()
    {
        double now = Glfw.glfwGetTime(), passed = now - lastUpdate;
        lastUpdate = now;
        Update?.Invoke(passed);
    }

    public void DoRender()
    {
        double now = Glfw.glfwGetTime(), passed = now - lastRender;
        lastRender = now;
        Render?.Invoke(passed);
        context?.SwapBuffers();
    }

    public void Close()
    {
        if (!IsInitialized || closed) return;
        RaiseClosing();
        IsClosing = true;
    }

    public void Dispose()
    {
        if (!IsInitialized) return;
        Glfw.glfwDestroyWindow(Handle);
        Windows.Remove(Handle);
        Handle = 0;
        closed = false;
    }

    private void RaiseClosing()
    {
        if (closed) return;
        closed = true;
        Closing?.Invoke();
    }

    private Vector2D<int> Pair(delegate*<nint, int*, int*, void> read)
    {
        int first, second;
        read(Handle, &first, &second);
        return new Vector2D<int>(first, second);
    }
}

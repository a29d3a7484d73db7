// A window over GLFW: its life, its properties and its frames.
using Silk.NET.Core.Contexts;
using Silk.NET.GLFW;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

internal sealed unsafe partial class GlfwWindow(WindowOptions options) : IWindow
{
    private WindowOptions settings = options;
    private GlfwContext? context;
    private double created, lastUpdate, lastRender;
    private bool closed;

    public nint Handle { get; private set; }
    public bool IsInitialized => Handle != 0;
    public IGLContext? GLContext => context;
    public GraphicsAPI API => settings.API;
    public double Time => IsInitialized ? Glfw.glfwGetTime() - created : 0;
    public bool ShouldSwapAutomatically { get => settings.ShouldSwapAutomatically; set => settings.ShouldSwapAutomatically = value; }
    public bool IsEventDriven { get => settings.IsEventDriven; set => settings.IsEventDriven = value; }
    public double FramesPerSecond { get => settings.FramesPerSecond; set => settings.FramesPerSecond = value; }
    public double UpdatesPerSecond { get => settings.UpdatesPerSecond; set => settings.UpdatesPerSecond = value; }

    bool IView.IsClosing => IsClosing;

    public bool IsClosing
    {
        get => !IsInitialized || Glfw.glfwWindowShouldClose(Handle) != 0;
        set => Glfw.glfwSetWindowShouldClose(Handle, value ? 1 : 0);
    }

    public bool VSync
    {
        get => settings.VSync;
        set
        {
            settings.VSync = value;
            if (IsInitialized) Glfw.glfwSwapInterval(value ? 1 : 0);
        }
    }

    public bool IsVisible
    {
        get => settings.IsVisible;
        set
        {
            settings.IsVisible = value;
            if (!IsInitialized) return;
            if (value) Glfw.glfwShowWindow(Handle);
            else Glfw.glfwHideWindow(Handle);
        }
    }

    public string Title
    {
        get => settings.Title;
        set
        {
            settings.Title = value;
            if (IsInitialized) Glfw.glfwSetWindowTitle(Handle, value);
        }
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

    public Vector2D<int> Position
    {
        get => IsInitialized ? Pair(&Glfw.glfwGetWindowPos) : settings.Position;
        set
        {
            settings.Position = value;
            if (IsInitialized) Glfw.glfwSetWindowPos(Handle, value.X, value.Y);
        }
    }

    public WindowState WindowState
    {
        get => settings.WindowState;
        set
        {
            settings.WindowState = value;
            if (!IsInitialized) return;
            if (value == WindowState.Minimized) Glfw.glfwIconifyWindow(Handle);
            else if (value == WindowState.Normal) Glfw.glfwRestoreWindow(Handle);
            else Glfw.glfwMaximizeWindow(Handle);
        }
    }

    public Vector2D<int> FramebufferSize => Pair(&Glfw.glfwGetFramebufferSize);

    /// <exception cref="GlfwException">The display has no such OpenGL.</exception>
    public void Initialize()
    {
        if (IsInitialized) return;
        Glfw.glfwDefaultWindowHints();
        Glfw.glfwWindowHint(Glfw.Visible, settings.IsVisible ? 1 : 0);
        Glfw.glfwWindowHint(Glfw.Resizable, settings.WindowBorder == WindowBorder.Resizable ? 1 : 0);
        Glfw.glfwWindowHint(Glfw.Decorated, settings.WindowBorder == WindowBorder.Hidden ? 0 : 1);
        Glfw.glfwWindowHint(Glfw.ContextMajor, settings.API.Version.MajorVersion);
        Glfw.glfwWindowHint(Glfw.ContextMinor, settings.API.Version.MinorVersion);
        Glfw.glfwWindowHint(Glfw.Profile, settings.API.Profile == ContextProfile.Core ? Glfw.CoreProfile : Glfw.CompatibilityProfile);
        Glfw.glfwWindowHint(Glfw.ForwardCompatible, settings.API.Flags.HasFlag(ContextFlags.ForwardCompatible) ? 1 : 0);
        Glfw.glfwWindowHint(Glfw.Debug, settings.API.Flags.HasFlag(ContextFlags.Debug) ? 1 : 0);
        Handle = Glfw.glfwCreateWindow(settings.Size.X, settings.Size.Y, settings.Title, 0, 0);
        if (Handle == 0) throw new GlfwException(Glfw.LastError());
        created = lastUpdate = lastRender = Glfw.glfwGetTime();
        context = new GlfwContext(this);
        context.MakeCurrent();
        Glfw.glfwSwapInterval(settings.VSync ? 1 : 0);
        Glfw.glfwSetWindowPos(Handle, settings.Position.X, settings.Position.Y);
        Listen();
        Load?.Invoke();
    }

    public void Run(Action onFrame)
    {
        ArgumentNullException.ThrowIfNull(onFrame);
        Initialize();
        while (!IsClosing) onFrame();
        DoEvents();
    }

    public void DoUpdate()
    {
        double now = Glfw.glfwGetTime(), passed = now - lastUpdate;
        if (UpdatesPerSecond > 0 && passed < 1 / UpdatesPerSecond) return;
        lastUpdate = now;
        Update?.Invoke(passed);
    }

    public void DoRender()
    {
        double now = Glfw.glfwGetTime(), passed = now - lastRender;
        // A swap that waits for the screen sets the pace itself.
        if (!VSync && FramesPerSecond > 0 && passed < 1 / FramesPerSecond) return;
        lastRender = now;
        Render?.Invoke(passed);
        if (ShouldSwapAutomatically) context!.SwapBuffers();
    }

    public void ContinueEvents() => Glfw.glfwPostEmptyEvent();

    public void Close()
    {
        if (!IsInitialized || closed) return;
        RaiseClosing();
        IsClosing = true;
    }

    public void Reset()
    {
        if (!IsInitialized) return;
        Glfw.glfwDestroyWindow(Handle);
        Windows.Remove(Handle);
        Handle = 0;
        closed = false;
    }

    public void Dispose() => Reset();

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

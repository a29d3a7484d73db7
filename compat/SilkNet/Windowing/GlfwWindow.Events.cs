// A window's events. GLFW calls back from native code, through which no exception may pass: what a handler throws is
// kept, and thrown again once the events have been taken.
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

internal sealed unsafe partial class GlfwWindow
{
    private static readonly Dictionary<nint, GlfwWindow> Windows = [];
    private ExceptionDispatchInfo? thrown;

    public event Action<Vector2D<int>>? Resize;
    public event Action<Vector2D<int>>? FramebufferResize;
    public event Action<Vector2D<int>>? Move;
    public event Action? Closing;
    public event Action<bool>? FocusChanged;
    public event Action? Load;
    public event Action<double>? Update;
    public event Action<double>? Render;
    public event Action<WindowState>? StateChanged;
    public event Action<string[]>? FileDrop;

    public void DoEvents()
    {
        if (IsEventDriven) Glfw.glfwWaitEvents();
        else Glfw.glfwPollEvents();
        ExceptionDispatchInfo? problem = thrown;
        thrown = null;
        problem?.Throw();
    }

    /// <summary>Runs a handler of a native event of the window.</summary>
    internal static void Guard(nint handle, Action<GlfwWindow> handler)
    {
        if (!Windows.TryGetValue(handle, out GlfwWindow? window)) return;
        try
        {
            handler(window);
        }
        catch (Exception problem)
        {
            window.thrown ??= ExceptionDispatchInfo.Capture(problem);
        }
    }

    private void Listen()
    {
        Windows[Handle] = this;
        Glfw.glfwSetWindowSizeCallback(Handle, &OnSize);
        Glfw.glfwSetFramebufferSizeCallback(Handle, &OnFramebufferSize);
        Glfw.glfwSetWindowPosCallback(Handle, &OnMove);
        Glfw.glfwSetWindowCloseCallback(Handle, &OnClose);
        Glfw.glfwSetWindowFocusCallback(Handle, &OnFocus);
        Glfw.glfwSetWindowIconifyCallback(Handle, &OnIconify);
        Glfw.glfwSetWindowMaximizeCallback(Handle, &OnMaximize);
        Glfw.glfwSetDropCallback(Handle, &OnDrop);
    }

    private void ChangeState(WindowState state)
    {
        settings.WindowState = state;
        StateChanged?.Invoke(state);
    }

    [UnmanagedCallersOnly]
    private static void OnSize(nint handle, int width, int height) => Guard(handle, window => window.Resize?.Invoke(new(width, height)));

    [UnmanagedCallersOnly]
    private static void OnFramebufferSize(nint handle, int width, int height) => Guard(handle, window => window.FramebufferResize?.Invoke(new(width, height)));

    [UnmanagedCallersOnly]
    private static void OnMove(nint handle, int x, int y) => Guard(handle, window => window.Move?.Invoke(new(x, y)));

    [UnmanagedCallersOnly]
    private static void OnClose(nint handle) => Guard(handle, window => window.RaiseClosing());

    [UnmanagedCallersOnly]
    private static void OnFocus(nint handle, int focused) => Guard(handle, window => window.FocusChanged?.Invoke(focused != 0));

    [UnmanagedCallersOnly]
    private static void OnIconify(nint handle, int on) => Guard(handle, window => window.ChangeState(on != 0 ? WindowState.Minimized : WindowState.Normal));

    [UnmanagedCallersOnly]
    private static void OnMaximize(nint handle, int on) => Guard(handle, window => window.ChangeState(on != 0 ? WindowState.Maximized : WindowState.Normal));

    [UnmanagedCallersOnly]
    private static void OnDrop(nint handle, int count, byte** paths)
    {
        var names = new string[count];
        for (int i = 0; i < count; i++) names[i] = Marshal.PtrToStringUTF8((nint)paths[i]) ?? "";
        Guard(handle, window => window.FileDrop?.Invoke(names));
    }
}

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

    public event Action<Vector2D<int>>? FramebufferResize;
    public event Action? Closing;
    public event Action? Load;
    public event Action<double>? Update;
    public event Action<double>? Render;

    public void DoEvents()
    {
        Glfw.glfwPollEvents();
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
        Glfw.glfwSetFramebufferSizeCallback(Handle, &OnFramebufferSize);
        Glfw.glfwSetWindowCloseCallback(Handle, &OnClose);
    }

    [UnmanagedCallersOnly]
    private static void OnFramebufferSize(nint handle, int width, int height) =>
        Guard(handle, window => window.FramebufferResize?.Invoke(new(width, height)));

    [UnmanagedCallersOnly]
    private static void OnClose(nint handle) => Guard(handle, window => window.RaiseClosing());
}

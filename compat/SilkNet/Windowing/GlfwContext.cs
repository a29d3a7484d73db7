// The OpenGL context of a GLFW window.
using Silk.NET.Core.Contexts;

namespace Silk.NET.Windowing;

internal sealed class GlfwContext(GlfwWindow window) : IGLContext
{
    public nint Handle => window.Handle;
    public IGLContextSource Source => window;
    public bool IsCurrent => Glfw.glfwGetCurrentContext() == Handle;

    public void MakeCurrent() => Glfw.glfwMakeContextCurrent(Handle);

    public void Clear()
    {
        if (IsCurrent) Glfw.glfwMakeContextCurrent(0);
    }

    public void SwapBuffers() => Glfw.glfwSwapBuffers(Handle);

    public void SwapInterval(int interval) => Glfw.glfwSwapInterval(interval);

    public nint GetProcAddress(string proc, int? slot = default) => TryGetProcAddress(proc, out nint address, slot)
        ? address : throw new EntryPointNotFoundException($"This OpenGL has no {proc}.");

    public bool TryGetProcAddress(string proc, out nint addr, int? slot = default)
    {
        addr = Glfw.glfwGetProcAddress(proc);
        return addr != 0;
    }

    public void Dispose()
    {
        // The context goes with its window.
    }
}

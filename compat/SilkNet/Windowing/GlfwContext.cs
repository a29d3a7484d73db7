// The functions of a GLFW window's context.
using Silk.NET.Core.Contexts;

namespace Silk.NET.Windowing;

internal sealed class GlfwContext : IGLContext
{
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

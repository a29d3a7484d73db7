// What GLFW tells of the screen.
namespace Silk.NET.GLFW;

/// <summary>A screen, known by its address alone.</summary>
public struct Monitor
{
}

/// <summary>What a screen shows; GLFW's own layout.</summary>
public struct VideoMode
{
    public int Width;
    public int Height;
    public int RedBits;
    public int GreenBits;
    public int BlueBits;
    public int RefreshRate;
}

public static class GlfwProvider
{
    /// <summary>GLFW, which is started with the first look.</summary>
    public static Lazy<Glfw> GLFW { get; } = new(Glfw.Start);
}

public sealed unsafe class Glfw
{
    private Glfw()
    {
    }

    /// <returns>The main screen; null where there is none</returns>
    public Monitor* GetPrimaryMonitor() => (Monitor*)Windowing.Glfw.glfwGetPrimaryMonitor();

    /// <summary>Pixels on the screen for one where the display has the usual density.</summary>
    public void GetMonitorContentScale(Monitor* monitor, out float xscale, out float yscale)
    {
        fixed (float* x = &xscale, y = &yscale) Windowing.Glfw.glfwGetMonitorContentScale((nint)monitor, x, y);
    }

    public VideoMode* GetVideoMode(Monitor* monitor) => (VideoMode*)Windowing.Glfw.glfwGetVideoMode((nint)monitor);

    internal static Glfw Start() => Windowing.Glfw.glfwInit() != 0 ? new Glfw() : throw new GlfwException(Windowing.Glfw.LastError());
}

using Silk.NET.GLFW;
using Silk.NET.Maths;
using Silk.NET.Windowing;
using GlfwException = Silk.NET.GLFW.GlfwException;

namespace MamlRobotics.Viewer;

/// <summary>Windows on this machine's display, or one line that says why there is none.</summary>
internal static class Display
{
    // Leaves room for the window's frame and the desktop's bars.
    private const float ShareOfScreen = 0.92f;

    /// <exception cref="PlatformNotSupportedException">There is no display, or no GLFW.</exception>
    public static IWindow Create(WindowOptions options) => Asked(() => Window.Create(options));

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public static void Open(IWindow window) => Asked(() =>
    {
        window.Initialize();
        return window;
    });

    /// <summary>Pixels per point that the user has set for the display; on a screen of many small pixels all programs are that much larger.</summary>
    public static unsafe float Scale()
    {
        Glfw glfw = GlfwProvider.GLFW.Value;
        Silk.NET.GLFW.Monitor* screen = glfw.GetPrimaryMonitor();
        if (screen is null) return 1;
        glfw.GetMonitorContentScale(screen, out float x, out float y);
        return Math.Max(1, Math.Min(x, y));
    }

    /// <summary>Makes a window larger by the display's scale, as far as the screen goes, where its units are pixels.</summary>
    public static unsafe void Enlarge(IWindow window, float scale)
    {
        float factor = scale * window.Size.X / window.FramebufferSize.X;
        if (factor <= 1) return;
        var wanted = new Vector2D<int>((int)(window.Size.X * factor), (int)(window.Size.Y * factor));
        Glfw glfw = GlfwProvider.GLFW.Value;
        VideoMode* screen = glfw.GetVideoMode(glfw.GetPrimaryMonitor());
        if (screen is not null)
            wanted = new(Math.Min(wanted.X, (int)(ShareOfScreen * screen->Width)), Math.Min(wanted.Y, (int)(ShareOfScreen * screen->Height)));
        window.Size = wanted;
    }

    private static IWindow Asked(Func<IWindow> ask)
    {
        try
        {
            return ask();
        }
        catch (GlfwException problem)
        {
            throw new PlatformNotSupportedException($"No window can be opened here: {problem.Message.ReplaceLineEndings(" ")}", problem);
        }
    }
}

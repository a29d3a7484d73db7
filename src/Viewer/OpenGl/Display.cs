using System.Diagnostics;
using Silk.NET.GLFW;
using Silk.NET.Maths;
using Silk.NET.Windowing;
using GlfwException = Silk.NET.GLFW.GlfwException;

namespace MamlRobotics.Viewer;

/// <summary>Opens windows on this machine's display, or says in one line why none can be opened.</summary>
internal static class Display
{
    // The rest is room for the window's frame and the desktop's bars.
    private const float ShareOfScreen = 0.92f;

    // Drawing usually waits for the screen. This is the pace where it does not, and while nothing is drawn.
    private static readonly TimeSpan ShortestStep = TimeSpan.FromSeconds(1 / 120.0);

    /// <exception cref="PlatformNotSupportedException">There is no display, or no GLFW.</exception>
    public static IWindow Create(WindowOptions options) => OrExplain(() => Window.Create(options));

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public static void Open(IWindow window) => OrExplain(() =>
    {
        window.Initialize();
        return window;
    });

    /// <summary>
    /// Pixels per point that the user has set for the display. On a screen of small pixels, all programs are larger by it.
    /// </summary>
    public static unsafe float Scale()
    {
        Glfw glfw = GlfwProvider.GLFW.Value;
        Silk.NET.GLFW.Monitor* screen = glfw.GetPrimaryMonitor();
        if (screen is null) return 1;
        glfw.GetMonitorContentScale(screen, out float x, out float y);
        return Math.Max(1, Math.Min(x, y));
    }

    /// <summary>Makes a window whose units are pixels larger by the display's scale, but not larger than the screen.</summary>
    public static unsafe void Enlarge(IWindow window, float scale)
    {
        float factor = scale * window.Size.X / window.FramebufferSize.X;
        if (factor <= 1) return;
        var wanted = new Vector2D<int>((int)(window.Size.X * factor), (int)(window.Size.Y * factor));
        Glfw glfw = GlfwProvider.GLFW.Value;
        VideoMode* screen = glfw.GetVideoMode(glfw.GetPrimaryMonitor());
        if (screen is not null)
        {
            int widest = (int)(ShareOfScreen * screen->Width), highest = (int)(ShareOfScreen * screen->Height);
            wanted = new(Math.Min(wanted.X, widest), Math.Min(wanted.Y, highest));
        }
        window.Size = wanted;
    }

    /// <summary>Takes steps until one returns false, and rests in between wherever there is nothing to do.</summary>
    public static void Run(Func<bool> step)
    {
        for (var clock = Stopwatch.StartNew(); step(); clock.Restart())
        {
            TimeSpan left = ShortestStep - clock.Elapsed;
            if (left > TimeSpan.Zero) Thread.Sleep(left);
        }
    }

    private static IWindow OrExplain(Func<IWindow> open)
    {
        try
        {
            return open();
        }
        catch (GlfwException problem)
        {
            throw new PlatformNotSupportedException($"No window can be opened here: {problem.Message.ReplaceLineEndings(" ")}", problem);
        }
    }
}

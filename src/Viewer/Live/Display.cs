using Silk.NET.Windowing;
using GlfwException = Silk.NET.GLFW.GlfwException;

namespace MamlRobotics.Viewer;

/// <summary>Windows on this machine's display, or one line that says why there is none.</summary>
internal static class Display
{
    /// <exception cref="PlatformNotSupportedException">There is no display, or no GLFW.</exception>
    public static IWindow Create(WindowOptions options) => Asked(() => Window.Create(options));

    /// <exception cref="PlatformNotSupportedException">The display has no OpenGL 3.3.</exception>
    public static void Open(IWindow window) => Asked(() =>
    {
        window.Initialize();
        return window;
    });

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

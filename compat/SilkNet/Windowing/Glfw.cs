// The functions of GLFW 3 that the subset calls.
using System.Reflection;
using System.Runtime.InteropServices;

namespace Silk.NET.Windowing;

internal static unsafe partial class Glfw
{
    private const string Library = "glfw";

    public const int Visible = 0x20004, ContextMajor = 0x22002, ContextMinor = 0x22003, ForwardCompatible = 0x22006,
        Profile = 0x22008, CoreProfile = 0x32001;

    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["glfw3.dll"]
        : OperatingSystem.IsMacOS() ? ["libglfw.3.dylib"] : ["libglfw.so.3", "libglfw.so"];

    static Glfw() => NativeLibrary.SetDllImportResolver(typeof(Glfw).Assembly, Resolve);

    /// <summary>The last error's text as one line.</summary>
    public static string LastError()
    {
        byte* text;
        return glfwGetError(&text) == 0 ? "no reason given" : (Marshal.PtrToStringUTF8((nint)text) ?? "").ReplaceLineEndings(" ");
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library) return 0;
        foreach (string candidate in Names)
            if (NativeLibrary.TryLoad(candidate, out nint handle)) return handle;
        throw new PlatformNotSupportedException(
            "GLFW 3 is missing (on Debian: apt-get install libglfw3; on Windows put glfw3.dll on PATH).");
    }

    [LibraryImport(Library)] public static partial int glfwInit();
    [LibraryImport(Library)] public static partial int glfwGetError(byte** description);
    [LibraryImport(Library)] public static partial nint glfwGetPrimaryMonitor();
    [LibraryImport(Library)] public static partial void glfwGetMonitorContentScale(nint monitor, float* x, float* y);
    [LibraryImport(Library)] public static partial nint glfwGetVideoMode(nint monitor);
    [LibraryImport(Library)] public static partial void glfwDefaultWindowHints();
    [LibraryImport(Library)] public static partial void glfwWindowHint(int hint, int value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint glfwCreateWindow(int width, int height, string title, nint monitor, nint share);

    [LibraryImport(Library)] public static partial void glfwDestroyWindow(nint window);
    [LibraryImport(Library)] public static partial int glfwWindowShouldClose(nint window);
    [LibraryImport(Library)] public static partial void glfwSetWindowShouldClose(nint window, int value);
    [LibraryImport(Library)] public static partial void glfwGetWindowSize(nint window, int* width, int* height);
    [LibraryImport(Library)] public static partial void glfwSetWindowSize(nint window, int width, int height);
    [LibraryImport(Library)] public static partial void glfwSetWindowPos(nint window, int x, int y);
    [LibraryImport(Library)] public static partial void glfwGetFramebufferSize(nint window, int* width, int* height);
    [LibraryImport(Library)] public static partial void glfwMakeContextCurrent(nint window);
    [LibraryImport(Library)] public static partial nint glfwGetCurrentContext();
    [LibraryImport(Library)] public static partial void glfwSwapInterval(int interval);
    [LibraryImport(Library)] public static partial void glfwSwapBuffers(nint window);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] public static partial nint glfwGetProcAddress(string name);
    [LibraryImport(Library)] public static partial double glfwGetTime();
    [LibraryImport(Library)] public static partial void glfwPollEvents();

    [LibraryImport(Library)]
    public static partial nint glfwSetFramebufferSizeCallback(nint window, delegate* unmanaged<nint, int, int, void> callback);

    [LibraryImport(Library)]
    public static partial nint glfwSetWindowCloseCallback(nint window, delegate* unmanaged<nint, void> callback);

    [LibraryImport(Library)]
    public static partial nint glfwSetKeyCallback(nint window, delegate* unmanaged<nint, int, int, int, int, void> callback);

    [LibraryImport(Library)]
    public static partial nint glfwSetMouseButtonCallback(nint window, delegate* unmanaged<nint, int, int, int, void> callback);

    [LibraryImport(Library)]
    public static partial nint glfwSetCursorPosCallback(nint window, delegate* unmanaged<nint, double, double, void> callback);

    [LibraryImport(Library)]
    public static partial nint glfwSetScrollCallback(nint window, delegate* unmanaged<nint, double, double, void> callback);
}

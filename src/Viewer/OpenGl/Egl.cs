using System.Runtime.InteropServices;

namespace MamlRobotics.Viewer;

/// <summary>The functions of EGL, which makes OpenGL contexts without a display server.</summary>
internal static unsafe partial class Egl
{
    public const int Extensions = 0x3055, SurfaceType = 0x3033, PbufferBit = 1, RenderableType = 0x3040, OpenGlBit = 8, None = 0x3038,
        MajorVersion = 0x3098, MinorVersion = 0x30FB, ProfileMask = 0x30FD, CoreProfileBit = 1, DebugContext = 0x31B0,
        SurfacelessPlatform = 0x31DD, DevicePlatform = 0x313F, OpenGlApi = 0x30A2;

    private const string Library = "libEGL.so.1";

    /// <summary>What the library can do before there is a display.</summary>
    public static string ClientExtensions => Marshal.PtrToStringUTF8(eglQueryString(0, Extensions)) ?? "";

    public static nint Find(string name) => eglGetProcAddress(name);

    [LibraryImport(Library)] private static partial nint eglQueryString(nint display, int name);
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)] private static partial nint eglGetProcAddress(string name);
    [LibraryImport(Library)] public static partial int eglInitialize(nint display, int* major, int* minor);
    [LibraryImport(Library)] public static partial int eglBindAPI(int api);
    [LibraryImport(Library)] public static partial int eglChooseConfig(nint display, int* attributes, nint* configs, int size, int* count);
    [LibraryImport(Library)] public static partial nint eglCreateContext(nint display, nint config, nint share, int* attributes);
    [LibraryImport(Library)] public static partial int eglMakeCurrent(nint display, nint draw, nint read, nint context);
    [LibraryImport(Library)] public static partial int eglDestroyContext(nint display, nint context);
}

using Silk.NET.OpenGL;
using Silk.NET.Windowing;

namespace MamlRobotics.Viewer;

/// <summary>
/// An OpenGL context for drawing without a visible window. On Linux EGL makes it, which needs no display server; elsewhere
/// it is the context of a window that is never shown.
/// </summary>
public sealed unsafe class HeadlessContext : IDisposable
{
    private readonly nint display, context;
    private readonly IWindow? hidden;

    private HeadlessContext(nint display, nint context)
    {
        (this.display, this.context) = (display, context);
        Gl = GL.GetApi(Egl.Find);
    }

    private HeadlessContext(IWindow hidden)
    {
        this.hidden = hidden;
        Gl = GL.GetApi(hidden);
    }

    public GL Gl { get; }

    /// <summary>The driver, as it names itself.</summary>
    public string Driver => $"{Gl.GetStringS(StringName.Renderer)}, OpenGL {Gl.GetStringS(StringName.Version)}";

    /// <param name="debug">Ask the driver to report what is wrong or slow.</param>
    /// <exception cref="PlatformNotSupportedException">This machine has no OpenGL 3.3 that can be used without a display.</exception>
    public static HeadlessContext Create(bool debug = false)
    {
        if (!OperatingSystem.IsLinux()) return Hidden();
        try
        {
            foreach (Func<nint> open in new Func<nint>[] { Surfaceless, FirstDevice })
                if (Start(open(), debug) is { } started) return started;
        }
        catch (Exception problem) when (problem is DllNotFoundException or EntryPointNotFoundException)
        {
            throw Missing("libEGL is missing");
        }
        throw Missing("EGL finds no driver");
    }

    public void Dispose()
    {
        Gl.Dispose();
        hidden?.Dispose();
        if (context != 0) End(display, context);
    }

    private static PlatformNotSupportedException Missing(string what) =>
        new($"No picture can be drawn: {what} (on Debian: apt-get install libegl1 libegl-mesa0 libgl1-mesa-dri).");

    private static HeadlessContext Hidden()
    {
        IWindow window = Display.Create(WindowOptions.Default with { IsVisible = false });
        Display.Open(window);
        return new HeadlessContext(window);
    }

    private static nint Surfaceless() =>
        Egl.ClientExtensions.Contains("EGL_MESA_platform_surfaceless") ? PlatformDisplay(Egl.SurfacelessPlatform, 0) : 0;

    // Drivers without the surfaceless platform list their devices instead.
    private static nint FirstDevice()
    {
        if (!Egl.ClientExtensions.Contains("EGL_EXT_platform_device")) return 0;
        var query = (delegate* unmanaged<int, nint*, int*, int>)Egl.Find("eglQueryDevicesEXT");
        nint device = 0;
        int count = 0;
        return query is not null && query(1, &device, &count) != 0 && count > 0 ? PlatformDisplay(Egl.DevicePlatform, device) : 0;
    }

    private static nint PlatformDisplay(int platform, nint native)
    {
        var get = (delegate* unmanaged<int, nint, int*, nint>)Egl.Find("eglGetPlatformDisplayEXT");
        return get is null ? 0 : get(platform, native, null);
    }

    private static HeadlessContext? Start(nint display, bool debug)
    {
        int major, minor;
        if (display == 0 || Egl.eglInitialize(display, &major, &minor) == 0) return null;
        nint context = Egl.eglBindAPI(Egl.OpenGlApi) == 0 ? 0 : CreateContext(display, debug);
        if (context != 0 && Egl.eglMakeCurrent(display, 0, 0, context) != 0) return new HeadlessContext(display, context);
        if (context != 0) End(display, context);
        return null;
    }

    private static nint CreateContext(nint display, bool debug)
    {
        int count;
        nint config = 0;
        int* wanted = stackalloc int[] { Egl.SurfaceType, Egl.PbufferBit, Egl.RenderableType, Egl.OpenGlBit, Egl.None };
        // Without a matching configuration the context is made without one, which suffices for drawing into pictures.
        if (Egl.eglChooseConfig(display, wanted, &config, 1, &count) == 0 || count == 0) config = 0;
        int* version = stackalloc int[]
        {
            Egl.MajorVersion, 3, Egl.MinorVersion, 3, Egl.ProfileMask, Egl.CoreProfileBit, Egl.DebugContext, debug ? 1 : 0, Egl.None,
        };
        return Egl.eglCreateContext(display, config, 0, version);
    }

    // All threads of the process share the display: to close it would end the contexts of the others.
    private static void End(nint display, nint context)
    {
        _ = Egl.eglMakeCurrent(display, 0, 0, 0);
        _ = Egl.eglDestroyContext(display, context);
    }
}

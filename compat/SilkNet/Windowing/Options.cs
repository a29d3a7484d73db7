// What a window is asked to be.
using Silk.NET.Core.Contexts;
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

public enum ContextAPI { None = 0, Vulkan = 1, OpenGL = 2, OpenGLES = 3 }

public enum ContextProfile { Core = 0, Compatability = 1 }

[Flags]
public enum ContextFlags { Default = 0, Debug = 1, ForwardCompatible = 2 }

public enum WindowState { Normal = 0, Minimized = 1, Maximized = 2, Fullscreen = 3 }

public enum WindowBorder { Resizable = 0, Fixed = 1, Hidden = 2 }

public struct APIVersion(int majorVersion, int minorVersion)
{
    public int MajorVersion { get; set; } = majorVersion;
    public int MinorVersion { get; set; } = minorVersion;
}

public struct GraphicsAPI(ContextAPI api, ContextProfile profile, ContextFlags flags, APIVersion apiVersion)
{
    public GraphicsAPI(ContextAPI api, APIVersion apiVersion) : this(api, ContextProfile.Core, ContextFlags.Default, apiVersion)
    {
    }

    public ContextAPI API { get; set; } = api;
    public ContextProfile Profile { get; set; } = profile;
    public ContextFlags Flags { get; set; } = flags;
    public APIVersion Version { get; set; } = apiVersion;

    public static GraphicsAPI Default => new(ContextAPI.OpenGL, ContextProfile.Core, ContextFlags.ForwardCompatible, new APIVersion(3, 3));
}

/// <summary>The subset opens only windows with an OpenGL context of the core profile.</summary>
public struct WindowOptions
{
    public bool IsVisible { get; set; }
    public Vector2D<int> Position { get; set; }
    public Vector2D<int> Size { get; set; }
    public double FramesPerSecond { get; set; }
    public double UpdatesPerSecond { get; set; }
    public GraphicsAPI API { get; set; }
    public string Title { get; set; }
    public WindowState WindowState { get; set; }
    public WindowBorder WindowBorder { get; set; }
    public bool VSync { get; set; }
    public bool ShouldSwapAutomatically { get; set; }
    public bool IsEventDriven { get; set; }

    public static WindowOptions Default => new()
    {
        IsVisible = true,
        Position = new Vector2D<int>(50, 50),
        Size = new Vector2D<int>(1280, 720),
        API = GraphicsAPI.Default,
        Title = "Silk.NET Window",
        VSync = true,
        ShouldSwapAutomatically = true,
    };
}

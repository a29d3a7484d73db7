// What a window is asked to be.
using Silk.NET.Maths;

namespace Silk.NET.Windowing;

/// <summary>Every window has an OpenGL 3.3 context of the core profile, as by Silk.NET's default.</summary>
public struct WindowOptions
{
    public bool IsVisible { get; set; }
    public Vector2D<int> Position { get; set; }
    public Vector2D<int> Size { get; set; }
    public string Title { get; set; }
    public bool VSync { get; set; }

    public static WindowOptions Default => new()
    {
        IsVisible = true,
        Position = new Vector2D<int>(50, 50),
        Size = new Vector2D<int>(1280, 720),
        Title = "Silk.NET Window",
        VSync = true,
    };
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// A window's size in its own units, in which the mouse moves, and in pixels. Scenes are laid out in points. A point is a
/// window unit, unless that would make everything tiny on a screen of many small pixels.
/// </summary>
/// <param name="Window">Window units</param>
/// <param name="Framebuffer">Pixels</param>
/// <param name="Display">Pixels per point that the user has set for the display, for all programs</param>
public readonly record struct Viewport(Vector2 Window, Vector2 Framebuffer, float Display = 1)
{
    // In a window that is larger than this everything is drawn larger, instead of more being shown.
    private static readonly Vector2 Roomy = new(1920, 1080);

    /// <summary>A minimised window has no size.</summary>
    public bool IsEmpty => Window.X < 1 || Window.Y < 1 || Framebuffer.X < 1 || Framebuffer.Y < 1;

    /// <summary>Pixels per point.</summary>
    public float Scale => IsEmpty ? 1
        : MathF.Max(MathF.Max(Display, Framebuffer.X / Window.X), MathF.Min(Framebuffer.X / Roomy.X, Framebuffer.Y / Roomy.Y));

    /// <summary>Size in points.</summary>
    public Vector2 Size => Framebuffer / Scale;

    /// <summary>The point under the mouse.</summary>
    public Vector2 ToPoint(Vector2 mouse) => IsEmpty ? mouse : mouse * Size / Window;
}

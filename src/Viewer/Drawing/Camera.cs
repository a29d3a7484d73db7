using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Maps the world, in m with y upwards, to the screen.</summary>
/// <param name="Centre">Point of the world at the middle of the area</param>
/// <param name="Zoom">Points per metre</param>
public readonly record struct Camera(Rect Area, Vector2 Centre, float Zoom)
{
    private const float Margin = 1.12f;

    /// <summary>Shows a part of the world as large as the area allows.</summary>
    public static Camera Fit(Rect area, Vector2 low, Vector2 high)
    {
        Vector2 size = Vector2.Max(high - low, new Vector2(1e-3f)) * Margin;
        return new Camera(area, (low + high) / 2, MathF.Min(area.Width / size.X, area.Height / size.Y));
    }

    /// <summary>The camera for another area. One that showed the whole world does so again; any other keeps its centre and zoom.</summary>
    /// <param name="fitBefore">The camera that showed the whole world in the area before</param>
    /// <param name="fit">The camera that shows it in the new area</param>
    public Camera Follow(Camera fitBefore, Camera fit) => this == fitBefore ? fit : this with { Area = fit.Area };

    public Vector2 ToScreen(Vector2 world) => Area.Centre + new Vector2(world.X - Centre.X, Centre.Y - world.Y) * Zoom;

    public Vector2 ToWorld(Vector2 screen)
    {
        Vector2 offset = (screen - Area.Centre) / Zoom;
        return new Vector2(Centre.X + offset.X, Centre.Y - offset.Y);
    }

    /// <summary>Zooms so that the point under the pointer stays where it is.</summary>
    public Camera ZoomAt(Vector2 screen, float factor)
    {
        Vector2 fixedPoint = ToWorld(screen);
        Camera zoomed = this with { Zoom = Zoom * factor };
        return zoomed with { Centre = zoomed.Centre + fixedPoint - zoomed.ToWorld(screen) };
    }

    public Camera Pan(Vector2 screen) => this with { Centre = Centre + new Vector2(-screen.X, screen.Y) / Zoom };
}

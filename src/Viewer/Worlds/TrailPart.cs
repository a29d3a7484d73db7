using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Draws a trail in parts, which join without a seam, and none of which is drawn twice.</summary>
internal static class TrailPart
{
    /// <summary>Adds the steps after <paramref name="from"/> up to <paramref name="until"/>, as far as the trail has them.</summary>
    /// <param name="jumps">True where the robot was moved to the point instead of going there; empty where none was</param>
    public static void Draw(
        Canvas canvas, Camera camera, ReadOnlySpan<Vector2> points, ReadOnlySpan<bool> jumps, int from, int until, float width,
        Colour colour)
    {
        until = Math.Min(until, points.Length - 1);
        bool isDown = false;
        for (int t = from + 1; t <= until; t++)
        {
            bool jumped = !jumps.IsEmpty && jumps[t], jumpedBefore = !jumps.IsEmpty && jumps[t - 1];
            if (jumped && isDown) canvas.EndPath(camera.ToScreen(points[t - 1]));
            Vector2 before = points[jumpedBefore ? t - 1 : Math.Max(t - 2, 0)];
            if (!jumped && !isDown) canvas.ContinuePath(camera.ToScreen(before), camera.ToScreen(points[t - 1]), width, colour);
            isDown = !jumped;
            if (isDown) canvas.PathTo(camera.ToScreen(points[t]), width, colour);
        }
        int next = Math.Min(until + 1, points.Length - 1);
        if (isDown) canvas.EndPath(camera.ToScreen(points[!jumps.IsEmpty && jumps[next] ? until : next]));
    }
}

using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>
/// Two rings around the origin, each with a gap. An outward move across a ring stops on the inside of the ring, unless its end is near the
/// middle of the gap. From ProMP, point_env_2d_walls.py.
/// </summary>
internal static class PointWalls
{
    private const double InnerRadius = 1, OuterRadius = 2, GapReach = 1;

    // This margin of the source keeps a stopped point strictly inside.
    private const double Margin = 1e-6;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Stop<T>(T oldX, T oldY, T innerGap, T outerGap, Span<T> state) where T : struct, IReal<T>
    {
        T oldRadius = Real.Hypot(oldX, oldY);
        StopAt(InnerRadius, oldRadius, innerGap, state);
        StopAt(OuterRadius, oldRadius, outerGap, state);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StopAt<T>(double ring, T oldRadius, T gap, Span<T> state) where T : struct, IReal<T>
    {
        T wall = T.Of(ring), x = state[0], y = state[1], radius = Real.Hypot(x, y);
        Mask<T> crosses = (oldRadius < wall) & (radius > wall);
        T gapDistance = Real.Hypot(x - wall * T.Cos(gap), y - wall * T.Sin(gap));
        Mask<T> isStopped = crosses & (gapDistance > T.Of(GapReach));
        T scale = isStopped.Select(T.Of(1) / (radius * T.Of(1 / ring) + T.Of(Margin)), T.Of(1));
        (state[0], state[1]) = (x * scale, y * scale);
    }
}

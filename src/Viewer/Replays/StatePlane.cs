using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>
/// The plane of two state coordinates, in which a robot is shown that is neither a point nor an arm. Since the coordinates
/// have different units, they are scaled to the same size.
/// </summary>
/// <param name="Scale">One unit of each coordinate in the world's units</param>
public sealed record StatePlane(Coordinate X, Coordinate Y, Vector2 Scale)
{
    /// <summary>The plane of the first two coordinates, scaled to their bounds where both have some.</summary>
    public static StatePlane Of(EnvironmentSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new StatePlane(spec.State[0], spec.State[1], Vector2.One).Scaled([]);
    }

    /// <summary>Whether the bounds of both coordinates are known.</summary>
    public bool IsBounded => IsWithinBounds(X) && IsWithinBounds(Y);

    /// <summary>The plane, scaled to the bounds of the coordinates, or to what episodes reach where there are no bounds.</summary>
    public StatePlane Scaled(IEnumerable<Trajectory> episodes)
    {
        var reached = new Vector2(1e-6f);
        foreach (Trajectory episode in episodes)
        {
            for (int t = 0; t <= episode.Steps; t++)
                reached = Vector2.Max(reached, Vector2.Abs(new(episode.State(t)[0], episode.State(t)[1])));
        }
        float Half(Coordinate axis, float seen) => IsWithinBounds(axis) ? (float)(axis.High - axis.Low) / 2 : seen;
        return this with { Scale = Vector2.One / new Vector2(Half(X, reached.X), Half(Y, reached.Y)) };
    }

    /// <summary>Whether an angle that is counted within one turn wrapped round between two points of the world.</summary>
    public bool Wraps(Vector2 from, Vector2 to)
    {
        Vector2 step = Vector2.Abs(to - from) / Scale;
        return IsTurn(X) && step.X > MathF.PI || IsTurn(Y) && step.Y > MathF.PI;
    }

    /// <summary>The corners of the bounds, in the world's units.</summary>
    internal WorldExtent Bounds => new(new Vector2((float)X.Low, (float)Y.Low) * Scale, new Vector2((float)X.High, (float)Y.High) * Scale);

    private static bool IsWithinBounds(Coordinate axis) =>
        double.IsFinite(axis.Low) && double.IsFinite(axis.High) && axis.High > axis.Low;

    private static bool IsTurn(Coordinate axis) =>
        axis.Unit == "rad" && Math.Abs(axis.High - axis.Low - Math.Tau) < 1e-3;
}

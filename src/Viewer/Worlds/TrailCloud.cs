using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The density of many trails. It decides how faint each must be, so that dense places differ from others.</summary>
/// <param name="Length">Length of all trails together, m</param>
/// <param name="Most">The part of the world in which nearly all of them lie</param>
internal readonly record struct TrailCloud(double Length, WorldExtent Most)
{
    private const double Ink = 0.28, Faintest = 0.03, Boldest = 0.35;
    private const float LeastSpread = 24;

    public static TrailCloud Of(IReadOnlyList<Trail> trails) => new(
        trails.Sum(trail => LengthOf(trail.Points, trail.Jumps)), WorldExtent.OfMost([.. trails.SelectMany(trail => trail.Points)]));

    public static TrailCloud Of(Population population, PopulationStep step)
    {
        int points = population.Horizon + 1;
        double length = 0;
        for (int from = 0; from < step.Tips.Length; from += points)
            length += LengthOf(step.Tips.AsSpan(from, points), step.Jumps.Length > 0 ? step.Jumps.AsSpan(from, points) : default);
        return new(length, WorldExtent.OfMost(step.Tips));
    }

    /// <summary>The opacity of a trail. With it, lines one point wide and spread evenly would cover a given share of the area.</summary>
    public double Opacity(float zoom)
    {
        Vector2 size = Vector2.Max((Most.High - Most.Low) * zoom, new Vector2(LeastSpread));
        return Math.Clamp(Ink * size.X * size.Y / (Length * zoom), Faintest, Boldest);
    }

    private static double LengthOf(ReadOnlySpan<Vector2> way, ReadOnlySpan<bool> jumps)
    {
        double length = 0;
        for (int t = 1; t < way.Length; t++)
            if (jumps.IsEmpty || !jumps[t]) length += Vector2.Distance(way[t - 1], way[t]);
        return length;
    }
}

using System.Numerics;

namespace MamlRobotics.FewShot;

/// <summary>A character that somebody has drawn.</summary>
/// <param name="Strokes">The points of each stroke in order, in a square from (0, 0) at the upper left to (1, 1); none is empty</param>
public sealed record Drawing(IReadOnlyList<IReadOnlyList<Vector2>> Strokes)
{
    /// <summary>A drawing without a stroke.</summary>
    public static Drawing Empty { get; } = new([]);

    public bool IsEmpty => Strokes.Count == 0;
}

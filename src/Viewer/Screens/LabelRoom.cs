using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Where labels may go: within bounds, apart from each other, and on as few marks as can be.</summary>
internal sealed class LabelRoom(Rect bounds)
{
    private const float MarkReach = 4.5f;

    private readonly List<Rect> taken = [], marks = [];

    /// <summary>Something that a label should rather not hide.</summary>
    public void Mark(Vector2 at) => marks.Add(new Rect(at.X - MarkReach, at.Y - MarkReach, 2 * MarkReach, 2 * MarkReach));

    /// <param name="places">The best first</param>
    /// <returns>The place that is the label's now, or null where none is free</returns>
    public Rect? Take(IReadOnlyList<Rect> places)
    {
        Rect[] free = [.. places.Where(place => bounds.Encloses(place) && !taken.Exists(place.Overlaps))];
        if (free.Length == 0) return null;
        Rect best = free.MinBy(place => marks.Count(place.Overlaps));
        taken.Add(best);
        return best;
    }
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Where labels may go: within bounds, apart from each other, and on as few marks as can be.</summary>
internal sealed class LabelRoom(Rect bounds)
{
    private const float MarkSpacing = 5, LineReach = 2;

    private readonly List<Rect> taken = [], marks = [];

    /// <summary>Something that a label should rather not hide.</summary>
    public void Mark(Vector2 at, float reach) => marks.Add(new Rect(at.X - reach, at.Y - reach, 2 * reach, 2 * reach));

    /// <summary>A line that a label should rather not hide, the less the more of it.</summary>
    public void MarkLine(Vector2 from, Vector2 to)
    {
        int parts = Math.Max(1, (int)(Vector2.Distance(from, to) / MarkSpacing));
        for (int i = 0; i <= parts; i++) Mark(Vector2.Lerp(from, to, (float)i / parts), LineReach);
    }

    /// <param name="places">The best first</param>
    /// <param name="most">Marks that the label may hide at most</param>
    /// <returns>The place that is the label's now, or null where none is free</returns>
    public Rect? Take(IEnumerable<Rect> places, int most = int.MaxValue)
    {
        (Rect Place, int Hidden)[] free =
            [.. places.Where(place => bounds.Encloses(place) && !taken.Exists(place.Overlaps)).Select(place => (place, marks.Count(place.Overlaps))).Where(place => place.Item2 <= most)];
        if (free.Length == 0) return null;
        Rect best = free.MinBy(place => place.Hidden).Place;
        taken.Add(best);
        return best;
    }
}

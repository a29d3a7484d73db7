using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Finds places for labels: within bounds, apart from each other, and over as few marks as possible.</summary>
internal sealed class LabelRoom(Rect bounds)
{
    private const float MarkSpacing = 5, LineReach = 2;

    private readonly List<Rect> taken = [], marks = [];

    /// <summary>Marks a point that a label should not hide if it can be avoided.</summary>
    public void Mark(Vector2 at, float reach) => marks.Add(new Rect(at.X - reach, at.Y - reach, 2 * reach, 2 * reach));

    /// <summary>Marks a line. The more of it a label would hide, the worse is the label's place.</summary>
    public void MarkLine(Vector2 from, Vector2 to)
    {
        int parts = Math.Max(1, (int)(Vector2.Distance(from, to) / MarkSpacing));
        for (int i = 0; i <= parts; i++) Mark(Vector2.Lerp(from, to, (float)i / parts), LineReach);
    }

    /// <param name="places">The best first</param>
    /// <param name="most">Marks that the label may hide at most</param>
    /// <returns>The place that is taken for the label, or null where none is free</returns>
    public Rect? Take(IEnumerable<Rect> places, int most = int.MaxValue)
    {
        (Rect Place, int Hidden)[] free =
        [
            .. places.Where(place => bounds.Encloses(place) && !taken.Exists(place.Overlaps))
                .Select(place => (Place: place, Hidden: marks.Count(place.Overlaps)))
                .Where(candidate => candidate.Hidden <= most),
        ];
        if (free.Length == 0) return null;
        Rect best = free.MinBy(place => place.Hidden).Place;
        taken.Add(best);
        return best;
    }
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The label of the goal. It is drawn over the robots, on the side of the goal where it hides the least of the trails.</summary>
internal sealed class GoalLabel(World world)
{
    // What it costs to overlap other texts, which is never worth it.
    private const int Taken = 1_000_000;
    private const float Away = 28, Near = 17, LineHeight = 15;

    private readonly bool isOutOfReach = world.GoalIsOutOfReach;
    private readonly string name = world.GoalIsOutOfReach ? "goal, out of reach" : "goal";
    private readonly string place = world.Goal is { } goal ? Written(world.Coordinates(goal)) : "";
    private readonly string disc = $"{world.GoalMeaning} {Brush.Number(world.GoalRadius, world.GoalRadius < 0.1 ? 3 : 2).TrimEnd('0')} m";
    private bool namesDisc;

    /// <summary>The area of the label; empty without a goal, and where other texts leave no room.</summary>
    public Rect Area { get; private set; }

    /// <param name="taken">The areas of other texts</param>
    /// <param name="bold">Lines that the label should not cross</param>
    /// <param name="faint">Lines of which the label should hide little</param>
    public void Place(
        Camera camera, Rect screen, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
    {
        if (world.Goal is not { } goal) return;
        Vector2 at = camera.ToScreen(goal);
        namesDisc = world.GoalMeaning.Length > 0 && WorldFurniture.ShowsDisc(camera, world);
        float width = Math.Max(StrokeFont.Measure(name, Brush.Normal), StrokeFont.Measure(place, Brush.Small));
        if (namesDisc) width = Math.Max(width, StrokeFont.Measure(disc, Brush.Small));
        float height = (namesDisc ? 3 : 2) * LineHeight;
        Rect[] places =
        [
            new(at.X + Away, at.Y - height / 2, width, height), new(at.X - Away - width, at.Y - height / 2, width, height),
            new(at.X - width / 2, at.Y - Away - height, width, height), new(at.X - width / 2, at.Y + Away, width, height),
            new(at.X + Near, at.Y - Near - height, width, height), new(at.X + Near, at.Y + Near, width, height),
            new(at.X - Near - width, at.Y - Near - height, width, height), new(at.X - Near - width, at.Y + Near, width, height),
        ];
        (Rect best, int cost) = places.Select(candidate => (candidate, Cost(candidate, camera, screen.Inset(8), taken, bold, faint)))
            .MinBy(candidate => candidate.Item2);
        Area = cost >= Taken ? default : best;
    }

    public void Draw(Brush brush)
    {
        if (Area.IsEmpty) return;
        brush.Backing(Area);
        brush.Text(Area.X, Area.Y + 11, name, isOutOfReach ? brush.Theme.Untrained : brush.Theme.Goal, Brush.Normal);
        brush.Text(Area.X, Area.Y + 26, place, brush.Theme.Muted);
        if (namesDisc) brush.Text(Area.X, Area.Y + 41, disc, brush.Theme.Muted);
    }

    private static string Written(Vector2 coordinates) => $"({Brush.Number(coordinates.X, 2)}, {Brush.Number(coordinates.Y, 2)})";

    private static int Cost(
        Rect label, Camera camera, Rect room, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
    {
        const int Outside = 10 * Taken, Bold = 1000;
        Rect wide = label.Inset(-10);
        int cost = (room.Encloses(label) ? 0 : Outside) + Taken * taken.Count(wide.Overlaps);
        cost += Bold * bold.Sum(line => PointsAlong(line).Count(IsHidden));
        return cost + faint.Sum(line => line.Count(IsHidden));

        bool IsHidden(Vector2 point) => wide.Contains(camera.ToScreen(point));
    }

    /// <summary>Points of a line that lie so closely that none of its segments can pass under a label unnoticed.</summary>
    private static IEnumerable<Vector2> PointsAlong(Vector2[] line)
    {
        const int PerSegment = 12;
        for (int i = 0; i < (line.Length - 1) * PerSegment; i++)
            yield return Vector2.Lerp(line[i / PerSegment], line[i / PerSegment + 1], (float)(i % PerSegment) / PerSegment);
    }
}

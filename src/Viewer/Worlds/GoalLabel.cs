using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The goal's label, on the side of the goal where it covers the least of the trails, above all that moves.</summary>
internal sealed class GoalLabel(World world)
{
    private const int Taken = 1_000_000;
    private const float Away = 28, Near = 17, LineHeight = 15;

    private readonly bool isOutOfReach = world.GoalIsOutOfReach;
    private readonly string name = world.GoalIsOutOfReach ? "goal, out of reach" : "goal";
    private readonly string place = world.Goal is { } goal ? Written(world.Coordinates(goal)) : "";
    private readonly string disc = $"{world.GoalMeaning} {Brush.Number(world.GoalRadius, world.GoalRadius < 0.1 ? 3 : 2).TrimEnd('0')} m";
    private bool namesDisc;

    /// <summary>Where the label is; empty without a goal, and where other words leave no room.</summary>
    public Rect Area { get; private set; }

    /// <param name="taken">Where other texts are</param>
    /// <param name="bold">Lines that the label must not cross; of the <paramref name="faint"/> ones it should hide little</param>
    public void Place(Camera camera, Rect screen, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
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

    private static int Cost(Rect label, Camera camera, Rect room, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
    {
        const int Outside = 10 * Taken, Bold = 1000, Between = 12;
        Rect wide = label.Inset(-10);
        int cost = (room.Encloses(label) ? 0 : Outside) + Taken * taken.Count(wide.Overlaps);
        foreach (Vector2[] line in bold)
        {
            for (int i = 0; i < (line.Length - 1) * Between; i++)
                if (wide.Contains(camera.ToScreen(Vector2.Lerp(line[i / Between], line[i / Between + 1], (float)(i % Between) / Between)))) cost += Bold;
        }
        return cost + faint.Sum(line => line.Count(point => wide.Contains(camera.ToScreen(point))));
    }
}

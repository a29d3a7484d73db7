using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The goal's label, on the side of the goal where it covers the least of the trails, above all that moves.</summary>
internal sealed class GoalLabel(World world)
{
    private const float Away = 28, Near = 17, Height = 30;

    private readonly string place = world.Goal is { } goal ? $"({Brush.Number(goal.X, 2)}, {Brush.Number(goal.Y, 2)})" : "";

    /// <summary>Where the label is; empty without a goal.</summary>
    public Rect Area { get; private set; }

    /// <param name="taken">Where other texts are</param>
    /// <param name="bold">Lines that the label must not cross; of the <paramref name="faint"/> ones it should hide little</param>
    public void Place(Camera camera, Rect screen, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
    {
        if (world.Goal is not { } goal) return;
        Vector2 at = camera.ToScreen(goal);
        float width = StrokeFont.Measure(place, Brush.Small);
        Rect[] places =
        [
            new(at.X + Away, at.Y - Height / 2, width, Height), new(at.X - Away - width, at.Y - Height / 2, width, Height),
            new(at.X - width / 2, at.Y - Away - Height, width, Height), new(at.X - width / 2, at.Y + Away, width, Height),
            new(at.X + Near, at.Y - Near - Height, width, Height), new(at.X + Near, at.Y + Near, width, Height),
            new(at.X - Near - width, at.Y - Near - Height, width, Height), new(at.X - Near - width, at.Y + Near, width, Height),
        ];
        Area = places.MinBy(candidate => Cost(candidate, camera, screen.Inset(8), taken, bold, faint));
    }

    public void Draw(Brush brush)
    {
        if (place.Length == 0) return;
        brush.Backing(Area);
        brush.Text(Area.X, Area.Y + 11, "goal", brush.Theme.Goal, Brush.Normal);
        brush.Text(Area.X, Area.Y + 26, place, brush.Theme.Muted);
    }

    private static int Cost(Rect label, Camera camera, Rect room, IReadOnlyList<Rect> taken, IReadOnlyList<Vector2[]> bold, IReadOnlyList<Vector2[]> faint)
    {
        const int Outside = 10_000_000, Taken = 1_000_000, Bold = 1000, Between = 12;
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

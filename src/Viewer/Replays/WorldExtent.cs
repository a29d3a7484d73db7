using System.Numerics;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Viewer;

/// <summary>A part of the world, m.</summary>
internal readonly record struct WorldExtent(Vector2 Low, Vector2 High)
{
    private const double Most = 0.95;
    private const float Beyond = 0.5f;
    private const int EnoughPoints = 20_000;

    /// <summary>
    /// The part of the world that a replay is about: all that an arm reaches, or all of a state plane that has bounds. For
    /// other robots it is the task, with its starts and the goals of the family, and the robots' paths as far as they stay
    /// near the task.
    /// </summary>
    public static WorldExtent Of(Replay replay)
    {
        World world = replay.World;
        if (world.IsArm) return ReachOf(world);
        if (world.Plane is { IsBounded: true } plane) return plane.Bounds;
        WorldExtent paths = OfAll([.. replay.Steps.SelectMany(step => world.Tips(step.Shown))])
            .With(OfMost([.. replay.Steps.SelectMany(step => step.Trajectories).SelectMany(world.Tips)]));
        WorldExtent task = OfAll(TaskPoints(replay));
        var beyond = new Vector2(Beyond * Math.Max(task.High.X - task.Low.X, task.High.Y - task.Low.Y));
        // Where the whole task is one point, only the paths can say how much there is to see.
        if (beyond == default) return paths;
        return task.With(new(Vector2.Max(paths.Low, task.Low - beyond), Vector2.Min(paths.High, task.High + beyond)));
    }

    private static List<Vector2> TaskPoints(Replay replay)
    {
        IEnumerable<Vector2> starts = replay.Steps[0].Trajectories.Select(trajectory => replay.World.Tip(trajectory.State(0)));
        List<Vector2> points = [.. replay.Goals, .. starts];
        if (replay.World.Goal is { } goal) points.Add(goal);
        (MapAxis x, MapAxis y) = (replay.Map.X, replay.Map.Y);
        if (x.Name == "goal_x") points.AddRange([new((float)x.Low, (float)y.Low), new((float)x.High, (float)y.High)]);
        return points;
    }

    /// <summary>All that the arms reach; for other robots the goals, and nearly all places of those that have adapted.</summary>
    public static WorldExtent Of(Population population)
    {
        WorldExtent most = population.Worlds[0].IsArm ? ReachOf(population.Worlds[0]) : OfMost(population.Steps[^1].Tips);
        IEnumerable<Vector2> goals = population.Worlds.Select(world => world.Goal).OfType<Vector2>();
        return goals.Aggregate(most, (extent, goal) => extent.With(new(goal, goal)));
    }

    public WorldExtent With(WorldExtent other) => new(Vector2.Min(Low, other.Low), Vector2.Max(High, other.High));

    /// <summary>The middle 95 % of the points on each axis, so that a few stray points do not make everything else small.</summary>
    public static WorldExtent OfMost(Vector2[] points)
    {
        // A part of very many points gives the same quantiles.
        int every = 1 + points.Length / EnoughPoints;
        Vector2[] some = every == 1 ? points : [.. points.Where((_, index) => index % every == 0)];
        float[] x = [.. some.Select(point => point.X)], y = [.. some.Select(point => point.Y)];
        return new(new(At(x, (1 - Most) / 2), At(y, (1 - Most) / 2)), new(At(x, (1 + Most) / 2), At(y, (1 + Most) / 2)));
        static float At(float[] values, double share) => ArrayStatistics.QuantileInplace(values, share);
    }

    public static WorldExtent OfAll(IReadOnlyCollection<Vector2> points) =>
        new(points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));

    private static WorldExtent ReachOf(World world) => new(new(-world.Reach), new(world.Reach));
}

using System.Numerics;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Viewer;

/// <summary>A part of the world, m.</summary>
internal readonly record struct WorldExtent(Vector2 Low, Vector2 High)
{
    private const double Most = 0.95;
    private const float Beyond = 0.5f;
    private const int EnoughPoints = 20_000;

    /// <summary>
    /// All that an arm reaches, or all of a state plane that has bounds; else the task, which is its starts and the goals of
    /// the family, and of the robots' ways what is not far from these.
    /// </summary>
    public static WorldExtent Of(Replay replay)
    {
        World world = replay.World;
        if (world.IsArm) return ReachOf(world);
        if (world.Plane is { IsBounded: true } plane) return plane.Bounds;
        WorldExtent ways = OfAll([.. replay.Steps.SelectMany(step => Ways(world, [step.Shown]))])
            .With(OfMost([.. replay.Steps.SelectMany(step => Ways(world, step.Trajectories))]));
        List<Vector2> points = [.. replay.Goals, .. replay.Steps[0].Trajectories.Select(trajectory => world.Tip(trajectory.State(0)))];
        if (world.Goal is { } goal) points.Add(goal);
        ReturnMap map = replay.Map;
        if (map.X.Name == "goal_x") points.AddRange([new((float)map.X.Low, (float)map.Y.Low), new((float)map.X.High, (float)map.Y.High)]);
        WorldExtent task = OfAll(points);
        var beyond = new Vector2(Beyond * Math.Max(task.High.X - task.Low.X, task.High.Y - task.Low.Y));
        // Where a task is one place, the ways are all there is to see.
        return beyond == default ? ways : task.With(new(Vector2.Max(ways.Low, task.Low - beyond), Vector2.Min(ways.High, task.High + beyond)));
    }

    /// <summary>All that the arms reach; else the goals, and nearly all ways of the robots that have adapted.</summary>
    public static WorldExtent Of(Population population)
    {
        WorldExtent most = population.Worlds[0].IsArm ? ReachOf(population.Worlds[0]) : OfMost(population.Steps[^1].Tips);
        return population.Worlds.Select(world => world.Goal).OfType<Vector2>().Aggregate(most, (extent, goal) => extent.With(new(goal, goal)));
    }

    public WorldExtent With(WorldExtent other) => new(Vector2.Min(Low, other.Low), Vector2.Max(High, other.High));

    /// <summary>The middle 95 % of the points on each axis: a few that went astray do not make all else small.</summary>
    public static WorldExtent OfMost(Vector2[] points)
    {
        // Of very many points a part says the same.
        int every = 1 + points.Length / EnoughPoints;
        Vector2[] some = every == 1 ? points : [.. points.Where((_, index) => index % every == 0)];
        float[] x = [.. some.Select(point => point.X)], y = [.. some.Select(point => point.Y)];
        return new(new(At(x, (1 - Most) / 2), At(y, (1 - Most) / 2)), new(At(x, (1 + Most) / 2), At(y, (1 + Most) / 2)));
        static float At(float[] values, double share) => ArrayStatistics.QuantileInplace(values, share);
    }

    public static WorldExtent OfAll(IReadOnlyCollection<Vector2> points) => new(points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));

    private static WorldExtent ReachOf(World world) => new(new(-world.Reach), new(world.Reach));

    private static IEnumerable<Vector2> Ways(World world, IReadOnlyList<Trajectory> episodes) =>
        episodes.SelectMany(episode => Enumerable.Range(0, episode.Steps + 1).Select(step => world.Tip(episode.State(step))));
}

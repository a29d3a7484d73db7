using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Lets a policy adapt to many tasks at once, and keeps where every robot went.</summary>
internal static class PopulationSampler
{
    private const int UntrainedEpisodes = 5;

    /// <param name="meta">[Q]</param>
    /// <param name="trajectories">B, of each task; fewer where there would be too many robots</param>
    public static Population Sample(Experiment experiment, Tensor meta, ReplayTitle title, TaskBatch tasks, int steps, int trajectories, RandomStream stream) => TensorScope.Free(() =>
    {
        TaskFamily family = experiment.Family;
        int robots = Math.Min(trajectories, Math.Max(1, Population.MostRobots / tasks.Count));
        AdaptationData data = experiment.Sampler.Sample(meta, tasks, steps, robots, stream.Stream("replay"), keepTrajectories: true);
        AdaptationData untrained = experiment.Sampler.Sample(experiment.CreateInitialMeta(), tasks, 0, UntrainedEpisodes, stream.Stream("random"));
        Trajectory[] episodes = [.. data.Batches.SelectMany(batch => batch.Trajectories).SelectMany(task => task)];
        World[] worlds = [.. Enumerable.Range(0, tasks.Count).Select(task => World.Of(family, tasks.Row(task)).Scaled(episodes))];
        return new Population(
            title, worlds, robots, family.Spec.Horizon, [.. data.Batches.Select(batch => Step(family.Spec, worlds, batch))],
            new(family.MeanOptimalReturn(tasks), ReturnKind.Optimal), untrained.Batches[0].MeanReturn);
    });

    private static PopulationStep Step(EnvironmentSpec spec, World[] worlds, Rollouts batch)
    {
        int points = spec.Horizon + 1;
        Trajectory[] all = [.. batch.Trajectories.SelectMany(task => task)];
        var tips = new Vector2[all.Length * points];
        bool[] jumps = worlds[0].CanJump ? new bool[tips.Length] : [];
        var rewards = new float[spec.Horizon];
        for (int robot = 0; robot < all.Length; robot++)
        {
            World world = worlds[robot / batch.Trajectories[0].Count];
            Span<Vector2> way = tips.AsSpan(robot * points, points);
            for (int t = 0; t < points; t++)
            {
                way[t] = world.Tip(all[robot].State(t));
                if (jumps.Length > 0 && t > 0) jumps[robot * points + t] = world.Jumps(way[t - 1], way[t]);
            }
            for (int t = 0; t < all[robot].Steps; t++) rewards[t] += all[robot].Rewards[t] / all.Length;
        }
        return new PopulationStep(tips, jumps, new StepReturns([.. batch.Returns.Select(task => task.Average())]), rewards);
    }
}

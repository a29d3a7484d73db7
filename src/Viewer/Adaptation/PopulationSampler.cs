using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Lets a policy adapt to many tasks at once, and keeps the path of every robot.</summary>
internal static class PopulationSampler
{
    private const int UntrainedEpisodes = 5;

    /// <param name="meta">[Q]</param>
    /// <param name="trajectories">B, the trajectories of each task; fewer are sampled where there would be too many robots</param>
    public static Population Sample(
        Experiment experiment, Tensor meta, ReplayTitle title, TaskBatch tasks, int steps, int trajectories,
        RandomStream stream) => TensorScope.Free(() =>
    {
        (TaskFamily family, AdaptationSampler sampler) = (experiment.Family, experiment.Sampler);
        int robots = Math.Min(trajectories, Math.Max(1, Population.MostRobots / tasks.Count));
        AdaptationData data = sampler.Sample(meta, tasks, steps, robots, stream.Stream("replay"), keepTrajectories: true);
        Tensor initial = experiment.CreateInitialMeta();
        AdaptationData untrained = sampler.Sample(initial, tasks, 0, UntrainedEpisodes, stream.Stream("random"));
        Trajectory[] episodes = [.. data.Batches.SelectMany(batch => batch.Trajectories).SelectMany(task => task)];
        World[] worlds = [.. Enumerable.Range(0, tasks.Count).Select(task => World.Of(family, tasks.Row(task)).Scaled(episodes))];
        PopulationStep[] batches = [.. data.Batches.Select(batch => Step(family.Spec, worlds, batch))];
        var reference = new ReferenceReturn(family.MeanOptimalReturn(tasks), ReturnKind.Optimal);
        return new Population(title, worlds, robots, family.Spec.Horizon, batches, reference, untrained.Batches[0].MeanReturn);
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
            Span<Vector2> path = tips.AsSpan(robot * points, points);
            for (int t = 0; t < points; t++)
            {
                path[t] = world.Tip(all[robot].State(t));
                if (jumps.Length > 0 && t > 0) jumps[robot * points + t] = world.Jumps(path[t - 1], path[t]);
            }
            for (int t = 0; t < all[robot].Steps; t++) rewards[t] += all[robot].Rewards[t] / all.Length;
        }
        return new PopulationStep(tips, jumps, new StepReturns([.. batch.Returns.Select(task => task.Average())]), rewards);
    }
}

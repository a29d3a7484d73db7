using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>Packs the live steps of episodes into samples.</summary>
internal static class SamplePacking
{
    /// <summary>Packs the live steps task by task, in the order of the episodes.</summary>
    public static SampleBatch Pack(EpisodeBatch episodes, EnvironmentSpec spec) => TensorScope.Run(() =>
    {
        int tasks = episodes.Tasks, trajectories = episodes.TrajectoriesPerTask, horizon = episodes.Horizon;
        int samples = Enumerable.Range(0, tasks).Max(episodes.SampleCount), obs = spec.Observation.Count, act = spec.Action.Count;
        Tensor Packed(float[] from, int size, params long[] shape)
        {
            var to = new float[tasks * samples * size];
            for (int task = 0; task < tasks; task++)
            {
                int at = task * samples * size;
                for (int episode = task * trajectories; episode < (task + 1) * trajectories; episode++)
                {
                    from.AsSpan(episode * horizon * size, episodes.Lengths[episode] * size).CopyTo(to.AsSpan(at));
                    at += episodes.Lengths[episode] * size;
                }
            }
            return to.CopyToTensor(shape);
        }
        float[] weights = new float[tasks * samples], timeSteps = new float[tasks * samples];
        for (int task = 0; task < tasks; task++)
        {
            int count = episodes.SampleCount(task), at = task * samples;
            weights.AsSpan(at, count).Fill(1f / count);
            foreach (int length in episodes.Lengths.AsSpan(task * trajectories, trajectories))
                for (int t = 0; t < length; t++) timeSteps[at++] = t;
        }
        Tensor actions = Packed(episodes.Actions, act, tasks, samples, act);
        var sampler = new DiagonalGaussian(
            Packed(episodes.Means, act, tasks, samples, act), episodes.LogStd.CopyToTensor([tasks, 1, act]));
        return new SampleBatch(
            Packed(episodes.Observations, obs, tasks, samples, obs), actions, Packed(episodes.Advantages, 1, tasks, samples),
            weights.CopyToTensor([tasks, samples]), sampler, sampler.LogDensity(actions),
            Packed(episodes.Rewards, 1, tasks, samples), timeSteps.CopyToTensor([tasks, samples]))
        {
            EpisodeCount = trajectories,
        };
    });
}

using System.Collections.Concurrent;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples on the CPU without tensors inside a rollout. Environments of tasks that share parameters fill the lanes together. The
/// numbers of an environment do not depend on the others, so the result depends neither on the number of threads nor on which
/// environments are computed together.
/// </summary>
public sealed class FusedCollector(TaskFamily family, GaussianMlp policy, CollectorOptions options, int threads) : IRolloutCollector
{
    // These are enough to fill the lanes and few enough that their numbers stay in the cache from one step to the next.
    private const int EnvironmentsPerGroup = 512;

    private readonly ConcurrentBag<RolloutSampler> samplers = [];
    private EpisodeBatch? episodes;

    /// <inheritdoc/>
    public Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream,
        bool deterministic = false, bool keepTrajectories = false, Past? past = null)
    {
        float[] flat = parameters.detach().cpu().contiguous().to(float32).data<float>().ToArray();
        bool fits = episodes?.Tasks == tasks.Count && episodes.TrajectoriesPerTask == trajectories;
        EpisodeBatch batch = episodes = fits ? episodes! : new EpisodeBatch(family.Spec, tasks.Count, trajectories);
        batch.RecordStates(keepTrajectories);
        using BatchSimulator simulator = family.CreateSimulator(tasks, trajectories);
        bool isShared = parameters.shape[0] == 1;
        var faults = new FirstFaults[tasks.Count * trajectories];
        int groups = isShared ? GroupCount(tasks.Count, trajectories) : tasks.Count, count = policy.Layout.Count;
        Parallel.For(0, groups, new ParallelOptions { MaxDegreeOfParallelism = threads }, group =>
        {
            if (!samplers.TryTake(out RolloutSampler? sampler)) sampler = new RolloutSampler(family.Spec, policy, options.ActionUnit);
            (int from, int to) = ((int)((long)tasks.Count * group / groups), (int)((long)tasks.Count * (group + 1) / groups));
            sampler.Sample(simulator, from, to, flat.AsSpan(isShared ? 0 : group * count, count), stream, deterministic, batch);
            for (int task = from; task < to; task++) EstimateAdvantages(batch, task, faults);
            samplers.Add(sampler);
        });
        foreach ((int episode, FirstFaults fault) in faults.Index()) fault.RequireNone(episode / trajectories, family.Spec.Horizon);
        Trajectory Recorded(int episode)
        {
            (int task, int trajectory) = Math.DivRem(episode, trajectories);
            return batch.Trajectory(episode, simulator.IsTerminated(task, trajectory));
        }
        double[][] returns = [.. ByTask(batch, batch.Return)];
        return new Rollouts(returns, batch.Lengths.Sum(length => (long)length), SamplePacking.Pack(batch, family.Spec))
        {
            ExplainedVariance = Rollouts.MeanOfFinite(batch.ExplainedVariances),
            Trajectories = keepTrajectories ? [.. ByTask(batch, Recorded)] : [],
        };
    }

    private void EstimateAdvantages(EpisodeBatch batch, int task, FirstFaults[] faults)
    {
        int trajectories = batch.TrajectoriesPerTask;
        for (int episode = task * trajectories; episode < (task + 1) * trajectories; episode++) faults[episode] = batch.Faults(episode);
        bool hasFault = faults.AsSpan(task * trajectories, trajectories).ContainsAnyExcept(FirstFaults.None(batch.Horizon));
        if (hasFault) return;
        batch.EstimateAdvantages(task, options.Discount, options.GaeLambda, options.NormaliseAdvantages);
    }

    // Every thread gets the same number of groups.
    private int GroupCount(int tasks, int trajectories) =>
        Math.Min(tasks, threads * (int)Math.Ceiling((double)tasks * trajectories / threads / EnvironmentsPerGroup));

    private static IEnumerable<T[]> ByTask<T>(EpisodeBatch batch, Func<int, T> episode) =>
        Enumerable.Range(0, batch.Lengths.Length).Select(episode).Chunk(batch.TrajectoriesPerTask);
}

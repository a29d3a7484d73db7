using System.Collections.Concurrent;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples on the CPU without tensors inside a rollout. Environments of tasks that share parameters fill the lanes together. The
/// numbers of an environment do not depend on the others, so the result depends neither on the number of threads nor on which
/// environments are computed together.
/// </summary>
/// <param name="group">
/// The processes that share the tasks out and gather all episodes; null for this one alone. Episodes that are kept with their states
/// are sampled by every process.
/// </param>
public sealed class FusedCollector(
    TaskFamily family, GaussianMlp policy, CollectorOptions options, int threads, IProcessGroup? group = null) : IRolloutCollector
{
    // These are enough to fill the lanes and few enough that their numbers stay in the cache from one step to the next.
    private const int EnvironmentsPerGroup = 512;

    private readonly IProcessGroup group = group ?? OneProcess.Instance;
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
        Share[] shares = Share.Of(tasks.Count, keepTrajectories ? OneProcess.Instance : group);
        Share own = shares.Length > 1 ? shares[group.Rank] : shares[0];
        var faults = new FirstFaults[tasks.Count * trajectories];
        bool isShared = parameters.shape[0] == 1;
        int parts = isShared ? PartCount(own.Count, trajectories) : own.Count, count = policy.Layout.Count;
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            if (!samplers.TryTake(out RolloutSampler? sampler)) sampler = new RolloutSampler(family.Spec, policy, options.ActionUnit);
            int from = own.First + (int)((long)own.Count * part / parts), to = own.First + (int)((long)own.Count * (part + 1) / parts);
            sampler.Sample(simulator, from, to, flat.AsSpan(isShared ? 0 : from * count, count), stream, deterministic, batch);
            for (int task = from; task < to; task++) EstimateAdvantages(batch, task, faults);
            samplers.Add(sampler);
        });
        if (shares.Length > 1)
        {
            group.Arrays(shares, batch.Arrays);
            foreach (int task in Enumerable.Range(0, tasks.Count).Except(own.Items)) FindFaults(batch, task, faults);
        }
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
        FindFaults(batch, task, faults);
        int trajectories = batch.TrajectoriesPerTask;
        bool hasFault = faults.AsSpan(task * trajectories, trajectories).ContainsAnyExcept(FirstFaults.None(batch.Horizon));
        if (hasFault) return;
        batch.EstimateAdvantages(task, options.Discount, options.GaeLambda, options.NormaliseAdvantages);
    }

    private static void FindFaults(EpisodeBatch batch, int task, FirstFaults[] faults)
    {
        int trajectories = batch.TrajectoriesPerTask;
        for (int episode = task * trajectories; episode < (task + 1) * trajectories; episode++) faults[episode] = batch.Faults(episode);
    }

    // Every thread gets the same number of parts.
    private int PartCount(int tasks, int trajectories) =>
        Math.Min(tasks, threads * (int)Math.Ceiling((double)tasks * trajectories / threads / EnvironmentsPerGroup));

    private static IEnumerable<T[]> ByTask<T>(EpisodeBatch batch, Func<int, T> episode) =>
        Enumerable.Range(0, batch.Lengths.Length).Select(episode).Chunk(batch.TrajectoriesPerTask);
}

using System.Collections.Concurrent;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples on the CPU: tasks in parallel, no tensor inside a rollout. The result does not depend on the thread count.
/// </summary>
public sealed class FusedCollector(TaskFamily family, GaussianMlp policy, CollectorOptions options, int threads) : IRolloutCollector
{
    private readonly ConcurrentBag<FusedMlp> networks = [];
    private readonly List<TaskRollout> rollouts = [];
    private int rolloutTrajectories;

    /// <inheritdoc/>
    public Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream, bool deterministic = false, bool keepTrajectories = false)
    {
        float[] flat = parameters.detach().cpu().contiguous().to(float32).data<float>().ToArray();
        int count = policy.Layout.Count;
        if (rolloutTrajectories != trajectories) rollouts.Clear();
        rolloutTrajectories = trajectories;
        while (rollouts.Count < tasks.Count) rollouts.Add(new TaskRollout(family.Spec, trajectories));
        BatchSimulator simulator = family.CreateSimulator(tasks, trajectories);
        Parallel.For(0, tasks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
        {
            if (!networks.TryTake(out FusedMlp? network)) network = new FusedMlp(policy);
            network.Load(flat.AsSpan(task * count, count));
            simulator.Reset(task, stream);
            rollouts[task].Sample(simulator, task, network, options.ActionUnit, stream.Stream("noise", task), deterministic, keepTrajectories);
            rollouts[task].EstimateAdvantages(options.Discount, options.GaeLambda, options.NormaliseAdvantages);
            networks.Add(network);
        });
        TaskRollout[] taken = [.. rollouts.Take(tasks.Count)];
        double[][] returns = [.. taken.Select(rollout => Enumerable.Range(0, trajectories).Select(rollout.Return).ToArray())];
        return new Rollouts(returns, taken.Sum(rollout => (long)rollout.SampleCount), Pack(taken))
        {
            Trajectories = keepTrajectories
                ? [.. taken.Select((rollout, task) => (IReadOnlyList<Trajectory>)[.. Enumerable.Range(0, trajectories).Select(b => rollout.Trajectory(b, simulator.IsTerminated(task, b)))])]
                : [],
        };
    }

    private SampleBatch Pack(TaskRollout[] rollouts) => TensorScope.Run(() =>
    {
        int tasks = rollouts.Length, samples = rollouts.Max(rollout => rollout.SampleCount);
        int horizon = family.Spec.Horizon, obs = family.Spec.Observation.Count, act = family.Spec.Action.Count;
        var observations = new float[tasks * samples * obs];
        var actions = new float[tasks * samples * act];
        var means = new float[tasks * samples * act];
        var logStd = new float[tasks * act];
        var advantages = new float[tasks * samples];
        var weights = new float[tasks * samples];
        for (int n = 0; n < tasks; n++)
        {
            TaskRollout rollout = rollouts[n];
            rollout.LogStd.CopyTo(logStd.AsSpan(n * act));
            int first = n * samples, count = rollout.SampleCount, to = first;
            weights.AsSpan(first, count).Fill(1f / count);
            for (int i = 0; i < count; i++) advantages[first + i] = (float)rollout.Advantages[i];
            for (int b = 0; b < rollout.Lengths.Length; b++)
            {
                int from = b * horizon, length = rollout.Lengths[b];
                rollout.Observations.AsSpan(from * obs, length * obs).CopyTo(observations.AsSpan(to * obs));
                rollout.Actions.AsSpan(from * act, length * act).CopyTo(actions.AsSpan(to * act));
                rollout.Means.AsSpan(from * act, length * act).CopyTo(means.AsSpan(to * act));
                to += length;
            }
        }
        Tensor taken = tensor(actions, [tasks, samples, act]);
        var sampler = new DiagonalGaussian(
            tensor(means, [tasks, samples, act]), tensor(logStd, [tasks, 1, act]));
        return new SampleBatch(
            tensor(observations, [tasks, samples, obs]), taken,
            tensor(advantages, [tasks, samples]), tensor(weights, [tasks, samples]),
            sampler, sampler.LogDensity(taken));
    });
}

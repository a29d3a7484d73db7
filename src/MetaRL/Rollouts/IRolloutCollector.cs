using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>Options that say how episodes become samples for learning.</summary>
/// <param name="ActionUnit">One unit of the policy's output in the environment's action units</param>
public sealed record CollectorOptions(double ActionUnit, double Discount, double GaeLambda, bool NormaliseAdvantages)
{
    /// <summary>
    /// Whether the memory of the policy goes on from one episode of a task to the next. The policy then also sees the last action,
    /// the last reward, and whether an episode has just ended.
    /// </summary>
    public bool JoinsEpisodes { get; init; }
}

/// <summary>One batch of episodes: their returns, and their samples for learning.</summary>
/// <param name="Returns">[N][B], undiscounted</param>
/// <param name="LiveSteps">The number of environment steps</param>
public sealed record Rollouts(double[][] Returns, long LiveSteps, SampleBatch Samples) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors =>
        [.. Samples.Tensors, .. Before?.Tensors ?? [], .. After?.Tensors ?? [], .. Episodes?.Tensors ?? []];

    /// <summary>What the policies remember before the episodes; null unless their memory goes on to the next episodes.</summary>
    public Past? Before { get; init; }

    /// <summary>What the policies remember after the episodes; null unless their memory goes on to the next episodes.</summary>
    public Past? After { get; init; }

    /// <summary>[N], the numbers of environment steps; empty unless the episodes are a part of a longer trial.</summary>
    internal IReadOnlyList<long> StepsOfTasks { get; init; } = [];

    /// <summary>The episodes as they were sampled; null unless they are a part of a longer trial.</summary>
    internal TensorEpisodes? Episodes { get; init; }

    /// <summary>[N][B], empty unless the collector was asked to keep them</summary>
    public IReadOnlyList<IReadOnlyList<Trajectory>> Trajectories { get; init; } = [];

    /// <summary>
    /// The share of the variance of a task's discounted returns that its baseline explains, on average over the tasks whose
    /// returns vary; not a number where there is no such task.
    /// </summary>
    public double ExplainedVariance { get; init; } = double.NaN;

    public double MeanReturn => Returns.Average(task => task.Average());

    /// <summary>The mean of the finite numbers; not a number where there is none.</summary>
    internal static double MeanOfFinite(IEnumerable<double> values) =>
        values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>
/// Samples B episodes of N tasks. Every draw is keyed by (stream, task, trajectory, step), so all collectors give the same
/// episodes except for rounding.
/// </summary>
public interface IRolloutCollector
{
    /// <param name="parameters">[N, P], or [1, P] where all tasks share them</param>
    /// <param name="deterministic">Whether the policies act by their mean</param>
    /// <param name="keepTrajectories">Whether to return the episodes with their states</param>
    /// <param name="past">What the policies remember of earlier episodes; null where there were none</param>
    /// <exception cref="NotFiniteException">An observation, action or reward is not finite.</exception>
    Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream,
        bool deterministic = false, bool keepTrajectories = false, Past? past = null);
}

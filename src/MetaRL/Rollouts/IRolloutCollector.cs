using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>How episodes become samples for learning.</summary>
/// <param name="ActionUnit">What one unit of policy output is in the environment's action units.</param>
public sealed record CollectorOptions(double ActionUnit, double Discount, double GaeLambda, bool NormaliseAdvantages);

/// <summary>One batch of episodes: what they returned, and their samples for learning.</summary>
/// <param name="Returns">[N][B], undiscounted</param>
/// <param name="LiveSteps">Environment steps taken</param>
public sealed record Rollouts(double[][] Returns, long LiveSteps, SampleBatch Samples) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => Samples.Tensors;

    /// <summary>[N][B], empty unless they were asked for</summary>
    public IReadOnlyList<IReadOnlyList<Trajectory>> Trajectories { get; init; } = [];

    /// <summary>
    /// Share of the variance of a task's discounted returns that its baseline predicts, on average over tasks whose returns
    /// vary; not a number where none do.
    /// </summary>
    public double ExplainedVariance { get; init; } = double.NaN;

    public double MeanReturn => Returns.Average(task => task.Average());

    /// <summary>The mean of those numbers that are finite; not a number where none is.</summary>
    internal static double MeanOfFinite(IEnumerable<double> values) => values.Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
}

/// <summary>
/// Samples B episodes of N tasks. Every draw is keyed by (stream, task, trajectory, step),
/// so that all collectors give the same episodes, but for rounding.
/// </summary>
public interface IRolloutCollector
{
    /// <param name="parameters">[N, P], or [1, P] where all tasks share them</param>
    /// <param name="deterministic">Act by the mean of the policy.</param>
    /// <param name="keepTrajectories">Give the episodes too, state by state.</param>
    /// <exception cref="NotFiniteException">An observation, action or reward is not finite.</exception>
    Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream, bool deterministic = false, bool keepTrajectories = false);
}

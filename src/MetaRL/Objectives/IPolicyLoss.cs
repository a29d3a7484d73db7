using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>Policies on a batch of samples, with the graph down to their parameters.</summary>
/// <param name="Meta">[Q], which learned losses depend on</param>
/// <param name="LogDensities">[N, M], the log-densities of the batch's actions under the policies</param>
public sealed record PolicyOnBatch(Tensor Meta, DiagonalGaussian Policy, Tensor LogDensities, SampleBatch Batch)
{
    /// <summary>The inner step that descends the loss, counted from 0. A learned loss may differ from step to step.</summary>
    public int Step { get; init; }

    /// <summary>[N, context], the context parameters of the policies; null where they have none</summary>
    public Tensor? Context { get; init; }

    /// <summary>The probability ratio of each action under the policies and under those that sampled it. [N, M]</summary>
    public Tensor Ratio => (LogDensities - Batch.LogDensities).exp();
}

/// <summary>An inner or outer loss of policies on samples.</summary>
public interface IPolicyLoss
{
    /// <summary>Whether it depends on <see cref="PolicyOnBatch.Meta"/>.</summary>
    bool IsLearned => false;

    /// <summary>The loss of every task. [N]</summary>
    Tensor Of(PolicyOnBatch seen);

    /// <summary>Further figures, as in <see cref="MetaLearning.ITaskLosses.Figures"/>.</summary>
    IEnumerable<(string Name, Tensor Value)> Figures(PolicyOnBatch seen) => [];
}

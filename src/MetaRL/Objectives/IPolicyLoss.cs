using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>Policies seen on a batch of samples, with the graph down to their parameters.</summary>
/// <param name="Meta">[Q], for losses that are learned</param>
/// <param name="LogDensities">[N, M], of the batch's actions</param>
public sealed record PolicyOnBatch(Tensor Meta, DiagonalGaussian Policy, Tensor LogDensities, SampleBatch Batch)
{
    /// <summary>How much likelier each action has become since it was sampled. [N, M]</summary>
    public Tensor Ratio => (LogDensities - Batch.LogDensities).exp();
}

/// <summary>A loss of policies on samples: inner or outer.</summary>
public interface IPolicyLoss
{
    /// <summary>Whether it depends on <see cref="PolicyOnBatch.Meta"/>.</summary>
    bool IsLearned => false;

    /// <returns>[N]</returns>
    Tensor Of(PolicyOnBatch seen);

    /// <summary>What else there is to know, as in <see cref="MetaLearning.ITaskLosses.Figures"/>.</summary>
    IEnumerable<(string Name, Tensor Value)> Figures(PolicyOnBatch seen) => [];
}

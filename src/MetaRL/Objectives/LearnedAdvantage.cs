using MamlRobotics.MetaLearning;

namespace MamlRobotics.MetaRL;

/// <summary>
/// -log pi A_psi(s, a, s') with a learned advantage that does not depend on the reward. Yang et al. 2019, equation 4, arXiv
/// 1903.01063. The final state of an episode is not among the samples, so at the last step s' is s.
/// </summary>
public sealed class LearnedAdvantage(MetaLayout layout, SampleNetwork advantage) : IPolicyLoss
{
    /// <inheritdoc/>
    public bool IsLearned => true;

    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen)
    {
        SampleBatch batch = seen.Batch;
        Tensor transitions = cat([batch.Observations, batch.Actions, EpisodeOrder.NextObservations(batch)], 2);
        Tensor learned = advantage.Of(layout.Block(seen.Meta, SampleNetwork.BlockName), transitions);
        return batch.MeanOverSamples(-seen.LogDensities * learned);
    }
}

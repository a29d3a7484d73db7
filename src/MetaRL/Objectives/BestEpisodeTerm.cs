using MathNet.Numerics;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Credits the episodes of a support batch for the best among them: adaptation needs one episode that found the goal, not a high mean.
/// The expected highest return of k episodes that are drawn from the batch is raised. An episode's credit is what such a draw gains by
/// it, so an episode that others surpass gets little, and exploration spreads out. Walder and Karkhanis 2025, arXiv 2505.15201.
/// </summary>
internal static class BestEpisodeTerm
{
    private const double LeastScale = 1e-8;

    /// <summary>The clipped surrogate with these credits, relative to the root mean square of the returns. [N]</summary>
    /// <param name="support">The policies on the batch that they sampled</param>
    /// <param name="drawn">k, the number of episodes of which the best counts; at most all of the batch</param>
    public static Tensor Of(PolicyOnBatch support, int drawn, double clip)
    {
        SampleBatch batch = support.Batch;
        Tensor episode = EpisodeOrder.Episodes(batch), returns = EpisodeOrder.Totals(batch.Rewards, episode, batch.EpisodeCount);
        Tensor scale = returns.Square().mean([1], keepdim: true).sqrt().Plus(LeastScale);
        Tensor credits = Credits(returns, Math.Min(drawn, batch.EpisodeCount)) / scale * Number((long)batch.EpisodeCount);
        return batch.MeanOverSamples(ClippedSurrogate.Clipped(support.Ratio, credits.gather(1, episode), clip));
    }

    /// <summary>
    /// What a draw of k episodes gains on average by an episode, times the chance that the draw holds it, summed over the draws of a batch:
    /// the sum over worse episodes of the difference of the returns times the chance that the worse one is the best of the others. [N, B]
    /// </summary>
    /// <param name="returns">[N, B]</param>
    public static Tensor Credits(Tensor returns, int drawn)
    {
        int episodes = (int)returns.shape[1];
        double draws = SpecialFunctions.Binomial(episodes, drawn);
        // Entry j: the chance that a draw holds a given better episode, that of rank j from below, and else only lower ones.
        float[] chances = [.. Enumerable.Range(0, episodes).Select(rank => (float)(SpecialFunctions.Binomial(rank, drawn - 2) / draws))];
        Tensor ascending = returns.sort(1).Values.unsqueeze(1);
        Tensor gains = (returns.unsqueeze(2) - ascending).clamp_min(Number(0));
        return (gains * chances.CopyToTensor().to(returns.dtype, returns.device)).sum([2]);
    }
}

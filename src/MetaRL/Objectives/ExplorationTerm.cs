namespace MamlRobotics.MetaRL;

/// <summary>
/// Credits the episodes before adaptation for the return after it: minus the log-likelihood of each support episode times the
/// mean return of the task's query episodes. Stadie et al. 2018, equation 4, arXiv 1803.01118.
/// </summary>
/// <remarks>
/// ProMP's code shifts and scales these returns over the whole meta-batch. Here each task uses only its own data, because tasks are
/// computed separately. The baseline of a support episode is the mean return of the task's other support episodes, which do not
/// depend on its actions. The scale is the root mean square of the returns of the support episodes.
/// </remarks>
internal static class ExplorationTerm
{
    private const double LeastScale = 1e-8;

    /// <param name="support">The initial policies on the first support batch</param>
    /// <param name="query">The query batch</param>
    /// <param name="horizon">The length of the longest episode, or more</param>
    /// <returns>[N]</returns>
    public static Tensor Of(PolicyOnBatch support, SampleBatch query, long horizon)
    {
        SampleBatch batch = support.Batch;
        Tensor isLast = EpisodeOrder.IsLast(batch), returns = EpisodeOrder.Cumulative(batch.Rewards, batch, 1, horizon) * isLast;
        Tensor episodes = Sum(isLast), others = (Sum(returns) - returns) / episodes.Plus(-1.0).clamp_min(Number(1));
        Tensor scale = (Sum(returns.Square()) / episodes).sqrt().Plus(LeastScale);
        Tensor gain = (Sum(query.Rewards) / Sum(EpisodeOrder.IsLast(query)) - others) / scale * isLast;
        return batch.MeanOverSamples(-EpisodeOrder.Cumulative(support.LogDensities, batch, 1, horizon) * gain);
    }

    private static Tensor Sum(Tensor values) => values.sum(1, keepdim: true);
}

namespace MamlRobotics.MetaRL;

/// <summary>Computations that follow the order of the steps within the episodes of packed samples, without a loop over steps.</summary>
internal static class EpisodeOrder
{
    /// <summary>
    /// The cumulative sum over an episode up to each sample, y_t = x_t + factor y_{t - 1}. Each pass doubles the number of steps that
    /// the sums reach back, so a horizon of 100 takes 7 passes. Hillis and Steele 1986.
    /// </summary>
    /// <param name="values">[N, M]</param>
    /// <param name="horizon">The length of the longest episode, or more</param>
    /// <returns>[N, M]</returns>
    public static Tensor Cumulative(Tensor values, SampleBatch batch, double factor, long horizon)
    {
        Tensor sums = values;
        long longest = Math.Min(horizon, batch.SampleCount);
        for (long reach = 1; reach < longest && factor > 0; reach *= 2)
        {
            Tensor isWithin = batch.TimeSteps.ge(Number(reach)).to(values.dtype) * Number(Math.Pow(factor, reach));
            Tensor earlier = nn.functional.pad(sums.narrow(1, 0, batch.SampleCount - reach), [reach, 0]);
            sums = sums.Plus(earlier * isWithin);
        }
        return sums;
    }

    /// <summary>One at the last sample of each episode, zero at the others. [N, M]</summary>
    public static Tensor IsLast(SampleBatch batch) =>
        GoesOn(batch).logical_not().logical_and(batch.Weights.gt(Number(0))).to(batch.Weights.dtype);

    /// <summary>The number of the episode of each sample within its task, counted from 0; for padding that of the last. [N, M]</summary>
    public static Tensor Episodes(SampleBatch batch) =>
        batch.TimeSteps.eq(Number(0)).logical_and(batch.Weights.gt(Number(0))).to(int64).cumsum(1).Plus(-1L);

    /// <summary>The sum over each episode. [N, M] to [N, B]</summary>
    /// <param name="values">[N, M], zero for padding</param>
    /// <param name="episodes">[N, M], as <see cref="Episodes"/> gives it</param>
    /// <param name="count">B</param>
    public static Tensor Totals(Tensor values, Tensor episodes, int count) =>
        zeros(values.shape[0], count, dtype: values.dtype, device: values.device).scatter_add(1, episodes, values);

    /// <summary>The observation at the next sample of the episode; at the last sample, its own observation. [N, M, obs]</summary>
    public static Tensor NextObservations(SampleBatch batch)
    {
        Tensor later = nn.functional.pad(batch.Observations.narrow(1, 1, batch.SampleCount - 1), [0, 0, 0, 1]);
        return where(GoesOn(batch).unsqueeze(2), later, batch.Observations);
    }

    // An episode goes on if the next sample is not at time zero, where the first sample of an episode and padding are.
    private static Tensor GoesOn(SampleBatch batch) =>
        nn.functional.pad(batch.TimeSteps.narrow(1, 1, batch.SampleCount - 1), [0, 1]).gt(Number(0));
}

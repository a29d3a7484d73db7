namespace MamlRobotics.MetaRL;

/// <summary>
/// -sum over t of (box(w_t) - box(v_t)) A_t with w_t = lambda w_{t - 1} + log pi_t, v_t = w_t - log pi_t and the magic box
/// box(x) = exp(x - x held constant), which is one and has the derivatives of a likelihood ratio. Farquhar, Whiteson and Foerster
/// 2019, equation 12, arXiv 1909.10549. With lambda = 1 it is DiCE with a baseline, whose derivatives of any order are unbiased:
/// Foerster et al. 2018, arXiv 1802.05098. With lambda = 0 a derivative by one action does not see those before it, as in
/// <see cref="LikelihoodRatio"/>.
/// </summary>
public sealed class LoadedDice(double lambda, int horizon) : IPolicyLoss
{
    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen)
    {
        Tensor through = EpisodeOrder.Cumulative(seen.LogDensities, seen.Batch, lambda, horizon), before = through - seen.LogDensities;
        return seen.Batch.MeanOverSamples((Box(before) - Box(through)) * seen.Batch.Advantages);
    }

    private static Tensor Box(Tensor exponent) => (exponent - exponent.detach()).exp();
}

namespace MamlRobotics.MetaRL;

/// <summary>The loss of an inner step.</summary>
public enum InnerObjective
{
    /// <summary><see cref="MetaRL.LogLikelihood"/>, as in MAML.</summary>
    LogLikelihood,

    /// <summary><see cref="MetaRL.LikelihoodRatio"/>, as in ProMP.</summary>
    LikelihoodRatio,
}

/// <summary>-log pi A: the policy gradient of REINFORCE.</summary>
public sealed class LogLikelihood : IPolicyLoss
{
    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen) => seen.Batch.MeanOverSamples(-seen.LogDensities * seen.Batch.Advantages);
}

/// <summary>
/// -(pi / pi_sampler) A. As an inner loss it is low variance curvature, Rothfuss et al. 2019, equation 9, arXiv 1810.06784; as an
/// outer one the surrogate of TRPO.
/// </summary>
public sealed class LikelihoodRatio : IPolicyLoss
{
    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen) => seen.Batch.MeanOverSamples(-seen.Ratio * seen.Batch.Advantages);
}

/// <summary>
/// The surrogate with probability ratios that are clipped at 1 +- <paramref name="clip"/>. Schulman et al. 2017, equation 7, arXiv
/// 1707.06347.
/// </summary>
public sealed class ClippedSurrogate(double clip) : IPolicyLoss
{
    /// <summary>The column of <see cref="Figures"/>.</summary>
    public const string ClipFraction = "clip_fraction";

    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen) => seen.Batch.MeanOverSamples(Clipped(seen.Ratio, seen.Batch.Advantages, clip));

    /// <summary>The share of the samples whose probability ratio is outside of the clip.</summary>
    public IEnumerable<(string Name, Tensor Value)> Figures(PolicyOnBatch seen)
    {
        Tensor ratio = (seen.LogDensities.detach() - seen.Batch.LogDensities).exp();
        Tensor isClipped = ratio.Plus(-1.0).abs().gt(Number(clip)).to(seen.Batch.Weights.dtype);
        yield return (ClipFraction, seen.Batch.MeanOverSamples(isClipped));
    }

    /// <summary>The loss of each sample.</summary>
    internal static Tensor Clipped(Tensor ratio, Tensor advantages, double clip) =>
        -minimum(ratio * advantages, ratio.clamp(Number(1 - clip), Number(1 + clip)) * advantages);
}

namespace MamlRobotics.Policies;

/// <summary>Independent normal distributions over the action coordinates. Only this type sums over action coordinates.</summary>
/// <param name="Mean">[N, M, act]</param>
/// <param name="LogStd">[N, 1, act], the same for every sample of a task, or [N, M, act]</param>
public sealed record DiagonalGaussian(Tensor Mean, Tensor LogStd)
{
    private static readonly double HalfLogTau = 0.5 * Math.Log(Math.Tau);

    /// <summary>Computes actions from standard normal draws. [N, M, act] to [N, M, act]</summary>
    public Tensor Sample(Tensor noise) => Mean.Plus(LogStd.exp() * noise);

    /// <summary>The log-density of actions, nats, summed over action coordinates. [N, M, act] to [N, M]</summary>
    public Tensor LogDensity(Tensor actions)
    {
        Tensor standardised = (actions - Mean) * (-LogStd).exp();
        Tensor normaliser = LogStd.sum([2]).Plus(HalfLogTau * Mean.shape[2]);
        return standardised.Square().sum([2]).mul(Number(-0.5)) - normaliser;
    }

    /// <summary>KL(this || other), nats. [N, M]</summary>
    public Tensor KlTo(DiagonalGaussian other)
    {
        Tensor logRatio = other.LogStd - LogStd;
        Tensor inverseVariance = other.LogStd.mul(Number(-2)).exp();
        Tensor variance = LogStd.mul(Number(2)).exp();
        Tensor quadratic = (Mean - other.Mean).Square().Plus(variance) * inverseVariance;
        return quadratic.mul(Number(0.5)).Plus(logRatio).sum([2]) - Number(0.5 * Mean.shape[2]);
    }

    /// <summary>
    /// Multiplies a change of the mean, [N, M, act], and of the log std, as of <see cref="LogStd"/>, by the Fisher information of each
    /// sample.
    /// This is the matrix of second derivatives of <see cref="KlTo"/> where both distributions are equal.
    /// </summary>
    public DiagonalGaussian Fisher(DiagonalGaussian change) =>
        new(change.Mean * LogStd.mul(Number(-2)).exp(), change.LogStd * Number(2));

    /// <summary>The differential entropy, nats. [N, 1], or [N, M] where the standard deviation depends on the sample</summary>
    public Tensor Entropy() => LogStd.sum([2]).Plus((HalfLogTau + 0.5) * Mean.shape[2]);
}

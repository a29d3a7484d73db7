namespace MamlRobotics.Policies;

/// <summary>Independent normal distributions over the action coordinates. Only this type reduces over actions.</summary>
/// <param name="Mean">[N, M, act]</param>
/// <param name="LogStd">[N, 1, act], the same for every sample of a task</param>
public sealed record DiagonalGaussian(Tensor Mean, Tensor LogStd)
{
    private static readonly double HalfLogTau = 0.5 * Math.Log(Math.Tau);

    /// <summary>Actions for standard normal draws. [N, M, act] to [N, M, act]</summary>
    public Tensor Sample(Tensor noise) => Mean.Plus(LogStd.exp() * noise);

    /// <summary>Log-density of actions, nats, summed over action coordinates. [N, M, act] to [N, M]</summary>
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
    /// The Fisher information, as a map of changes of mean and log std to the gradient of half their squared length: the
    /// second-order expansion of <see cref="KlTo"/> around equality. The samples' change of the mean gives [N, M, act],
    /// the one log std of a task [N, 1, act], per sample.
    /// </summary>
    public DiagonalGaussian Fisher(DiagonalGaussian change) => new(change.Mean * LogStd.mul(Number(-2)).exp(), change.LogStd * Number(2));

    /// <summary>Differential entropy, nats. [N, 1]</summary>
    public Tensor Entropy() => LogStd.sum([2]).Plus((HalfLogTau + 0.5) * Mean.shape[2]);
}

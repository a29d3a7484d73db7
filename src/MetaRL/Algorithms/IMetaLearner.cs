namespace MamlRobotics.MetaRL;

/// <summary>
/// The outer step: new meta-parameters from the batches that the old ones sampled. Disposing frees what the learner
/// carries from one iteration to the next.
/// </summary>
public interface IMetaLearner : IDisposable
{
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="progress">Share of the training that is done, for schedules</param>
    /// <returns>With new meta-parameters, or <paramref name="meta"/> itself where no step was taken</returns>
    OuterStep Update(Tensor meta, IReadOnlyList<SampleBatch> batches, double progress);

    /// <summary>What the learner carries from one iteration to the next besides the meta-parameters, by name.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Puts back what <see cref="State"/> gave.</summary>
    void Restore(IReadOnlyDictionary<string, Tensor> state);
}

/// <summary>What an outer step did.</summary>
/// <param name="Meta">[Q]; where no step was taken, the very tensor that was given</param>
/// <param name="LossBefore">Outer loss at the old meta-parameters</param>
/// <param name="LossAfter">Outer loss at the new ones, on the same data</param>
/// <param name="Kl">KL at the adapted policies, nats, old to new</param>
/// <param name="Accepted">False where no step was taken</param>
/// <param name="LineSearchTrials">Evaluations of the line search, where the outer step has one</param>
public sealed record OuterStep(Tensor Meta, double LossBefore, double LossAfter, double Kl, bool Accepted, int LineSearchTrials) : ITensorHolder
{
    /// <summary>Euclidean norm of the outer gradient at the old meta-parameters, before any scaling; not a number where there is none.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>
    /// Share of the query samples whose probability ratio is beyond the clip at the new meta-parameters; not a number where
    /// ratios are not clipped.
    /// </summary>
    public double ClipFraction { get; init; } = double.NaN;

    public IEnumerable<Tensor> Tensors => [Meta];
}

namespace MamlRobotics.MetaLearning;

/// <summary>What a learner carries from one iteration to the next besides the meta-parameters.</summary>
public interface IOptimiserState : IDisposable
{
    /// <summary>By name, for checkpoints.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Puts back what <see cref="State"/> gave.</summary>
    void Restore(IReadOnlyDictionary<string, Tensor> state);
}

/// <summary>The outer step: new meta-parameters from the batches that the old ones gave.</summary>
public interface IMetaOptimiser<TSamples> : IOptimiserState
{
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="progress">Share of the training that is done, for schedules</param>
    /// <returns>With new meta-parameters, or <paramref name="meta"/> itself where no step was taken</returns>
    OuterStep Update(Tensor meta, IReadOnlyList<TSamples> batches, double progress);
}

/// <summary>What an outer step did.</summary>
/// <param name="Meta">[Q]; where no step was taken, the very tensor that was given</param>
/// <param name="LossBefore">Outer loss at the old meta-parameters</param>
/// <param name="LossAfter">Outer loss at the new ones, on the same data</param>
/// <param name="Divergence">Of the adapted models, old to new, nats; not a number where there is none</param>
/// <param name="Accepted">False where no step was taken</param>
/// <param name="LineSearchTrials">Evaluations of the line search, where the outer step has one</param>
public sealed record OuterStep(Tensor Meta, double LossBefore, double LossAfter, double Divergence, bool Accepted, int LineSearchTrials)
    : ITensorHolder
{
    /// <summary>Euclidean norm of the outer gradient at the old meta-parameters, before any scaling; not a number where there is none.</summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>Further figures of the outer loss at the new meta-parameters, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    public IEnumerable<Tensor> Tensors => [Meta];
}

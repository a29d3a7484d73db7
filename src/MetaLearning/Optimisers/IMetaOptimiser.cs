namespace MamlRobotics.MetaLearning;

/// <summary>The state that a learner keeps from one iteration to the next besides the meta-parameters.</summary>
public interface IOptimiserState : IDisposable
{
    /// <summary>The tensors of the state with their names, for checkpoints.</summary>
    IReadOnlyDictionary<string, Tensor> State { get; }

    /// <summary>Restores a state that <see cref="State"/> gave.</summary>
    void Restore(IReadOnlyDictionary<string, Tensor> state);
}

/// <summary>The outer step: it computes new meta-parameters from batches that were sampled with the old ones.</summary>
public interface IMetaOptimiser<TSamples> : IOptimiserState
{
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="progress">The share of the training that is done, for schedules</param>
    /// <exception cref="TrainingException">A loss or a gradient is not finite; no step is taken.</exception>
    /// <returns>The step with the new meta-parameters, or with <paramref name="meta"/> itself where no step was taken</returns>
    OuterStep Update(Tensor meta, IReadOnlyList<TSamples> batches, double progress);
}

/// <summary>What an outer step did.</summary>
/// <param name="Meta">[Q]; where no step was taken, the same tensor as before</param>
/// <param name="LossBefore">The outer loss at the old meta-parameters</param>
/// <param name="LossAfter">The outer loss at the new meta-parameters, on the same data</param>
/// <param name="Divergence">The divergence of the new adapted models from the old ones, nats; not a number where there is none</param>
/// <param name="Accepted">False where no step was taken</param>
/// <param name="LineSearchTrials">The number of evaluations of the line search; zero where the outer step has none</param>
public sealed record OuterStep(Tensor Meta, double LossBefore, double LossAfter, double Divergence, bool Accepted, int LineSearchTrials)
    : ITensorHolder
{
    /// <summary>
    /// The Euclidean norm of the outer gradient at the old meta-parameters, before any scaling; not a number where there is none.
    /// </summary>
    public double GradientNorm { get; init; } = double.NaN;

    /// <summary>Further figures of the outer loss at the new meta-parameters, with their names.</summary>
    public IReadOnlyDictionary<string, double> Figures { get; init; } = new Dictionary<string, double>();

    public IEnumerable<Tensor> Tensors => [Meta];
}

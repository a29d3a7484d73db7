namespace MamlRobotics.MetaLearning;

/// <summary>What one iteration did: a row of metrics.csv.</summary>
/// <param name="Scores">Of the models after 0 to K inner steps on the iteration's tasks</param>
/// <param name="Metrics">Every other figure, always in the same columns</param>
/// <param name="Accepted">Whether an outer step was taken</param>
/// <param name="LineSearchTrials">Evaluations of the line search, where the outer step has one</param>
/// <param name="Validation">Where the iteration was followed by a validation</param>
public sealed record IterationReport(
    int Iteration, IReadOnlyList<double> Scores, IReadOnlyList<Metric> Metrics, bool Accepted, int LineSearchTrials,
    double SamplingSeconds, double AdaptationSeconds, double OuterSeconds, IReadOnlyList<StepScores>? Validation, double ValidationSeconds)
{
    /// <summary>The figure in a column.</summary>
    public double this[string column] => Metrics.First(metric => metric.Column == column).Value;
}

/// <summary>
/// A training. Everything random is keyed by (seed, purpose, iteration), so the state between two iterations is the
/// meta-parameters, the optimiser's state and the number of the next iteration.
/// </summary>
public interface IMetaTrainer : IDisposable
{
    /// <summary>The flat meta-parameters, [Q]; the trainer's own, until the next iteration.</summary>
    Tensor Meta { get; }

    /// <summary>The next iteration.</summary>
    int Iteration { get; }

    IOptimiserState Optimiser { get; }

    /// <summary>Goes on from the state after an earlier iteration.</summary>
    /// <param name="meta">[Q], from then on the trainer's own</param>
    void Restore(Tensor meta, int iteration);

    /// <summary>Trains until the configured number of iterations, or until asked to stop.</summary>
    /// <param name="report">Called after each iteration; metrics, logs and checkpoints are behind it</param>
    /// <exception cref="TrainingException">The meta-parameters or an episode are not finite.</exception>
    void Run(Action<IterationReport> report, CancellationToken stop);
}

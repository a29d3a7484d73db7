namespace MamlRobotics.MetaLearning;

/// <summary>The results of one iteration, which are a row of metrics.csv.</summary>
/// <param name="Scores">The scores of the models after 0 to K inner steps on the tasks of the iteration</param>
/// <param name="Metrics">Every other figure, always in the same columns</param>
/// <param name="Accepted">Whether an outer step was taken</param>
/// <param name="LineSearchTrials">The number of evaluations of the line search; zero where the outer step has none</param>
/// <param name="Validation">The scores of the validation; null where the iteration had none</param>
public sealed record IterationReport(
    int Iteration, IReadOnlyList<double> Scores, IReadOnlyList<Metric> Metrics, bool Accepted, int LineSearchTrials,
    double SamplingSeconds, double AdaptationSeconds, double OuterSeconds, IReadOnlyList<StepScores>? Validation, double ValidationSeconds)
{
    /// <summary>The figure in a column.</summary>
    public double this[string column] => Metrics.First(metric => metric.Column == column).Value;
}

/// <summary>
/// A training. Every draw is keyed by (seed, purpose, iteration), so the state between two iterations consists of the
/// meta-parameters, the state of the optimiser and the number of the next iteration.
/// </summary>
public interface IMetaTrainer : IDisposable
{
    /// <summary>The flat meta-parameters, [Q]. The trainer owns the tensor and frees it in the next iteration.</summary>
    Tensor Meta { get; }

    /// <summary>The number of iterations done.</summary>
    int Iteration { get; }

    IOptimiserState Optimiser { get; }

    /// <summary>Restores the state after an earlier iteration.</summary>
    /// <param name="meta">[Q]; the trainer owns the tensor from then on</param>
    void Restore(Tensor meta, int iteration);

    /// <summary>Trains until the configured number of iterations is done, or until <paramref name="stop"/>.</summary>
    /// <param name="report">Called after each iteration; it writes metrics, logs and checkpoints</param>
    /// <exception cref="TrainingException">
    /// A loss, a gradient, the meta-parameters or the numbers of an episode are not finite. The message names the iteration, the task
    /// and the quantity, and the meta-parameters are still those before that iteration's outer step.
    /// </exception>
    void Run(Action<IterationReport> report, CancellationToken stop);
}

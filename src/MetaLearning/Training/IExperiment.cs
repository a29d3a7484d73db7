using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>A figure of an iteration.</summary>
/// <param name="Column">The name of its column in metrics.csv</param>
/// <param name="Tag">The name of its curve in TensorBoard; null where it has none</param>
/// <param name="Value">Not a number where there is no value</param>
public sealed record Metric(string Column, string? Tag, double Value);

/// <summary>The data of an iteration, sampled before, between and after the inner steps.</summary>
/// <param name="Batches">K support batches and the query batch</param>
/// <param name="Scores">
/// The mean scores over tasks of the models after 0 to K inner steps; empty where they are not known before the outer step
/// </param>
/// <param name="Metrics">Further figures, always in the same columns</param>
/// <param name="SamplingSeconds">The time that sampling took</param>
/// <param name="AdaptationSeconds">The time that inner steps took</param>
public sealed record IterationData<TSamples>(
    IReadOnlyList<TSamples> Batches, IReadOnlyList<double> Scores, IReadOnlyList<Metric> Metrics,
    double SamplingSeconds, double AdaptationSeconds) : ITensorHolder where TSamples : ITaskSamples<TSamples>
{
    /// <summary>Says what a task is, by its index; null where that is not known.</summary>
    public Func<int, string>? TaskName { get; init; }

    public IEnumerable<Tensor> Tensors => Batches.SelectMany(batch => batch.Tensors);
}

/// <summary>The parts of an experiment that a run folder needs, whatever the samples are.</summary>
public interface IExperiment : IDisposable
{
    TrainingConfig Config { get; }

    /// <summary>The blocks of theta.</summary>
    ParameterLayout Model { get; }

    MetaLayout Layout { get; }

    /// <summary>
    /// The columns of <see cref="IterationData{TSamples}.Metrics"/>, and the columns and tags of the figures of an outer step.
    /// </summary>
    (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns { get; }

    /// <summary>
    /// Creates the untrained meta-parameters, [Q]. Each call gives the same numbers in a new tensor, which the caller owns.
    /// </summary>
    Tensor CreateInitialMeta();

    IMetaTrainer CreateTrainer();

    /// <summary>Writes the tasks of the validation into a folder.</summary>
    void WriteTasks(string folder);
}

/// <summary>An experiment: tasks, their data, and a learner.</summary>
public interface IExperiment<TSamples> : IExperiment where TSamples : ITaskSamples<TSamples>
{
    IMetaOptimiser<TSamples> Optimiser { get; }

    /// <summary>Draws the tasks of an iteration and adapts to them. Every draw is keyed by the seed and the iteration.</summary>
    /// <param name="meta">[Q]</param>
    IterationData<TSamples> Sample(Tensor meta, int iteration);

    /// <summary>
    /// Scores the meta-parameters on validation tasks, which are the same throughout and which training does not use. The best
    /// checkpoint is chosen by these scores.
    /// </summary>
    /// <param name="meta">[Q]</param>
    /// <returns>The scores after 0 to K inner steps</returns>
    IReadOnlyList<StepScores> Validate(Tensor meta, int iteration);
}

using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>A figure of an iteration.</summary>
/// <param name="Column">In metrics.csv</param>
/// <param name="Tag">In TensorBoard; null for what is not drawn there</param>
/// <param name="Value">Not a number where there is none</param>
public sealed record Metric(string Column, string? Tag, double Value);

/// <summary>The data of an iteration: what its tasks gave before, between and after the inner steps.</summary>
/// <param name="Batches">K support batches and the query batch</param>
/// <param name="Scores">Of the models after 0 to K inner steps, on average over tasks; empty where they are not known before the outer step</param>
/// <param name="Metrics">Whatever else there is to tell, always in the same columns</param>
/// <param name="SamplingSeconds">In making data</param>
/// <param name="AdaptationSeconds">In inner steps</param>
public sealed record IterationData<TSamples>(
    IReadOnlyList<TSamples> Batches, IReadOnlyList<double> Scores, IReadOnlyList<Metric> Metrics, double SamplingSeconds, double AdaptationSeconds)
    : ITensorHolder where TSamples : ITaskSamples<TSamples>
{
    public IEnumerable<Tensor> Tensors => Batches.SelectMany(batch => batch.Tensors);
}

/// <summary>What is trained, as a run folder sees it.</summary>
public interface IExperiment : IDisposable
{
    TrainingConfig Config { get; }

    /// <summary>The blocks of theta.</summary>
    ParameterLayout Model { get; }

    MetaLayout Layout { get; }

    /// <summary>What a score is called in columns and tags, such as return.</summary>
    string ScoreName { get; }

    /// <summary>Whether a higher score is the better one.</summary>
    bool HigherIsBetter { get; }

    /// <summary>The columns of <see cref="IterationData{TSamples}.Metrics"/>, and those of the figures of an outer step with their tags.</summary>
    (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns { get; }

    /// <summary>The untrained meta-parameters, [Q]: each time the same in a new tensor, which is the caller's.</summary>
    Tensor CreateInitialMeta();

    IMetaTrainer CreateTrainer();

    /// <summary>Writes what the tasks of the validation are into a folder.</summary>
    void WriteTasks(string folder);
}

/// <summary>What is trained: tasks, their data, and a learner.</summary>
public interface IExperiment<TSamples> : IExperiment where TSamples : ITaskSamples<TSamples>
{
    IMetaOptimiser<TSamples> Optimiser { get; }

    /// <summary>Draws the tasks of an iteration and adapts to them. Everything random is keyed by the seed and the iteration.</summary>
    /// <param name="meta">[Q]</param>
    IterationData<TSamples> Sample(Tensor meta, int iteration);

    /// <summary>Scores on the same tasks throughout, which training does not see: checkpoints are chosen on them.</summary>
    /// <param name="meta">[Q]</param>
    /// <returns>After 0 to K inner steps</returns>
    IReadOnlyList<StepScores> Validate(Tensor meta, int iteration);
}

using System.Diagnostics;

namespace MamlRobotics.MetaLearning;

/// <summary>Meta-training: draw tasks, adapt to them, take an outer step. Start reading here.</summary>
public sealed class MetaTrainer<TSamples> : IMetaTrainer where TSamples : ITaskSamples<TSamples>
{
    private readonly IExperiment<TSamples> experiment;
    private readonly TrainingConfig config;

    public MetaTrainer(IExperiment<TSamples> experiment)
    {
        this.experiment = experiment;
        config = experiment.Config;
        Meta = experiment.CreateInitialMeta();
    }

    /// <inheritdoc/>
    public Tensor Meta { get; private set; }

    /// <inheritdoc/>
    public int Iteration { get; private set; }

    /// <inheritdoc/>
    public IOptimiserState Optimiser => experiment.Optimiser;

    /// <inheritdoc/>
    public void Restore(Tensor meta, int iteration)
    {
        Replace(meta);
        Iteration = iteration;
    }

    /// <inheritdoc/>
    public void Run(Action<IterationReport> report, CancellationToken stop)
    {
        while (Iteration < config.Iterations && !stop.IsCancellationRequested) report(TensorScope.Free(Iterate));
    }

    public void Dispose() => Meta.Dispose();

    private IterationReport Iterate()
    {
        IterationData<TSamples> data = In("training", Iteration + 1, () => experiment.Sample(Meta, Iteration));

        var clock = Stopwatch.StartNew();
        (OuterStep step, Metric[] metrics) = In("outer step", Iteration + 1, () => Update(data), data.TaskName);
        Replace(step.Meta);
        double outerSeconds = clock.Elapsed.TotalSeconds;

        Iteration++;
        clock.Restart();
        bool isDue = Iteration % config.ValidationEvery == 0 || Iteration == config.Iterations;
        IReadOnlyList<StepScores>? validation = isDue ? In("validation", Iteration, Validate) : null;
        return new IterationReport(
            Iteration, data.Scores, metrics, step.Accepted, step.LineSearchTrials,
            data.SamplingSeconds, data.AdaptationSeconds, outerSeconds, validation, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Takes the outer step, but leaves the meta-parameters as they are until it is known to be finite.</summary>
    private (OuterStep Step, Metric[] Metrics) Update(IterationData<TSamples> data)
    {
        OuterStep step = experiment.Optimiser.Update(Meta, data.Batches, (double)Iteration / config.Iterations);
        return (step, [.. data.Metrics, .. OuterMetrics.Of(step, experiment)]);
    }

    private IReadOnlyList<StepScores> Validate()
    {
        IReadOnlyList<StepScores> scores = experiment.Validate(Meta, Iteration);
        FiniteScores.Require(scores, config.ScoreName);
        return scores;
    }

    /// <summary>Adds the iteration and its part to the message of a failure.</summary>
    /// <param name="taskName">What a task is, by its index</param>
    private static T In<T>(string part, int iteration, Func<T> compute, Func<int, string>? taskName = null)
    {
        try
        {
            return compute();
        }
        catch (TrainingException problem)
        {
            string message = problem.Task is { } task && taskName is not null
                ? TrainingException.OfTask(task, problem.Fault, taskName(task)).Message : problem.Message;
            throw new TrainingException($"Iteration {iteration}, {part}: {message} The last checkpoint is kept.");
        }
    }

    private void Replace(Tensor meta)
    {
        // The learner took no step.
        if (ReferenceEquals(meta, Meta)) return;
        Meta.Dispose();
        Meta = meta.DetachFromDisposeScope();
    }
}

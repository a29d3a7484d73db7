using System.Diagnostics;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>What one iteration did: a row of metrics.csv.</summary>
/// <param name="Returns">Mean return after 0 to K inner steps on the iteration's tasks</param>
/// <param name="Regret">Of the query batch, to optimal control</param>
/// <param name="Entropy">Of the query policies, nats</param>
/// <param name="LiveSteps">Environment steps taken</param>
/// <param name="Validation">Where the iteration was followed by a validation</param>
public sealed record IterationReport(
    int Iteration, IReadOnlyList<double> Returns, double Regret, double Kl, double Entropy, bool Accepted,
    double SamplingSeconds, double AdaptationSeconds, double OuterSeconds, long LiveSteps, int LineSearchTrials,
    IReadOnlyList<StepEvaluation>? Validation, double ValidationSeconds, TrainingDiagnostics Diagnostics);

/// <summary>
/// Meta-training: sample tasks, adapt to them, take an outer step. Start reading here. Everything random is keyed by
/// (seed, purpose, iteration), so the state between two iterations is the meta-parameters, the optimiser's state and
/// the number of the next iteration.
/// </summary>
public sealed class MetaTrainer : IDisposable
{
    private readonly Experiment experiment;
    private readonly MetaTrainingConfig config;

    public MetaTrainer(Experiment experiment)
    {
        this.experiment = experiment;
        config = experiment.Config;
        Meta = experiment.CreateInitialMeta();
        ValidationTasks = experiment.Family.Tasks.Sample(experiment.Seed.Stream("validation-tasks"), config.ValidationTasks);
    }

    /// <summary>The flat meta-parameters, [Q]; the trainer's own, until the next iteration.</summary>
    public Tensor Meta { get; private set; }

    /// <summary>The next iteration.</summary>
    public int Iteration { get; private set; }

    /// <summary>Draws of their own from the family's tasks, the same throughout: checkpoints are chosen on them.</summary>
    public TaskBatch ValidationTasks { get; }

    /// <summary>Goes on from the state after an earlier iteration.</summary>
    /// <param name="meta">[Q], from then on the trainer's own</param>
    public void Restore(Tensor meta, int iteration)
    {
        Replace(meta);
        Iteration = iteration;
    }

    /// <summary>Trains until the configured number of iterations, or until asked to stop.</summary>
    /// <param name="report">Called after each iteration; metrics, logs and checkpoints are behind it</param>
    /// <exception cref="TrainingException">The meta-parameters or an episode are not finite.</exception>
    public void Run(Action<IterationReport> report, CancellationToken stop)
    {
        while (Iteration < config.Iterations && !stop.IsCancellationRequested)
        {
            TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed.Stream("tasks", Iteration), config.MetaBatchSize);
            report(TensorScope.Free(() => Iterate(tasks)));
        }
    }

    public void Dispose() => Meta.Dispose();

    private IterationReport Iterate(TaskBatch tasks)
    {
        AdaptationData data = In("training", Iteration + 1, () => experiment.Sampler.Sample(
            Meta, tasks, config.InnerSteps, config.TrajectoriesPerTask, experiment.Seed.Stream("rollouts", Iteration)));

        var clock = Stopwatch.StartNew();
        OuterStep step = experiment.Optimiser.Update(Meta, data.Samples, (double)Iteration / config.Iterations);
        RequireFinite(step.LossBefore, "an outer loss");
        double[] numbers = ReadNumbers(Summary(step.Meta));
        RequireFinite(numbers[0], "parameters");
        (double smallest, double mean, double largest) = numbers is [_, var min, var middle, var max] ? (min, middle, max) : (double.NaN, double.NaN, double.NaN);
        double explained = Rollouts.MeanOfFinite(data.Batches.Select(batch => batch.ExplainedVariance));
        var diagnostics = new TrainingDiagnostics(step.GradientNorm, step.Figures.GetValueOrDefault(ClippedSurrogate.ClipFraction, double.NaN), explained, smallest, mean, largest);
        Replace(step.Meta);
        double outerSeconds = clock.Elapsed.TotalSeconds;

        Iteration++;
        clock.Restart();
        IReadOnlyList<StepEvaluation>? validation = In("validation", Iteration, Validate);
        clock.Stop();
        Rollouts query = data.Batches[^1];
        return new IterationReport(
            Iteration, [.. data.Batches.Select(batch => batch.MeanReturn)], experiment.Family.MeanOptimalReturn(tasks) - query.MeanReturn, step.Divergence,
            query.Samples.Sampler.Entropy().mean().ReadNumber(), step.Accepted,
            data.SamplingSeconds, data.AdaptationSeconds, outerSeconds, data.Batches.Sum(batch => batch.LiveSteps), step.LineSearchTrials, validation, clock.Elapsed.TotalSeconds, diagnostics);
    }

    /// <summary>The sum of the meta-parameters, which is finite where they are, and the smallest, mean and largest step size where they are learned.</summary>
    private Tensor[] Summary(Tensor meta)
    {
        MetaLayout layout = experiment.Layout;
        Tensor sum = meta.sum();
        if (!layout.Has(StepSizes.BlockName)) return [sum];
        Tensor sizes = layout.Block(meta, StepSizes.BlockName);
        return [sum, sizes.min(), sizes.mean(), sizes.max()];
    }

    /// <summary>Adds to a failure where in the training it was.</summary>
    private static T In<T>(string part, int iteration, Func<T> sample)
    {
        try
        {
            return sample();
        }
        catch (TrainingException problem)
        {
            throw new TrainingException($"Iteration {iteration}, {part}: {problem.Message} The last checkpoint is kept.");
        }
    }

    private void RequireFinite(double value, string what)
    {
        if (!double.IsFinite(value))
            throw new TrainingException($"Iteration {Iteration + 1} gave {what} that is not finite; lower the learning rates. The last checkpoint is kept.");
    }

    private void Replace(Tensor meta)
    {
        // Of a learner that took no step.
        if (ReferenceEquals(meta, Meta)) return;
        Meta.Dispose();
        Meta = meta.DetachFromDisposeScope();
    }

    private IReadOnlyList<StepEvaluation>? Validate()
    {
        if (Iteration % config.ValidationEvery != 0 && Iteration != config.Iterations) return null;
        return Evaluator.Evaluate(
            experiment.Sampler, experiment.Family, Meta, ValidationTasks, config.InnerSteps, config.ValidationTrajectories,
            experiment.Seed.Stream("validation", Iteration));
    }
}

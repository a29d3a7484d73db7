using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The batches of K inner steps on some tasks, and where the time went.</summary>
/// <param name="Batches">The K support batches and the query batch</param>
/// <param name="SamplingSeconds">In rollouts</param>
/// <param name="AdaptationSeconds">In inner steps</param>
public sealed record AdaptationData(IReadOnlyList<Rollouts> Batches, double SamplingSeconds, double AdaptationSeconds) : ITensorHolder
{
    /// <summary>The policies that sampled the batches, each [N, P]</summary>
    public IReadOnlyList<Tensor> Parameters { get; init; } = [];

    public IEnumerable<Tensor> Tensors => Batches.SelectMany(batch => batch.Tensors).Concat(Parameters);

    public IReadOnlyList<SampleBatch> Samples => [.. Batches.Select(batch => batch.Samples)];
}

/// <summary>Adapts to tasks: sample a batch with the present policies, take an inner step on it, and again.</summary>
public sealed class AdaptationSampler(TaskParallelObjective<SampleBatch> objective, IRolloutCollector collector)
{
    /// <param name="meta">[Q]</param>
    /// <param name="stream">Batch k is drawn from its own stream.</param>
    /// <param name="deterministic">
    /// Report batches in which the policies act by their mean. Inner steps still see sampled actions: without
    /// exploration the policy gradient is zero.
    /// </param>
    /// <param name="keepTrajectories">Give the reported episodes too, state by state.</param>
    /// <exception cref="TrainingException">An episode is not finite; the message names its task and what is not.</exception>
    public AdaptationData Sample(
        Tensor meta, TaskBatch tasks, int steps, int trajectories, RandomStream stream, bool deterministic = false, bool keepTrajectories = false) => TensorScope.Run(() =>
    {
        var policies = new List<Tensor>();
        var batches = new List<Rollouts>();
        Stopwatch sampling = new(), adaptation = new();
        Tensor start = objective.Adaptation.Start(meta.detach(), tasks.Count);
        Collected(InnerLoop.Run(start, steps, (parameters, step) =>
        {
            SampleBatch support = Collected(parameters, step);
            adaptation.Start();
            Tensor adapted = objective.Adapt(meta, parameters, support, step);
            Compute.Wait(adapted.device);
            adaptation.Stop();
            return adapted;
        }), steps);
        return new AdaptationData(batches, sampling.Elapsed.TotalSeconds, adaptation.Elapsed.TotalSeconds) { Parameters = policies };

        SampleBatch Collected(Tensor parameters, int step)
        {
            sampling.Start();
            // Before the first step all tasks share one row.
            Tensor acting = step == 0 ? parameters.narrow(0, 0, 1) : parameters;
            Rollouts support = Collect(
                acting, tasks, trajectories, step, stream.Stream("step", step), deterministic: false, keepTrajectories && !deterministic);
            batches.Add(!deterministic ? support
                : Collect(acting, tasks, trajectories, step, stream.Stream("mean", step), deterministic, keepTrajectories));
            sampling.Stop();
            policies.Add(parameters);
            return support.Samples;
        }
    });

    /// <summary>
    /// One episode of each task in which the policies of step k act by their mean: the first of those that a
    /// deterministic <see cref="Sample"/> reports, without adapting once more.
    /// </summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="stream">As given to <see cref="Sample"/></param>
    public IReadOnlyList<Trajectory> Act(Tensor parameters, TaskBatch tasks, int step, RandomStream stream)
    {
        Rollouts episodes = Collect(parameters, tasks, 1, step, stream.Stream("mean", step), deterministic: true, keepTrajectories: true);
        return [.. episodes.Trajectories.Select(task => task[0])];
    }

    /// <param name="steps">Gradient steps that the policies have taken</param>
    private Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, int steps, RandomStream stream, bool deterministic, bool keepTrajectories)
    {
        try
        {
            return collector.Collect(parameters, tasks, trajectories, stream, deterministic, keepTrajectories);
        }
        catch (NotFiniteException fault)
        {
            string after = string.Create(CultureInfo.InvariantCulture, $"after {steps} gradient {(steps == 1 ? "step" : "steps")}");
            string reason = steps > 0 && fault.Quantity == FirstFaults.Actions ? ": the gradient step was too long" : "";
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
                $"Task {fault.Task + 1} ({Text(tasks, fault.Task)}) has {fault.Quantity} that are not finite {after}, "
                + $"at time step {fault.TimeStep + 1} first{reason}."));
        }
    }

    private static string Text(TaskBatch tasks, int task) =>
        string.Join(", ", tasks.Columns.Select(
            (name, column) => string.Create(CultureInfo.InvariantCulture, $"{name} {tasks[task, column]:G6}")));
}

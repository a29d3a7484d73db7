using System.Diagnostics;
using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The batches of K inner steps on some tasks, and the time that they took.</summary>
/// <param name="Batches">The K support batches and the query batch</param>
/// <param name="SamplingSeconds">The time of the rollouts</param>
/// <param name="AdaptationSeconds">The time of the inner steps</param>
public sealed record AdaptationData(IReadOnlyList<Rollouts> Batches, double SamplingSeconds, double AdaptationSeconds) : ITensorHolder
{
    /// <summary>The policies that sampled the batches, each [N, P]</summary>
    public IReadOnlyList<Tensor> Parameters { get; init; } = [];

    /// <summary>What the policies remembered before each batch; null for policies that remember nothing.</summary>
    public IReadOnlyList<Past?> Pasts => [.. Batches.Select(batch => batch.Before)];

    public IEnumerable<Tensor> Tensors => Batches.SelectMany(batch => batch.Tensors).Concat(Parameters);

    public IReadOnlyList<SampleBatch> Samples => [.. Batches.Select(batch => batch.Samples)];
}

/// <summary>Adapts to tasks: it samples a batch with the policies, takes an inner step on it, and repeats this K times.</summary>
public sealed class AdaptationSampler(TaskParallelObjective<SampleBatch> objective, IRolloutCollector collector)
{
    /// <param name="meta">[Q]</param>
    /// <param name="stream">Batch k is drawn from its own stream.</param>
    /// <param name="deterministic">
    /// Whether the policies of the reported batches act by their mean. Inner steps use sampled actions all the same, because
    /// without exploration the policy gradient is zero.
    /// </param>
    /// <param name="keepTrajectories">Whether to return the reported episodes with their states</param>
    /// <exception cref="TrainingException">The numbers of an episode are not finite; the message names its task.</exception>
    public AdaptationData Sample(
        Tensor meta, TaskBatch tasks, int steps, int trajectories, RandomStream stream,
        bool deterministic = false, bool keepTrajectories = false) => TensorScope.Run(() =>
    {
        var policies = new List<Tensor>();
        var batches = new List<Rollouts>();
        Past? past = null;
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
            // Before the first step all tasks have the same parameters, so one row is enough.
            Tensor acting = step == 0 ? parameters.narrow(0, 0, 1) : parameters;
            Rollouts support = Collect(
                acting, tasks, trajectories, step, stream.Stream("step", step), deterministic: false, keepTrajectories && !deterministic,
                past);
            batches.Add(!deterministic ? support
                : Collect(acting, tasks, trajectories, step, stream.Stream("mean", step), deterministic, keepTrajectories, past)
                    with { After = support.After });
            past = support.After;
            sampling.Stop();
            policies.Add(parameters);
            return support.Samples;
        }
    });

    /// <summary>
    /// Samples one episode of each task in which the policies of step k act by their mean. It is the first episode that a
    /// deterministic <see cref="Sample"/> reports, but needs no adaptation.
    /// </summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="stream">The stream that <see cref="Sample"/> was given</param>
    /// <param name="past">What the policies of step k remembered, of which the first trajectory is taken</param>
    public IReadOnlyList<Trajectory> Act(Tensor parameters, TaskBatch tasks, int step, RandomStream stream, Past? past = null)
    {
        Rollouts episodes = Collect(
            parameters, tasks, 1, step, stream.Stream("mean", step), deterministic: true, keepTrajectories: true, past?.OfFirst());
        return [.. episodes.Trajectories.Select(task => task[0])];
    }

    /// <param name="steps">The number of gradient steps that the policies have taken</param>
    private Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, int steps, RandomStream stream, bool deterministic, bool keepTrajectories,
        Past? past)
    {
        try
        {
            return collector.Collect(parameters, tasks, trajectories, stream, deterministic, keepTrajectories, past);
        }
        catch (NotFiniteException fault)
        {
            string after = string.Create(CultureInfo.InvariantCulture, $"after {steps} gradient {(steps == 1 ? "step" : "steps")}");
            string reason = steps > 0 && fault.Quantity == FirstFaults.Actions ? ": the gradient step was too long" : "";
            throw new TrainingException(string.Create(CultureInfo.InvariantCulture,
                $"Task {fault.Task + 1} ({Describe(tasks, fault.Task)}) has {fault.Quantity} that are not finite {after}, "
                + $"at time step {fault.TimeStep + 1} first{reason}."));
        }
    }

    /// <summary>The columns of a task with their values.</summary>
    internal static string Describe(TaskBatch tasks, int task) =>
        string.Join(", ", tasks.Columns.Select(
            (name, column) => string.Create(CultureInfo.InvariantCulture, $"{name} {tasks[task, column]:G6}")));
}

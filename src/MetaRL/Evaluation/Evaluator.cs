using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The returns of the policies after k inner steps on a set of tasks.</summary>
/// <param name="Step">k</param>
/// <param name="Returns">[N], the mean undiscounted return of each task's batch</param>
/// <param name="Regret">The mean reference return minus the mean return; not a number where no reference is known</param>
/// <param name="RegretTo">The kind of the reference return</param>
public sealed record StepEvaluation(int Step, IReadOnlyList<double> Returns, double Regret, ReturnKind RegretTo = ReturnKind.Optimal)
    : StepScores(Step, Returns)
{
    /// <summary>[N][B], the undiscounted return of every episode; empty where an evaluation was read from a file</summary>
    public IReadOnlyList<IReadOnlyList<double>> Episodes { get; init; } = [];
}

/// <summary>
/// The protocol of every reported return. After k inner steps a fresh batch is sampled with the adapted policies. Its mean
/// undiscounted return is the return at step k, and the next inner step uses this batch and no other.
/// </summary>
public static class Evaluator
{
    /// <param name="meta">[Q]</param>
    /// <param name="steps">K; the result has K + 1 entries</param>
    /// <param name="trajectories">The number of episodes for each task and step</param>
    /// <param name="references">
    /// [N], the returns that the regret is measured against. By default they are those of optimal control, which are not a number
    /// where it is not known. A best known return rises to the return that the evaluation itself reaches.
    /// </param>
    public static IReadOnlyList<StepEvaluation> Evaluate(
        AdaptationSampler sampler, TaskFamily family, Tensor meta, TaskBatch tasks, int steps, int trajectories, RandomStream stream,
        bool deterministic = false, IReadOnlyList<ReferenceReturn>? references = null) =>
        TensorScope.Free(() =>
        {
            AdaptationData data = sampler.Sample(meta, tasks, steps, trajectories, stream, deterministic);
            ReferenceReturn[] best =
            [
                .. Enumerable.Range(0, tasks.Count).Select(task =>
                    (references?[task] ?? new(family.OptimalReturn(tasks, task), ReturnKind.Optimal)).AtLeast(Reached(family, data, task))),
            ];
            for (int task = 0; task < tasks.Count; task++)
            {
                if (best[task].Kind == ReturnKind.BestKnown) family.Remember(tasks, task, best[task].Value);
            }
            double mean = best.Average(reference => reference.Value);
            return (IReadOnlyList<StepEvaluation>)
            [
                .. data.Batches.Select((batch, step) =>
                    new StepEvaluation(step, [.. batch.Returns.Select(task => task.Average())], mean - batch.MeanReturn, best[0].Kind)
                    {
                        Episodes = batch.Returns,
                    }),
            ];
        });

    /// <summary>
    /// The highest return on a task. Where all episodes start alike, it is that of a single episode, which could be repeated.
    /// Otherwise it is the mean of a batch, because a single episode may have had an easy start.
    /// </summary>
    private static double Reached(TaskFamily family, AdaptationData data, int task) =>
        data.Batches.Max(batch => family.Spec.ResetDraws == 0 ? batch.Returns[task].Max() : batch.Returns[task].Average());
}

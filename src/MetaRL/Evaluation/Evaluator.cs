using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The return of the k-times adapted policies on a set of tasks.</summary>
/// <param name="Step">k</param>
/// <param name="Returns">[N], mean undiscounted return of each task's batch</param>
/// <param name="Regret">The return to measure against less the mean return; not a number where none is known</param>
/// <param name="RegretTo">What the regret is to</param>
public sealed record StepEvaluation(int Step, IReadOnlyList<double> Returns, double Regret, ReturnKind RegretTo = ReturnKind.Optimal)
    : StepScores(Step, Returns);

/// <summary>
/// The protocol behind every reported return: at each step a fresh batch is sampled with the k-times adapted policies,
/// whose mean undiscounted return is the return at step k, and which serves the next inner step once.
/// </summary>
public static class Evaluator
{
    /// <param name="meta">[Q]</param>
    /// <param name="steps">K; the result has K + 1 entries</param>
    /// <param name="trajectories">Episodes per task and step</param>
    /// <param name="references">
    /// [N], the returns that regret is to, by default optimal control's, not a number where that is not known. A best known
    /// return is raised to what the evaluation itself reaches.
    /// </param>
    public static IReadOnlyList<StepEvaluation> Evaluate(
        AdaptationSampler sampler, TaskFamily family, Tensor meta, TaskBatch tasks, int steps, int trajectories, RandomStream stream, bool deterministic = false,
        IReadOnlyList<ReferenceReturn>? references = null) =>
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
                    new StepEvaluation(step, [.. batch.Returns.Select(task => task.Average())], mean - batch.MeanReturn, best[0].Kind)),
            ];
        });

    /// <summary>
    /// The highest return on a task: of one episode where all begin alike, so that it could be repeated; else the mean of a
    /// batch, since a fortunate start is no merit.
    /// </summary>
    private static double Reached(TaskFamily family, AdaptationData data, int task) =>
        data.Batches.Max(batch => family.Spec.ResetDraws == 0 ? batch.Returns[task].Max() : batch.Returns[task].Average());
}

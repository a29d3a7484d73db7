using MamlRobotics.Cli.Rendering;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>Evaluates networks that learned to learn sinusoids on the same tasks and points.</summary>
/// <param name="Tasks">The number of tasks</param>
/// <param name="SolvedFrom">The loss below which a task is solved; null where none is given</param>
internal sealed record SinusoidComparison(int Tasks, int Steps, long Seed, double? SolvedFrom, torch.Device Device, int Threads)
{
    public CheckpointComparison Run(IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> groups)
    {
        SinusoidEvaluation[][] evaluations = [.. groups.Select(group => group.Runs.Select(EvaluationOf).ToArray())];
        LearnerScores[] learners = [.. groups.Zip(evaluations, (group, runs) =>
            LearnerScores.Of(group.Name, [.. runs.Select(Losses)], higherIsBetter: false))];
        double[]? thresholds = SolvedFrom is { } given ? [.. Enumerable.Repeat(given, Tasks)] : null;
        string heading = $"{evaluations[0][0].Describe(Tasks)}, {Machine.Summary(Device, Threads)}";
        string[] notes = SolvedFrom is { } loss ? [FormattableString.Invariant($"A task is solved where its loss is at most {loss}.")] : [];
        return new(heading, ScoreFormat.Loss, groups, learners, thresholds, [.. notes, "A lower loss is better."]);
    }

    /// <exception cref="TrainingException">A loss is not finite, so that no mean of it is.</exception>
    private IReadOnlyList<StepScores> Losses(SinusoidEvaluation run)
    {
        try
        {
            return run.Evaluate(Tasks);
        }
        catch (TrainingException problem)
        {
            throw new TrainingException($"{run.Path}: {problem.Message} Compare after fewer --steps, or leave it out.");
        }
    }

    private SinusoidEvaluation EvaluationOf(ComparedCheckpoint run) =>
        new(run.Path, run.Checkpoint, (SinusoidConfig)run.Checkpoint.Config, Device, Threads) { Steps = Steps, Seed = Seed };
}

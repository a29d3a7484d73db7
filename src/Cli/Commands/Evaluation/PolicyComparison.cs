using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>Evaluates policies on the same tasks with the same draws.</summary>
/// <param name="SolvedFrom">The return from which every task is solved; null for the default of each task</param>
/// <param name="IsMetaWorld">Whether the scores are success rates</param>
internal sealed record PolicyComparison(
    TaskFamily Family, EvaluationTasks Tasks, double? SolvedFrom, bool IsMetaWorld, torch.Device Device, int Threads)
{
    /// <summary>
    /// The episodes of a gradient step and those on which the adapted policy is judged: the defaults of metalearning_evaluation in
    /// metaworld/evaluation.py of github.com/Farama-Foundation/Metaworld.
    /// </summary>
    public const int MetaWorldAdaptationEpisodes = 10, MetaWorldEvaluationEpisodes = 3;

    public required int Steps { get; init; }

    public required int Episodes { get; init; }

    public required long Seed { get; init; }

    public required bool Deterministic { get; init; }

    public CheckpointComparison Run(IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> groups)
    {
        CheckpointEvaluation[][] evaluations = [.. groups.Select(group => group.Runs.Select(EvaluationOf).ToArray())];
        using var progress = new PhaseProgress();
        int count = evaluations.Sum(group => group.Length), done = 0;
        IReadOnlyList<StepEvaluation>[][] results = [.. evaluations.Select(group => group.Select(evaluation =>
        {
            progress.Show($"evaluating {evaluation.Path}, {++done} of {count}");
            return evaluation.Run();
        }).ToArray())];
        // The evaluations have found or reached the best known returns by now, so this only reads them.
        double[] thresholds = SolvedFrom is { } given ? [.. Enumerable.Repeat(given, Tasks.Tasks.Count)]
            : SolvedReturns.Of(Family, Tasks.Tasks, evaluations[0][0].References(Family));
        LearnerScores[] learners = [.. groups.Zip(results, (group, runs) =>
            LearnerScores.Of(group.Name, [.. runs.Select(run => Scores(run, thresholds))], higherIsBetter: true))];
        string machine = Machine.Summary(Device, Threads);
        string solved = SolvedNote("A task is solved where its return");
        return IsMetaWorld
            ? new(Heading(MetaWorldEvaluationEpisodes, machine), ScoreFormat.Success, groups, learners, Thresholds: null, MetaWorldNotes())
            : new(Heading(Episodes, machine), ScoreFormat.Return, groups, learners, thresholds, [solved]);
    }

    private CheckpointEvaluation EvaluationOf(ComparedCheckpoint run) => new(run.Path, run.Checkpoint, Tasks, Device, Threads)
    {
        Steps = Steps, Episodes = IsMetaWorld ? MetaWorldAdaptationEpisodes : Episodes, Seed = Seed, Deterministic = Deterministic,
    };

    private IReadOnlyList<StepScores> Scores(IReadOnlyList<StepEvaluation> run, double[] thresholds)
    {
        if (!IsMetaWorld) return run;
        double Rate(IReadOnlyList<double> episodes, int task) =>
            episodes.Take(MetaWorldEvaluationEpisodes).Average(value => value >= thresholds[task] ? 1.0 : 0.0);
        return [.. run.Select(step => new StepScores(step.Step, [.. step.Episodes.Select(Rate)]))];
    }

    private string Heading(int episodes, string machine) => FormattableString.Invariant(
        $"{Tasks.Describe(Family)}, {episodes} episodes per task and step, seed {Seed}, {machine}");

    private string[] MetaWorldNotes() =>
    [
        FormattableString.Invariant($"Meta-World's protocol: gradient steps on {MetaWorldAdaptationEpisodes} episodes, then the share of ")
            + FormattableString.Invariant($"{MetaWorldEvaluationEpisodes} further episodes that succeed, averaged over tasks and seeds."),
        SolvedNote("An episode succeeds where its return"),
    ];

    private string SolvedNote(string subject)
    {
        if (SolvedFrom is { } given) return FormattableString.Invariant($"{subject} is at least {given}.");
        string passive = PassiveReturn.Of(Family, Tasks.Tasks).Name;
        string best = Family.OptimalControl is null ? "the best known return" : "optimal control";
        return FormattableString.Invariant($"{subject} is at least {100 * SolvedReturns.Share:F0} % of the way from {passive} to {best}.");
    }
}

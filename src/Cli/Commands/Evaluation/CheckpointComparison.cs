using System.Text.Json.Nodes;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>The scores of some learners, which `maml eval --compare` prints and writes.</summary>
/// <param name="Heading">Says on which tasks they were measured and how</param>
/// <param name="Thresholds">The score from which each task is solved, [N]; null where there are none</param>
/// <param name="Notes">Sentences that say what the figures mean</param>
internal sealed record CheckpointComparison(
    string Heading, ScoreFormat Format, IReadOnlyList<(string Name, ComparedCheckpoint[] Runs)> Groups,
    IReadOnlyList<LearnerScores> Learners, IReadOnlyList<double>? Thresholds, IReadOnlyList<string> Notes)
{
    /// <summary>Prints the tables, and writes a file if one is named.</summary>
    public void Report(RandomStream stream, Resampling resampling, JsonObject machine, string? json)
    {
        var bootstrap = new Bootstrap(stream.Stream("comparison"), resampling);
        ComparisonFigures figures = ComparisonFigures.Of(Learners, Thresholds, bootstrap);
        Console.WriteLine(Heading);
        foreach (string note in Notes.Append(Describe(bootstrap))) Console.WriteLine(note);
        foreach (string line in ComparisonTables.Learners(figures, Format).Plain()) Console.WriteLine(line);
        if (figures.Pairs.Count > 0)
        {
            Console.WriteLine();
            foreach (string line in ComparisonTables.Pairs(figures, Format).Plain()) Console.WriteLine(line);
        }
        if (json is not null) AtomicFile.WriteText(json, ToJson(figures, resampling, machine).ToJsonString(new() { WriteIndented = true }));
    }

    /// <summary>A sentence that says what the intervals are.</summary>
    public static string Describe(Bootstrap bootstrap)
    {
        string drawn = bootstrap.Resampling == Resampling.Stratified
            ? "the runs of each task (stratified, as rliable does)" : "whole runs and tasks";
        return FormattableString.Invariant($"In brackets: 95 % bootstrap interval, {bootstrap.Draws} draws of {drawn}.");
    }

    private JsonObject ToJson(ComparisonFigures figures, Resampling resampling, JsonObject machine) => new()
    {
        ["evaluation"] = Heading,
        ["score"] = Format.Name,
        ["bootstrap"] = resampling == Resampling.Stratified ? CompareOptions.Stratified : CompareOptions.RunsAndTasks,
        ["machine"] = machine,
        ["solved_from"] = Thresholds is null ? null : Numbers(Thresholds),
        ["learners"] = new JsonArray([.. Learners.Zip(Groups, (scores, group) => LearnerJson(scores, group.Runs, figures))]),
        ["pairs"] = new JsonArray([.. figures.Pairs.Select(pair => new JsonObject
        {
            ["learner"] = pair.Learner, ["against"] = pair.Against, ["step"] = pair.Step,
            ["difference"] = Json(pair.Difference), ["probability_of_improvement"] = Json(pair.Improvement),
        })]),
    };

    private static JsonObject LearnerJson(LearnerScores learner, ComparedCheckpoint[] runs, ComparisonFigures figures) => new()
    {
        ["learner"] = learner.Name,
        ["runs"] = new JsonArray([.. runs.Select(run => new JsonObject
        {
            ["checkpoint"] = run.Path, ["seed"] = run.Checkpoint.Config.Seed, ["iteration"] = run.Checkpoint.Iteration,
        })]),
        ["steps"] = new JsonArray([.. figures.Learners.Where(row => row.Learner == learner.Name).Select(row => new JsonObject
        {
            ["step"] = row.Step, ["mean"] = Json(row.Mean), ["iqm"] = Json(row.InterquartileMean),
            ["solved"] = row.Solved is { } solved ? Json(solved) : null, ["scores"] = Scores(learner.Steps[row.Step]),
        })]),
    };

    private static JsonArray Scores(RunScores scores) => new([.. Enumerable.Range(0, scores.Runs).Select(run =>
        Numbers([.. Enumerable.Range(0, scores.Tasks).Select(task => scores[run, task])]))]);

    private static JsonObject Json(Estimate estimate) =>
        new() { ["value"] = estimate.Value, ["ci95"] = new JsonArray(estimate.Low, estimate.High) };

    private static JsonArray Numbers(IReadOnlyList<double> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}

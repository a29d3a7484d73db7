using System.Globalization;
using System.Text.Json.Nodes;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>The evaluation by `maml eval` of a learner of few-shot classification.</summary>
internal sealed record ClassificationEvaluation(
    string Path, Checkpoint Checkpoint, ClassificationConfig Config, torch.Device Device, int Threads)
{
    public const int DefaultEpisodes = 1000;

    public required int Steps { get; init; }

    public required int Episodes { get; init; }

    public required long Seed { get; init; }

    private string Mode => Config.Transductive ? "transductive" : "not transductive";

    /// <summary>The configuration with other ways and shots than in training.</summary>
    /// <exception cref="InputException">The network has an output for each class that it was trained with.</exception>
    public static ClassificationConfig With(ClassificationConfig config, int? ways, int? shots)
    {
        ClassificationConfig asked = config with { Ways = ways ?? config.Ways, Shots = shots ?? config.Shots };
        if (asked.Ways != config.Ways && config.HasFixedClasses)
            throw new InputException($"This network tells {config.Ways} classes apart; train one with ways={asked.Ways}.");
        return asked;
    }

    /// <summary>Prints the accuracy on episodes of the test data, and writes it to a file if one is named.</summary>
    public void Run(string? json)
    {
        Episodes tasks = Config.EpisodesOf(ImageSets.Open(Config.TestData, Config.Side));
        string shots = Config.ShowsSequences ? $"{tasks.Shots + tasks.Queries} pictures of each class"
            : Config.Shots == 1 ? "1 shot" : $"{Config.Shots} shots";
        string what = $"{Episodes} episodes of {Config.Ways} ways and {shots} of {tasks.Data.Name}";
        Report(what, json, experiment => experiment.Evaluate(
            Checkpoint.Meta(Device), tasks, FewShot.Episodes.EvaluationStream(Seed), Episodes, Steps));
    }

    /// <summary>The same for the one-shot test that the authors of Omniglot published.</summary>
    public void RunOfficial(string? json)
    {
        IReadOnlyList<OneShotRun> runs = OneShotRuns.Open(Config.Side);
        string what = $"the official one-shot test of Omniglot, {runs.Count} runs of {runs.Sum(run => run.Test.Count) / runs.Count} trials";
        Report(what, json, experiment => experiment.Evaluate(
            Checkpoint.Meta(Device), runs.Count, Steps,
            (first, count) => OneShotTasks.Of([.. runs.Skip(first).Take(count)], Device)));
    }

    private void Report(string what, string? json, Func<ClassificationExperiment, IReadOnlyList<StepScores>> evaluate)
    {
        Console.WriteLine(
            $"{what}, {Mode}, seed {Seed}, iteration {Checkpoint.Iteration}, {Machine.Summary(Device, Threads)}");
        IReadOnlyList<StepScores> result = TensorScope.Free(() =>
        {
            using var experiment = new ClassificationExperiment(Config, Device, Threads);
            return evaluate(experiment);
        });
        Print(result);
        if (json is not null) Write(json, what, result);
    }

    private void Print(IReadOnlyList<StepScores> result)
    {
        bool isPublished = Config.ShowsSequences && Config.Ways == MemoryAugmentedNetwork.PublishedWays;
        string[][] rows = [.. result.Select(step => (string[])
        [
            $"{(Config.ShowsSequences ? step.Step + 1 : step.Step)}", Text(step.Mean),
            $"[{Text(step.Interval.Low)}, {Text(step.Interval.High)}]", .. isPublished ? (string[])[Published(step.Step + 1)] : [],
        ])];
        string first = Config.ShowsSequences ? "picture of its class" : "gradient steps";
        string[] header = [first, "accuracy %", "95 % interval", .. isPublished ? (string[])["paper"] : []];
        foreach (string line in new TextTable(header, rows).Plain()) Console.WriteLine(line);
    }

    private static string Published(int picture) =>
        MemoryAugmentedNetwork.PublishedAccuracies.TryGetValue(picture, out double accuracy) ? Text(accuracy) : "";

    private void Write(string json, string what, IReadOnlyList<StepScores> result)
    {
        var settings = new JsonObject
        {
            ["problem"] = Config.Problem, ["ways"] = Config.Ways, ["shots"] = Config.Shots, ["transductive"] = Config.Transductive,
            ["seed"] = Seed,
        };
        var evaluation = new RecordedEvaluation(result, Checkpoint.Iteration, $"{what}, seed {Seed}");
        ScoresFile.Write(json, Path, evaluation, settings, Machine.Describe(Device, Threads));
    }

    private static string Text(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);
}

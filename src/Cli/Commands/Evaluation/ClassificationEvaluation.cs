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

    private const string WaysKey = "ways", ShotsKey = "shots", SeedKey = "seed";
    private const string DataKey = "data", RotationsKey = "rotations", OfficialKey = "official";

    public required int Steps { get; init; }

    public required int Episodes { get; init; }

    public required long Seed { get; init; }

    /// <summary>Whether it is the one-shot test that the authors of Omniglot published, which has its own episodes.</summary>
    public bool IsOfficial { get; init; }

    private torch.Tensor Meta => FewerClasses.Of(Checkpoint, Config).Meta(Device);

    private string Mode => Config.Transductive ? "transductive" : "not transductive";

    /// <summary>The configuration with other ways and shots than in training.</summary>
    /// <exception cref="InputException">The network tells fewer classes apart.</exception>
    public static ClassificationConfig With(ClassificationConfig config, int? ways, int? shots)
    {
        ClassificationConfig asked = config with { Ways = ways ?? config.Ways, Shots = shots ?? config.Shots };
        if (asked.Ways > config.Ways && config.HasFixedClasses || asked.Ways != config.Ways && config.ShowsSequences)
            throw new InputException($"This network tells {config.Ways} classes apart; train one with ways={asked.Ways}.");
        return asked;
    }

    /// <summary>The evaluation that an evaluation.json records.</summary>
    public static ClassificationEvaluation Of(
        RecordedEvaluation recorded, string path, Checkpoint checkpoint, ClassificationConfig config, torch.Device device, int threads)
    {
        JsonObject settings = recorded.Settings;
        int steps = recorded.Steps.Count - 1;
        ClassificationConfig asked = With(config, settings[WaysKey]!.GetValue<int>(), settings[ShotsKey]!.GetValue<int>()) with
        {
            TestData = settings[DataKey]!.GetValue<string>(), Rotations = settings[RotationsKey]!.GetValue<bool>(),
        };
        // A sequence shows one picture of each class more than it has steps.
        if (asked.ShowsSequences) asked = asked with { InnerSteps = steps };
        return new(path, checkpoint, asked, device, threads)
        {
            Steps = steps, Episodes = recorded.Steps[0].Values.Count, Seed = settings[SeedKey]!.GetValue<long>(),
            IsOfficial = settings[OfficialKey]!.GetValue<bool>(),
        };
    }

    /// <summary>Whether settings of an evaluation.json say all that <see cref="Of"/> needs.</summary>
    public static bool AreRepeatable(JsonObject settings) =>
        ((string[])[WaysKey, ShotsKey, DataKey, RotationsKey, OfficialKey]).All(key => settings[key] is not null);

    /// <summary>Prints the accuracy on episodes of the test data, and writes it to a file if one is named.</summary>
    public void Run(string? json)
    {
        Test test = IsOfficial ? OfficialTest() : TestOfEpisodes();
        Console.WriteLine(
            $"{test.What}, {Mode}, seed {Seed}, iteration {Checkpoint.Iteration}, {Machine.Summary(Device, Threads)}");
        IReadOnlyList<StepScores> result = Evaluate(test);
        Print(result);
        if (json is not null) Write(json, test.What, result);
    }

    /// <summary>The accuracies after each step.</summary>
    public IReadOnlyList<StepScores> Evaluate() => Evaluate(IsOfficial ? OfficialTest() : TestOfEpisodes());

    private IReadOnlyList<StepScores> Evaluate(Test test) => TensorScope.Free(() =>
    {
        using var experiment = new ClassificationExperiment(Config, Device, Threads);
        return test.Evaluate(experiment);
    });

    private Test TestOfEpisodes()
    {
        Episodes tasks = Config.EpisodesOf(ImageSets.Open(Config.TestData, Config.Side));
        string shots = Config.ShowsSequences ? $"{tasks.Shots + tasks.Queries} pictures of each class"
            : Config.Shots == 1 ? "1 shot" : $"{Config.Shots} shots";
        return new($"{Episodes} episodes of {Config.Ways} ways and {shots} of {tasks.Data.Name}", experiment => experiment.Evaluate(
            Meta, tasks, FewShot.Episodes.EvaluationStream(Seed), Episodes, Steps));
    }

    private Test OfficialTest()
    {
        IReadOnlyList<OneShotRun> runs = OneShotRuns.Open(Config.Side);
        int trials = runs.Sum(run => run.Test.Count) / runs.Count;
        return new($"the official one-shot test of Omniglot, {runs.Count} runs of {trials} trials", experiment => experiment.Evaluate(
            Meta, runs.Count, Steps,
            (first, count) => OneShotTasks.Of([.. runs.Skip(first).Take(count)], Device)));
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
            ["problem"] = Config.Problem, [WaysKey] = Config.Ways, [ShotsKey] = Config.Shots, ["transductive"] = Config.Transductive,
            [SeedKey] = Seed, [DataKey] = Config.TestData, [RotationsKey] = Config.Rotations, [OfficialKey] = IsOfficial,
        };
        var evaluation = new RecordedEvaluation(result, Checkpoint.Iteration, $"{what}, seed {Seed}");
        ScoresFile.Write(json, Path, evaluation, settings, Machine.Describe(Device, Threads));
    }

    /// <summary>What is tested, in words and as code.</summary>
    private sealed record Test(string What, Func<ClassificationExperiment, IReadOnlyList<StepScores>> Evaluate);

    private static string Text(double share) => (100 * share).ToString("F2", CultureInfo.InvariantCulture);
}

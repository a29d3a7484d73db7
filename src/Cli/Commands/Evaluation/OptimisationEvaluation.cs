using System.Globalization;
using System.Text.Json.Nodes;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>How far an optimiser comes on functions that training has not seen.</summary>
/// <param name="Rate">Its learning rate; null for the learned one, which has none</param>
/// <param name="Losses">The losses after 0 to K steps</param>
internal sealed record OptimiserLosses(string Label, double? Rate, IReadOnlyList<StepScores> Losses);

/// <summary>The evaluation by `maml eval` of a learned optimiser beside others with their best rates.</summary>
internal sealed record OptimisationEvaluation(
    string Path, Checkpoint Checkpoint, OptimisationConfig Config, torch.Device Device, int Threads)
{
    private const int DefaultQuadratics = 1000, DefaultNetworks = 32, TuningQuadratics = 256, TuningNetworks = 8;

    private static readonly int[] ReportedSteps = [1, 10, 20, 50, 100];

    public required long Seed { get; init; }

    /// <summary>The number of functions; null for the default of their kind.</summary>
    public int? Functions { get; init; }

    private bool AreQuadratics => Config.Optimisees == OptimiseeKind.Quadratics;

    private int Count => Functions ?? (AreQuadratics ? DefaultQuadratics : DefaultNetworks);

    private RandomStream Stream => RandomStream.FromSeed(Seed).Stream("evaluation");

    /// <summary>The functions, for the first line of a report.</summary>
    public string What => AreQuadratics
        ? $"{Count} quadratics in {Config.Dimensions} dimensions"
        : $"{Count} networks of {Config.HiddenUnits} sigmoid units on {Config.TestData} of {Config.Side} x {Config.Side} pixels";

    /// <summary>Prints the rates that were tried and the losses, and writes them to a file if one is named.</summary>
    public void Run(string? json)
    {
        Console.WriteLine($"{What}, seed {Seed}, iteration {Checkpoint.Iteration}, {Machine.Summary(Device, Threads)}");
        (IReadOnlyList<TunedRule> rivals, IReadOnlyList<OptimiserLosses> losses) = Measure();
        if (json is not null) FiniteScores.Require(losses[0].Losses, Config.ScoreName);
        Console.WriteLine($"Loss after {Config.InnerSteps} steps on functions of training, by learning rate; * is the best:");
        foreach (string line in Grid(rivals).Plain()) Console.WriteLine(line);
        Console.WriteLine("Loss on functions that training has not seen, with 95 % intervals, by step:");
        foreach (string line in Table(losses).Plain()) Console.WriteLine(line);
        if (json is not null) Write(json, rivals, losses);
    }

    /// <summary>Tunes the other optimisers on functions of training, and runs all of them on others.</summary>
    /// <exception cref="InputException">The pictures of the test are not on this machine.</exception>
    public (IReadOnlyList<TunedRule> Rivals, IReadOnlyList<OptimiserLosses> Losses) Measure()
    {
        using OptimisationExperiment experiment = Config.CreateExperiment(Device, Threads);
        using OptimiseeSource test = TestOf(experiment);
        using torch.Tensor meta = Checkpoint.Meta(Device);
        if (test.Dimensions != experiment.TrainingSource.Dimensions)
            throw new InputException($"{Config.TestData} and {Config.TrainingData} differ in their number of classes; name other sets.");
        int tuning = AreQuadratics ? TuningQuadratics : TuningNetworks;
        TunedRule[] rivals = [.. HandDesignedRule.All.Select(rule => TunedRule.Tune(rule, experiment, Stream, tuning))];
        OptimiserLosses Losses(string label, double? rate, IStepRule rule) =>
            new(label, rate, experiment.Evaluate(rule, test, Stream, Count));
        return TensorScope.Free<(IReadOnlyList<TunedRule>, IReadOnlyList<OptimiserLosses>)>(() => (rivals,
        [
            Losses(Choices.Of(Config.Algorithm).Label, null, experiment.RuleOf(meta)),
            .. rivals.Select(rival => Losses(rival.Designed.Label, rival.Best, rival.Rule)),
        ]));
    }

    /// <summary>The losses of the learned optimiser alone, after 0 to K steps.</summary>
    /// <inheritdoc cref="Measure"/>
    public IReadOnlyList<StepScores> MeasureLearned() => TensorScope.Free(() =>
    {
        using OptimisationExperiment experiment = Config.CreateExperiment(Device, Threads);
        using OptimiseeSource test = TestOf(experiment);
        return experiment.Evaluate(experiment.RuleOf(Checkpoint.Meta(Device)), test, Stream, Count);
    });

    private OptimiseeSource TestOf(OptimisationExperiment experiment) =>
        experiment.SourceOf(AreQuadratics ? null : ImageSets.Open(Config.TestData, Config.Side));

    private static TextTable Grid(IReadOnlyList<TunedRule> rivals)
    {
        string Cell(TunedRule rival, int i)
        {
            (double rate, double loss) = rival.Grid[i];
            return double.IsFinite(loss) ? Text(loss) + (rate == rival.Best ? "*" : " ") : "diverges ";
        }
        return new(
            ["rate", .. rivals.Select(rival => rival.Designed.Label + " ")],
            [.. TunedRule.Rates.Select((rate, i) => (string[])[Text(rate), .. rivals.Select(rival => Cell(rival, i))])]);
    }

    private TextTable Table(IReadOnlyList<OptimiserLosses> all)
    {
        int[] steps = [.. ReportedSteps.Where(step => step < Config.InnerSteps), Config.InnerSteps];
        string Cell(StepScores at) => $"{Text(at.Mean)} [{Text(at.Interval.Low)}, {Text(at.Interval.High)}]";
        return new(
            ["optimiser", "rate", .. steps.Select(step => $"{step}")],
            [.. all.Select(one => (string[])
                [one.Label, one.Rate is { } rate ? Text(rate) : "", .. steps.Select(step => Cell(one.Losses[step]))])]);
    }

    private void Write(string json, IReadOnlyList<TunedRule> rivals, IReadOnlyList<OptimiserLosses> losses)
    {
        var settings = new JsonObject
        {
            ["problem"] = Config.Problem, ["seed"] = Seed,
            ["rates"] = new JsonObject(rivals.Select(rival =>
                KeyValuePair.Create<string, JsonNode?>(rival.Designed.Label, new JsonArray([.. rival.Grid.Select(Tried)])))),
            ["optimisers"] = new JsonArray([.. losses.Select(one => new JsonObject
            {
                ["name"] = one.Label, ["rate"] = one.Rate, ["steps"] = new JsonArray([.. one.Losses.Select(Step)]),
            })]),
        };
        var learned = new RecordedEvaluation(losses[0].Losses, Checkpoint.Iteration, $"{What}, seed {Seed}");
        ScoresFile.Write(json, Path, learned, settings, Machine.Describe(Device, Threads));
    }

    private static JsonObject Tried((double Rate, double Loss) one) => new() { ["rate"] = one.Rate, ["loss"] = Finite(one.Loss) };

    private static JsonObject Step(StepScores at) => new()
    {
        ["step"] = at.Step, ["mean"] = Finite(at.Mean), ["ci95"] = new JsonArray(Finite(at.Interval.Low), Finite(at.Interval.High)),
    };

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;

    private static string Text(double value) => value.ToString("G3", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text.Json.Nodes;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;

namespace MamlRobotics.Cli.Commands;

/// <summary>The evaluation by `maml eval` of a network that learned to learn sinusoids.</summary>
internal sealed record SinusoidEvaluation(string Path, Checkpoint Checkpoint, SinusoidConfig Config, torch.Device Device, int Threads)
{
    /// <summary>The number of steps that the MAML paper reports.</summary>
    public const int DefaultSteps = 10;

    private const int DefaultTasks = 1000;

    public required int Steps { get; init; }

    public required long Seed { get; init; }

    /// <summary>The number of tasks that --tasks asks for.</summary>
    /// <exception cref="InputException">--tasks names no number of sinusoids.</exception>
    public static int TasksOf(string name) =>
        name == EvaluationTasks.Test ? DefaultTasks : EvaluationTasks.HeldOutCount(name, "sinusoids");

    /// <summary>Prints the result as a table, and writes it to a file if one is named.</summary>
    public void Run(int tasks, string? json)
    {
        IReadOnlyList<StepScores> result = Evaluate(tasks);
        Console.WriteLine($"{Describe(tasks)}, iteration {Checkpoint.Iteration}, {Machine.Summary(Device, Threads)}");
        Print(result);
        if (json is not null) Write(json, tasks, result);
    }

    /// <summary>The tasks and the score, for the first line of a report.</summary>
    public string Describe(int tasks) =>
        $"{tasks} sinusoids of {Config.Shots} points, mean squared error over the whole range, seed {Seed}";

    /// <summary>The losses after each step. The same seed gives the same tasks and points to every network.</summary>
    /// <exception cref="TrainingException">A loss is not finite.</exception>
    public IReadOnlyList<StepScores> Evaluate(int tasks) => TensorScope.Free(() =>
    {
        using SinusoidExperiment experiment = Config.CreateExperiment(Device, Threads);
        RandomStream stream = RandomStream.FromSeed(Seed).Stream("evaluation");
        SinusoidTasks drawn = SinusoidTasks.Draw(stream.Stream("tasks"), tasks);
        RegressionSamples support = drawn.Sample(stream.Stream("points"), Config.Shots, Device);
        IReadOnlyList<StepScores> losses = experiment.Evaluate(Checkpoint.Meta(Device), drawn, support, Steps);
        FiniteScores.Require(losses, Config.ScoreName);
        return losses;
    });

    private void Print(IReadOnlyList<StepScores> result)
    {
        bool isPublished = Config.Shots == SinusoidTasks.PublishedShots;
        string[][] rows = [.. result.Select(step => (string[])
        [
            $"{step.Step}", Text(step.Mean), $"[{Text(step.Interval.Low)}, {Text(step.Interval.High)}]",
            .. isPublished ? (string[])[SinusoidTasks.PublishedLosses.TryGetValue(step.Step, out double paper) ? Text(paper) : ""] : [],
        ])];
        string[] header = ["gradient steps", "loss", "95 % interval", .. isPublished ? (string[])["MAML paper"] : []];
        foreach (string line in new TextTable(header, rows).Plain()) Console.WriteLine(line);
    }

    private void Write(string json, int tasks, IReadOnlyList<StepScores> result)
    {
        var settings = new JsonObject { ["problem"] = Config.Problem, ["shots"] = Config.Shots, ["seed"] = Seed };
        var evaluation = new RecordedEvaluation(result, Checkpoint.Iteration, Describe(tasks));
        ScoresFile.Write(json, Path, evaluation, settings, Machine.Describe(Device, Threads));
    }

    private static string Text(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}

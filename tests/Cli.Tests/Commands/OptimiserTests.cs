using System.Text.Json;

namespace MamlRobotics.Cli.Tests;

/// <summary>A learned optimiser from the command line.</summary>
public sealed class OptimiserTests : IDisposable
{
    private const string Tiny = """
        { "problem": "optimisation", "iterations": 4, "metaBatchSize": 4, "innerSteps": 20, "validationEvery": 2, "validationTasks": 5 }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void IsTrainedEvaluatedBesideOthersAndDrawn()
    {
        string run = Train(Tiny);
        ProcessResult evaluated = MamlCommand.Run(
            "eval", run, "--tasks", "heldout:30", "--json", folder.In("result.json"), "--threads", "1");

        Assert.Equal(0, evaluated.Code);
        Assert.StartsWith("30 quadratics in 10 dimensions, seed", evaluated.Output, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(folder.In("result.json")));
        JsonElement[] optimisers = [.. result.RootElement.GetProperty("optimisers").EnumerateArray()];
        Assert.Equal(
            ["Learned optimiser", "SGD", "RMSProp", "Adam", "Nesterov"], optimisers.Select(one => one.GetProperty("name").GetString()));
        // All start from the same points of the same functions, and tuned optimisers make something of their steps.
        double[][] losses = [.. optimisers.Select(one =>
            one.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("mean").GetDouble()).ToArray())];
        Assert.Single(losses.Select(steps => steps[0]).Distinct());
        Assert.All(losses.Skip(1), steps => Assert.True(steps[20] < 0.8 * steps[0]));

        Assert.Equal(0, MamlCommand.Run("render", run, "--out", folder.In("loss.csv"), "--threads", "1").Code);
        Assert.Contains("Nesterov, rate", File.ReadAllText(folder.In("loss.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotConcernItIsRefusedInOneLine()
    {
        string run = Train(Tiny);

        MamlCommand.Run("eval", run, "--steps", "3").MustFail(2, "leave out --steps");
        MamlCommand.Run("eval", run, "--tasks", "paper").MustFail(2, "For functions --tasks must be test or heldout:N");
        MamlCommand.Run("render", run, "--out", folder.In("a.png"), "--task", "2").MustFail(2, "leave out --task");
        MamlCommand.Run("render", run, "--out", folder.In("a.gif")).MustFail(2, "No plot of kind '.gif'");
        MamlCommand.Run("view", run).MustFail(2, "give one of policies");
        string[] train = ["train", folder.In("tiny.json"), "--set", "optimisees=digits", "--set", "trainingData=no-such-set"];
        MamlCommand.Run([.. train, "--out", folder.In("absent")]).MustFail(2, "There is no data set 'no-such-set'");
    }

    private string Train(string config)
    {
        File.WriteAllText(folder.In("tiny.json"), config);
        string run = folder.In("run");
        Assert.Equal(0, MamlCommand.Run("train", folder.In("tiny.json"), "--out", run, "--threads", "1").Code);
        return run;
    }
}

using System.Text.Json;

namespace MamlRobotics.Cli.Tests;

/// <summary>A training on sinusoids, and what the commands make of it.</summary>
public sealed class SinusoidTests : IDisposable
{
    private const string Tiny = """
        { "problem": "sinusoid", "iterations": 4, "metaBatchSize": 3, "shots": 5, "hiddenSizes": [8], "optimiser": "adam",
          "validationEvery": 2, "validationTasks": 5 }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void IsTrainedEvaluatedAndDrawn()
    {
        string run = Train();
        ProcessResult evaluated = MamlCommand.Run("eval", run, "--tasks", "heldout:20", "--steps", "2", "--json", folder.In("result.json"));
        Assert.Equal(0, evaluated.Code);
        Assert.Contains("20 sinusoids of 5 points", evaluated.Output, StringComparison.Ordinal);
        Assert.Contains("MAML paper", evaluated.Output, StringComparison.Ordinal);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(folder.In("result.json")));
        foreach (JsonElement step in result.RootElement.GetProperty("steps").EnumerateArray())
        {
            double[] losses = [.. step.GetProperty("losses").EnumerateArray().Select(loss => loss.GetDouble())];
            Assert.Equal(20, losses.Length);
            Assert.Equal(losses.Average(), step.GetProperty("mean").GetDouble(), 1e-9);
        }
        if (!OpenGlIsThere(run)) return;
        string[] render = ["render", run, "--out", folder.In("b.png"), "--steps", "1", "--task", "2", "--size", "320x200"];
        Assert.Equal(0, MamlCommand.Run(render).Code);
        Assert.NotEqual(File.ReadAllBytes(folder.In("a.png")), File.ReadAllBytes(folder.In("b.png")));
    }

    [Fact]
    public void WhatIsOfPoliciesAloneIsRefusedInOneLine()
    {
        string run = Train();
        Refuses("give one of policies", "record", run, "--out", folder.In("a.replay"));
        Refuses("give one of policies", "results", run);
        Refuses("give one of policies", "plot", run, "--out", folder.In("a.png"));
        Refuses("leave out --episodes", "eval", run, "--episodes", "3");
        Refuses("leave out --deterministic", "eval", run, "--deterministic");
        Refuses("--tasks must be test or heldout:N", "eval", run, "--tasks", "paper");
        Refuses("leave out --trajectories", "render", run, "--out", folder.In("a.png"), "--trajectories", "3");
    }

    private string Train()
    {
        File.WriteAllText(folder.In("tiny.json"), Tiny);
        string run = folder.In("run");
        Assert.Equal(0, MamlCommand.Run("train", folder.In("tiny.json"), "--out", run).Code);
        return run;
    }

    // Where nothing can be drawn, that is said in one line, which other tests look at.
    private bool OpenGlIsThere(string run) =>
        MamlCommand.Run("render", run, "--out", folder.In("a.png"), "--steps", "2", "--size", "320x200").Code == 0;

    private static void Refuses(string saying, params string[] arguments) => MamlCommand.Run(arguments).MustFail(2, saying);
}

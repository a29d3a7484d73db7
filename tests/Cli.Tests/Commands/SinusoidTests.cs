using System.Globalization;
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
            double[] losses = [.. step.GetProperty("scores").EnumerateArray().Select(loss => loss.GetDouble())];
            Assert.Equal(20, losses.Length);
            Assert.Equal(losses.Average(), step.GetProperty("mean").GetDouble(), 1e-9);
        }
        if (!OpenGlIsThere(run)) return;
        string[] render = ["render", run, "--out", folder.In("b.png"), "--steps", "1", "--task", "2", "--size", "320x200"];
        Assert.Equal(0, MamlCommand.Run(render).Code);
        Assert.NotEqual(File.ReadAllBytes(folder.In("a.png")), File.ReadAllBytes(folder.In("b.png")));
    }

    /// <summary>Steps of a size that no network stands end in losses that are not finite, which are no result.</summary>
    [Fact]
    public void ALossThatIsNotFiniteIsOneLineAndNoFile()
    {
        string run = Train(), result = folder.In("none.json");
        string[] eval = ["eval", run, "--steps", "200", "--tasks", "heldout:3", "--json", result];
        MamlCommand.Run(eval).MustFail(1, "a loss that is not finite after");
        Assert.False(File.Exists(result));
    }

    [Fact]
    public void ItsRunsAreComparedAndPlottedLikeThoseOfPolicies()
    {
        string run = Train();
        MamlCommand.Run("results", run).MustFail(2, "has no evaluation.json");
        string evaluation = Path.Combine(run, "evaluation.json");
        Assert.Equal(0, MamlCommand.Run("eval", run, "--tasks", "heldout:20", "--steps", "2", "--json", evaluation).Code);
        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(evaluation));
        double mean = json.RootElement.GetProperty("steps")[1].GetProperty("mean").GetDouble();
        string printed = mean.ToString("F3", CultureInfo.InvariantCulture);

        string[] table = MamlCommand.Run("results", run).Output.TrimEnd().Split('\n');
        Assert.Equal("| run | seed | training s | step 0 | step 1 | step 2 |", table[0]);
        Assert.Contains($" {printed} ±", table[2], StringComparison.Ordinal);
        Assert.Equal(0, MamlCommand.Run("plot", run, "--out", folder.In("a.csv")).Code);
        string[] lines = File.ReadAllLines(folder.In("a.csv"));
        Assert.Equal("panel,series,run,x,loss,low,high", lines[0]);
        string point = string.Create(CultureInfo.InvariantCulture, $"adaptation,run,,1,{mean:R},");
        Assert.Single(lines, line => line.StartsWith(point, StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.StartsWith("learning,run,", StringComparison.Ordinal)));

        Assert.Equal(0, MamlCommand.Run("plot", run, "--profile", "--out", folder.In("profile.csv")).Code);
        // The share of tasks with a lower loss rises with the loss.
        double[] shares = [.. File.ReadLines(folder.In("profile.csv")).Skip(1)
            .Select(line => double.Parse(line.Split(',')[4], CultureInfo.InvariantCulture))];
        Assert.Equal(shares.Order(), shares);
        Assert.Equal((0, 0.95), (shares[0], shares[^1]));
        Assert.Equal(0, MamlCommand.Run("report", run, "--out", folder.In("report.html")).Code);
        Assert.Contains("<h2>Loss after each gradient step</h2>", File.ReadAllText(folder.In("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsOfPoliciesAloneIsRefusedInOneLine()
    {
        string run = Train();
        Refuses("give one of policies", "record", run, "--out", folder.In("a.replay"));
        Refuses("leave out --episodes", "eval", run, "--episodes", "3");
        Refuses("leave out --deterministic", "eval", run, "--deterministic");
        Refuses("--tasks must be test or heldout:N", "eval", run, "--tasks", "paper");
        Refuses("Only few-shot classification has ways and shots", "render", run, "--out", folder.In("a.png"), "--ways", "3");
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

using System.IO.Compression;
using System.Text.Json.Nodes;

namespace MamlRobotics.Cli.Tests;

/// <summary>A bundle of results is evaluated again by whoever has it.</summary>
public sealed class BundleTests : IClassFixture<TrainedRun>
{
    private readonly TemporaryFolder folder;

    public BundleTests(TrainedRun trained)
    {
        folder = trained.Folder;
        if (File.Exists(Bundle)) return;
        string[] eval = ["eval", Run, "--tasks", "heldout:5", "--steps", "2", "--episodes", "3", "--json", Evaluation];
        Assert.Equal(0, MamlProcess.Run(eval).Code);
        Assert.Equal(0, MamlProcess.Run("results", Run, "--bundle", Bundle).Code);
    }

    private string Run => folder.In("run");

    private string Evaluation => Path.Combine(Run, "evaluation.json");

    private string Bundle => folder.In("a.zip");

    [Fact]
    public void EvaluatingAgainGivesTheSameBits()
    {
        ProcessResult result = MamlProcess.Run("verify", Bundle, "--threads", "2");
        Assert.Equal(0, result.Code);
        string[] rows = result.Output.TrimEnd().Split('\n')[1..];
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.EndsWith("0  the same bits", row));
    }

    [Fact]
    public void ItHoldsTheRunTheTableAndTheCurvesAndTheSameRunGivesTheSameBytes()
    {
        using (ZipArchive archive = ZipFile.OpenRead(Bundle))
        {
            string[] names = [.. archive.Entries.Select(entry => entry.FullName)];
            string[] expected = ["bundle.json", "curves.svg", "results.md", "runs/run/config.json", "runs/run/machine.json"];
            Assert.Empty(expected.Except(names));
            Assert.Contains("runs/run/checkpoints/latest.safetensors", names);
            Assert.DoesNotContain("runs/run/.lock", names);
        }
        Assert.Equal(0, MamlProcess.Run("results", Run, "--bundle", folder.In("again.zip")).Code);
        Assert.Equal(File.ReadAllBytes(Bundle), File.ReadAllBytes(folder.In("again.zip")));
    }

    [Fact]
    public void AReturnThatTheCheckpointDoesNotReachIsFound()
    {
        string before = File.ReadAllText(Evaluation);
        try
        {
            JsonNode evaluation = JsonNode.Parse(before)!;
            JsonArray returns = evaluation["steps"]![1]!["returns"]!.AsArray();
            for (int task = 0; task < returns.Count; task++) returns[task] = returns[task]!.GetValue<double>() + 100;
            File.WriteAllText(Evaluation, evaluation.ToJsonString());
            Assert.Equal(0, MamlProcess.Run("results", Run, "--bundle", folder.In("better.zip")).Code);
        }
        finally
        {
            File.WriteAllText(Evaluation, before);
        }
        ProcessResult result = MamlProcess.Run("verify", folder.In("better.zip"));
        Assert.Equal(1, result.Code);
        Assert.Contains("1 of 3 mean scores are outside the recorded intervals.", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Output.Split('\n'), line => line.EndsWith("DIFFERENT", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "sinusoid", """
        { "problem": "sinusoid", "iterations": 1, "metaBatchSize": 2, "validationTasks": 2, "hiddenSizes": [8],
          "optimiser": "adam", "innerLearningRates": [0.01] }
        """, "--tasks", "heldout:7")]
    [InlineData(
        "pictures", """
        { "problem": "classification", "algorithm": "prototypical", "iterations": 1, "metaBatchSize": 2, "validationTasks": 2,
          "channels": 4, "side": 14, "ways": 3, "queries": 2 }
        """, "--shots", "2", "--data", "strokes-test")]
    [InlineData(
        "memory", """
        { "problem": "classification", "algorithm": "mann", "iterations": 1, "metaBatchSize": 2, "validationTasks": 2,
          "channels": 4, "side": 14, "ways": 3, "queries": 1, "innerSteps": 2, "mann": { "memorySlots": 16, "controllerUnits": 8 } }
        """, "--steps", "3")]
    [InlineData(
        "quadratics", """
        { "problem": "optimisation", "iterations": 1, "metaBatchSize": 2, "validationTasks": 2, "innerSteps": 20 }
        """, "--tasks", "heldout:5")]
    public void EvaluationsOfEveryProblemAreRepeatedToTheSameBits(string name, string config, params string[] settings)
    {
        string run = folder.In(name), evaluation = Path.Combine(run, "evaluation.json"), bundle = folder.In(name + ".zip");
        string file = folder.In(name + ".json");
        File.WriteAllText(file, config);
        Assert.Equal(0, MamlCommand.Run("train", file, "--threads", "1", "--out", run).Code);
        string[] episodes = config.Contains("classification", StringComparison.Ordinal) ? ["--episodes", "6"] : [];
        Assert.Equal(0, MamlCommand.Run(["eval", run, .. settings, .. episodes, "--json", evaluation]).Code);
        Assert.Equal(0, MamlCommand.Run("results", run, "--bundle", bundle).Code);
        ProcessResult result = MamlCommand.Run("verify", bundle, "--threads", "2");
        Assert.Equal(0, result.Code);
        int steps = JsonNode.Parse(File.ReadAllText(evaluation))!["steps"]!.AsArray().Count;
        string[] rows = result.Output.TrimEnd().Split('\n')[1..];
        Assert.Equal(steps, rows.Length);
        Assert.All(rows, row => Assert.EndsWith("0  the same bits", row));
    }

    [Fact]
    public void ADamagedOrForeignBundleIsOneLine()
    {
        string other = folder.In("other.zip");
        MamlProcess.Run("verify", folder.In("none.zip")).MustFail(2, "There is no file");
        byte[] whole = File.ReadAllBytes(Bundle);
        foreach (int length in new[] { 0, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(other, whole[..length]);
            MamlProcess.Run("verify", other).MustFail(2, "is damaged, or no bundle");
        }
        Refuses("is no bundle", archive => archive.GetEntry("bundle.json")!.Delete());
        Refuses("it lacks results.md", archive => archive.GetEntry("results.md")!.Delete());
        Refuses("../outside was added to it", archive => archive.CreateEntry("../outside"));
        Refuses("results.md is not what was packed", archive =>
        {
            archive.GetEntry("results.md")!.Delete();
            archive.CreateEntry("results.md");
        });

        void Refuses(string message, Action<ZipArchive> change)
        {
            File.WriteAllBytes(other, whole);
            using (ZipArchive archive = ZipFile.Open(other, ZipArchiveMode.Update)) change(archive);
            MamlProcess.Run("verify", other).MustFail(2, message);
        }
    }

    [Fact]
    public void RunsOfOneNameAreRefused()
    {
        string other = Path.Combine("elsewhere", "run"), copy = folder.In(other);
        Assert.Equal(0, MamlProcess.Run([.. folder.Train(other, 1), "--seed", "2"]).Code);
        string[] options = ["--tasks", "heldout:5", "--steps", "2", "--episodes", "3", "--json", Path.Combine(copy, "evaluation.json")];
        Assert.Equal(0, MamlProcess.Run(["eval", copy, .. options]).Code);
        MamlProcess.Run("results", Run, copy, "--bundle", folder.In("two.zip")).MustFail(2, "Two of the run folders are named run");
        Assert.False(File.Exists(folder.In("two.zip")));
    }
}

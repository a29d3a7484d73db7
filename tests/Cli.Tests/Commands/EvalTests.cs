using System.Text.Json;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Tests;

public sealed class EvalTests(TrainedRun trained) : IClassFixture<TrainedRun>
{
    private readonly TemporaryFolder folder = trained.Folder;

    private string Best => folder.In("run", "checkpoints", "best.safetensors");

    [Fact]
    public void WritesTheDocumentedJson()
    {
        using JsonDocument document = Evaluate("a.json", "--steps", "2");
        JsonElement root = document.RootElement;

        Assert.Equal(Best, root.GetProperty("checkpoint").GetString());
        Assert.Equal(40, root.GetProperty("tasks").GetInt32());
        Assert.Equal("paper", root.GetProperty("task_source").GetString());
        Assert.Equal("maml-nav", root.GetProperty("environment").GetString());
        Assert.Equal(5, root.GetProperty("iteration").GetInt32());
        Assert.Equal(2, root.GetProperty("episodes").GetInt32());
        Assert.Equal(40, root.GetProperty("seed").GetInt32());
        Assert.False(root.GetProperty("deterministic").GetBoolean());
        Assert.Equal(40, root.GetProperty("task_rows").GetArrayLength());
        Assert.True(root.GetProperty("machine").TryGetProperty("commit", out _));
        Assert.Equal([0, 1, 2], root.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetInt32()));
        foreach (JsonElement step in root.GetProperty("steps").EnumerateArray())
        {
            double[] returns = [.. step.GetProperty("returns").EnumerateArray().Select(value => value.GetDouble())];
            double mean = step.GetProperty("mean").GetDouble();
            Assert.Equal(40, returns.Length);
            Assert.Equal(returns.Average(), mean, 1e-9);
            Assert.InRange(mean, step.GetProperty("ci95")[0].GetDouble(), step.GetProperty("ci95")[1].GetDouble());
            Assert.True(step.GetProperty("stderr").GetDouble() > 0);
            Assert.True(step.GetProperty("regret").GetDouble() > 0);
        }
    }

    [Fact]
    public void GivesTheSameForTheSameSeed()
    {
        using JsonDocument one = Evaluate("one.json", "--seed", "5", "--threads", "1");
        using JsonDocument two = Evaluate("two.json", "--seed", "5", "--threads", "1");
        using JsonDocument other = Evaluate("other.json", "--seed", "6");
        Assert.Equal(one.RootElement.ToString(), two.RootElement.ToString());
        Assert.NotEqual(one.RootElement.ToString(), other.RootElement.ToString());
    }

    [Fact]
    public void TakesHeldOutTasksAndTasksOfAFileAndARunFolder()
    {
        using JsonDocument heldOut = Evaluate("h.json", "--tasks", "heldout:7");
        using JsonDocument file = Evaluate("f.json", "--tasks", folder.In("run", "tasks", "validation.csv"));
        Assert.Equal(7, heldOut.RootElement.GetProperty("tasks").GetInt32());
        Assert.Equal(3, file.RootElement.GetProperty("tasks").GetInt32());
        Assert.Equal(0, MamlCommand.Run("eval", folder.In("run"), "--steps", "0", "--episodes", "1").Code);
    }

    [Theory]
    [InlineData("--tasks heldout:none", "heldout:40")]
    [InlineData("--tasks nowhere.csv", "there is no file 'nowhere.csv'")]
    [InlineData("--steps -1", "--steps must be a whole number")]
    [InlineData("--episodes 0", "--episodes must be a whole number")]
    public void RefusesWrongOptions(string arguments, string saying) =>
        MamlCommand.Run(["eval", Best, .. arguments.Split(' ')]).MustFail(2, saying);

    [Fact]
    public void RefusesADamagedCheckpointWhereverItIsCutOff()
    {
        byte[] whole = File.ReadAllBytes(Best);
        foreach (int length in new[] { 0, 4, 8, 100, whole.Length / 2, whole.Length - 1 })
        {
            File.WriteAllBytes(folder.In("cut.safetensors"), whole[..length]);
            MamlCommand.Run("eval", folder.In("cut.safetensors")).MustFail(2, "cut.safetensors");
        }
    }

    [Fact]
    public void MeasuresAgainstTheBestKnownReturnWhereNoOptimumIsKnown()
    {
        Assert.Equal(0, MamlCommand.Run([.. folder.Train("sparse", 1), "environment=gymnax-point"]).Code);
        string json = folder.In("sparse.json");
        string[] options = ["--tasks", "heldout:2", "--steps", "0", "--episodes", "2", "--json", json];
        Assert.Equal(0, MamlCommand.Run(["eval", folder.In("sparse"), .. options]).Code);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllText(json));
        JsonElement step = document.RootElement.GetProperty("steps")[0];
        Assert.True(step.GetProperty("regret").GetDouble() > 0);
        Assert.Equal("best known", step.GetProperty("regret_to").GetString());
        MamlCommand.Run("eval", folder.In("sparse"), "--tasks", "paper").MustFail(2, "not of gymnax-point");
    }

    [Theory]
    [InlineData("focal-wind", "40 tasks (test)")]
    [InlineData("promp-corners", "4 tasks (test, also trained on)")]
    [InlineData("pearl-point-sparse", "20 tasks (test)")]
    [InlineData("maml-nav", "40 tasks (paper)")]
    public void TheCommandThatTrainingEndsWithEvaluatesEveryFamilyOnItsTestTasks(string environment, string saying)
    {
        ProcessResult trained = MamlCommand.Run([.. folder.Train(environment, 1), "environment=" + environment]);
        string command = trained.Output.TrimEnd().Split("Evaluate with: maml ")[1];
        ProcessResult evaluated = MamlCommand.Run([.. command.Split(' '), "--episodes", "1", "--steps", "1"]);
        Assert.Equal(0, evaluated.Code);
        Assert.StartsWith(saying, evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TheMemoryOfRl2TakesNoGradientSteps()
    {
        File.WriteAllText(folder.In("rl2.json"), """
            { "algorithm": "rl2", "network": "gru", "hiddenSizes": [4], "iterations": 1, "metaBatchSize": 2, "trajectoriesPerTask": 2 }
            """);
        ProcessResult trained = MamlCommand.Run("train", folder.In("rl2.json"), "--out", folder.In("rl2"), "--threads", "1");
        Assert.Contains(" return by memory update: ", trained.Output, StringComparison.Ordinal);
        ProcessResult evaluated = MamlCommand.Run("eval", folder.In("rl2"), "--tasks", "heldout:2", "--episodes", "1", "--steps", "1");
        Assert.Contains("\nmemory updates    return", evaluated.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void TakesTheLatestCheckpointBeforeTheFirstValidationAndSaysSo()
    {
        string run = folder.In("unvalidated");
        Directory.CreateDirectory(Path.Combine(run, "checkpoints"));
        File.Copy(folder.In("run", "checkpoints", "latest.safetensors"), Path.Combine(run, "checkpoints", "latest.safetensors"));
        ProcessResult result = MamlCommand.Run("eval", run, "--episodes", "1", "--steps", "0");
        Assert.Equal(("", 0), (result.Error, result.Code));
        string notice = $"{run} has not been validated yet, so it has no best checkpoint; its latest one is used.";
        Assert.StartsWith(notice, result.Output, StringComparison.Ordinal);
        Assert.Contains("For comparison, standing still returns -40.0", result.Output, StringComparison.Ordinal);
    }

    /// <summary>One line that names task and quantity, and no file, from every command that lets a policy act.</summary>
    [Fact]
    public void EndsWhereAPolicyIsNotFinite()
    {
        Safetensors sound = Safetensors.Read(Best);
        var arrays = new Dictionary<string, NamedArray>(sound.Arrays);
        float[] last = [.. (float[])arrays["theta.mean.bias"].Data];
        last[0] = float.NaN;
        arrays["theta.mean.bias"] = arrays["theta.mean.bias"] with { Data = last };
        string file = folder.In("nan.safetensors");
        new Safetensors(arrays, sound.Metadata).Write(file);
        string[] outputs = [folder.In("nan.json"), folder.In("nan.png"), folder.In("nan.replay")];
        string[][] commands =
        [
            ["eval", file, "--steps", "1", "--json", outputs[0]],
            ["render", file, "--out", outputs[1]],
            ["record", file, "--out", outputs[2]],
        ];
        foreach (string[] command in commands)
            MamlCommand.Run(command).MustFail(1, "has actions that are not finite after 0 gradient steps");
        Assert.DoesNotContain(outputs, File.Exists);
    }

    [Theory]
    [InlineData("promp-corners", "training draws all of its 4 tasks")]
    [InlineData("acrobot", "training draws its only task")]
    public void HoldsOutNoTaskOfAListThatIsTrainedOn(string environment, string saying)
    {
        Assert.Equal(0, MamlCommand.Run([.. folder.Train("list-" + environment, 1), "environment=" + environment]).Code);
        MamlCommand.Run("eval", folder.In("list-" + environment), "--tasks", "heldout:4").MustFail(2, saying);
    }

    private JsonDocument Evaluate(string name, params string[] more)
    {
        ProcessResult result = MamlCommand.Run(["eval", Best, "--episodes", "2", "--device", "cpu", "--json", folder.In(name), .. more]);
        Assert.Equal("", result.Error);
        return JsonDocument.Parse(File.ReadAllText(folder.In(name)));
    }
}

using System.Globalization;

namespace MamlRobotics.Cli.Tests;

/// <summary>Evaluated runs side by side, made by hand so that every number is known.</summary>
public sealed class ResultsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PrintsEachRunWithHalfItsIntervalAndTheMedian()
    {
        // Three tasks 1 apart: deviation 1, and the 97.5 % point of Student's t of 2 degrees is 4.302653, so 2.4841 to each side.
        string[] runs = [Run("a", 1, -10, spread: 1), Run("b", 2, -12, spread: 0.1), Run("c", 3, -11, spread: 10)];
        ProcessResult result = MamlCommand.Run(["results", .. runs]);

        Assert.Equal(("", 0), (result.Error, result.Code));
        Assert.Equal(
        [
            "| run | seed | training s | M steps | step 0 | step 1 |",
            "| --- | ---: | ---: | ---: | ---: | ---: |",
            "| a | 1 | 3 | 0.2 | -40.00 ±2.5 | -10.00 ±2.5 |",
            "| b | 2 | 3 | 0.2 | -40.00 ±0.25 | -12.00 ±0.25 |",
            "| c | 3 | 3 | 0.2 | -40.00 ±25 | -11.00 ±25 |",
            "| median |  | 3 | 0.2 | -40.00 | -11.00 |",
        ], result.Output.TrimEnd().Split('\n'));
    }

    /// <summary>A median over runs of which one is another configuration, or is not done, is of nothing.</summary>
    [Fact]
    public void TakesNoMedianOverDifferentConfigurationsOrNumbersOfIterations()
    {
        string promp = Run("promp-1", 1, -5, settings: ", \"algorithm\": \"promp\""), stopped = Run("stopped", 3, -20, rows: 1);
        string[] runs = [Run("maml-1", 1, -10), Run("maml-2", 2, -12), promp, stopped];
        ProcessResult result = MamlCommand.Run(["results", .. runs]);
        Assert.Equal(
        [
            "| maml-1 | 1 | 3 | 0.2 | -40.00 ±2.5 | -10.00 ±2.5 |",
            "| maml-2 | 2 | 3 | 0.2 | -40.00 ±2.5 | -12.00 ±2.5 |",
            "| median of the 2 above | | 3 | 0.2 | -40.00 | -11.00 |",
            "| stopped (1 of 2 iterations) | 3 | 2 | 0.1 | -40.00 ±2.5 | -20.00 ±2.5 |",
            "| promp-1 | 1 | 3 | 0.2 | -40.00 ±2.5 | -5.00 ±2.5 |",
        ], result.Output.TrimEnd().Split('\n')[2..].Select(line => line.Replace("|  |", "| |", StringComparison.Ordinal)));
    }

    [Fact]
    public void MarksTheStepsThatARunWasNotEvaluatedOn()
    {
        string longer = Run("a", 1, -10), shorter = Run("b", 2, -12, steps: 1);
        string[] lines = MamlCommand.Run("results", longer, shorter).Output.TrimEnd().Split('\n');
        Assert.Equal("| b | 2 | 3 | 0.2 | -40.00 ±2.5 | - |", lines[3]);
        Assert.EndsWith("| -40.00 | - |", lines[4]);
    }

    [Fact]
    public void NamesOfAnyKindLeaveTheTableWhole()
    {
        ProcessResult result = MamlCommand.Run("results", Run("a|b", 1, -10), Run(@"back\|slash", 2, -10), Run("two\nlines", 3, -10));
        Assert.Equal(
        [
            @"| a\|b | 1 | 3 | 0.2 | -40.00 ±2.5 | -10.00 ±2.5 |",
            @"| back\\\|slash | 2 | 3 | 0.2 | -40.00 ±2.5 | -10.00 ±2.5 |",
            "| two lines | 3 | 3 | 0.2 | -40.00 ±2.5 | -10.00 ±2.5 |",
        ], result.Output.Split('\n')[2..5]);
    }

    [Fact]
    public void ACommandThatIsSuggestedCanBePasted()
    {
        string run = Run("my run", 1, -10);
        File.Delete(Path.Combine(run, "evaluation.json"));
        string command = $"maml eval '{run}' --json '{Path.Combine(run, "evaluation.json")}'";
        MamlCommand.Run("results", run).MustFail(2, command);
    }

    [Fact]
    public void RefusesWhatCannotBePutSideBySide()
    {
        string nav = Run("nav", 1, -10), arm = Run("arm", 1, -10, environment: "arm-goals");
        string other = Run("other", 2, -10, goal: 0.5), bare = Run("bare", 3, -10);
        File.Delete(Path.Combine(bare, "evaluation.json"));
        MamlCommand.Run("results", nav, arm).MustFail(2, "of arm-goals, whose scores mean different things");
        MamlCommand.Run("results", nav, other).MustFail(2, "are evaluated on different tasks");
        MamlCommand.Run("results", nav, bare).MustFail(2, $"evaluate it with: maml eval {bare} --json");
    }

    /// <summary>A folder with a run of two iterations that took 3 s and 200,000 steps.</summary>
    private string Run(
        string name, int seed, double after, double spread = 1, string environment = "maml-nav", double goal = 0, string settings = "",
        int rows = 2, int steps = 2)
    {
        string path = folder.In(name);
        Directory.CreateDirectory(path);
        string config = $$"""{"iterations": 2, "seed": {{seed}}, "environment": "{{environment}}"{{settings}}}""";
        File.WriteAllText(Path.Combine(path, "config.json"), config);
        string[] lines = ["iteration,live_steps,sampling_s,outer_s\n", "1,150000,1,1\n", "2,50000,0,1\n"];
        File.WriteAllText(Path.Combine(path, "metrics.csv"), string.Concat(lines[..(rows + 1)]));
        string Step(int step, double mean) => string.Create(CultureInfo.InvariantCulture,
            $$"""{"step": {{step}}, "regret": {{-mean}}, "returns": [{{mean - spread}}, {{mean}}, {{mean + spread}}]}""");
        string[] evaluated = [.. new[] { Step(0, -40), Step(1, after) }[..steps]];
        File.WriteAllText(Path.Combine(path, "evaluation.json"), string.Create(CultureInfo.InvariantCulture, $$"""
            {
              "checkpoint": "x", "iteration": 1, "environment": "{{environment}}",
              "tasks": 3, "task_source": "test", "task_columns": ["goal_x"], "task_rows": [[{{goal}}], [1], [2]],
              "episodes": 40, "seed": 40, "deterministic": false, "machine": {}, "steps": [{{string.Join(", ", evaluated)}}]
            }
            """));
        return path;
    }
}

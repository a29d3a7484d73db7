using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public sealed class RecordedRunTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("maml-run-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void A_run_that_goes_on_is_read_without_the_row_that_is_being_written()
    {
        File.WriteAllText(In("config.json"), "{}");
        const string Header = "iteration,query_return,validation_return_1,sampling_s,outer_s";
        File.WriteAllText(In("metrics.csv"), $"{Header}\n1,-5.5,,0.25,1\n2,-4,-3.5,0.5,2\n3,-");
        // The training keeps the file open in this way.
        using var held = new FileStream(In("metrics.csv"), FileMode.Append, FileAccess.Write, FileShare.Read);
        RecordedRun run = RecordedRun.Read(folder);
        Assert.Equal([1, 2], run.Metrics["iteration"]);
        Assert.Equal([-5.5, -4], run.Metrics["query_return"]);
        Assert.Equal([double.NaN, -3.5], run.Metrics["validation_return_1"]);
        Assert.Equal(3.75, run.TrainingSeconds);
        Assert.Null(run.Evaluation);
    }

    [Fact]
    public void Optimal_control_is_that_of_the_tasks_that_the_run_was_validated_on()
    {
        File.WriteAllText(In("config.json"), "{}");
        File.WriteAllText(In("metrics.csv"), "iteration\n1\n");
        Assert.True(double.IsNaN(PolicyRuns.OptimalOnValidation(RecordedRun.Read(folder))));
        Directory.CreateDirectory(In("tasks"));
        // 0.1 a step and axis, and the reward is the distance that is left: -0.2 and -0.1 on the way to 0.3.
        File.WriteAllText(In("tasks", "validation.csv"), "goal_x,goal_y\n0.3,0\n0.3,0\n");
        Assert.Equal(-0.3, PolicyRuns.OptimalOnValidation(RecordedRun.Read(folder)), 1e-12);
    }

    [Fact]
    public void An_evaluation_is_read_as_it_was_written()
    {
        StepEvaluation[] written =
        [
            new(0, [-3, -7.5, -1.25], double.NaN, ReturnKind.BestKnown),
            new(1, [-2, -1, -0.1], 0.3, ReturnKind.BestKnown),
        ];
        var tasks = new TaskBatch(["goal_x", "goal_y"], [0.1, 0.2, -0.3, 0.4, 0.5, 1.0 / 3]);
        var protocol = new EvaluationProtocol("arm-goals", 7, "heldout:3", tasks, 40, 5, true);
        EvaluationFile.Write(In("evaluation.json"), "best.safetensors", protocol, Machine.Describe(CPU, 3), written);
        PolicyEvaluation read = EvaluationFile.Read(In("evaluation.json"));
        Assert.Equal(written.Select(Plain), read.Returns.Select(Plain));
        Assert.True(protocol.Tasks.IsSameAs(read.Protocol!.Tasks));
        Assert.Equal(protocol, read.Protocol with { Tasks = protocol.Tasks });
        JsonNode machine = JsonNode.Parse(File.ReadAllText(In("evaluation.json")))!["machine"]!;
        Assert.Equal((Machine.Commit, 3), (machine["commit"]!.GetValue<string>(), machine["threads"]!.GetValue<int>()));

        static (int, string, double, ReturnKind) Plain(StepEvaluation step) =>
            (step.Step, string.Join(' ', step.Returns), step.Regret, step.RegretTo);
    }

    [Fact]
    public void Scores_of_other_problems_are_read_as_they_were_written_and_compared_on_the_same_tasks_alone()
    {
        StepScores[] written = [new(0, [0.25, 1.0 / 3]), new(1, [0.5, 1])];
        var evaluation = new RecordedEvaluation(written, 7, "2 episodes, seed 1");
        ScoresFile.Write(In("evaluation.json"), "best.safetensors", evaluation, [], Machine.Describe(CPU, 3));
        RecordedEvaluation read = ScoresFile.Read(In("evaluation.json"));
        Assert.Equal((7, "2 episodes, seed 1"), (read.Iteration, read.Tasks));
        Assert.Equal(written.Select(step => (step.Step, step.Values[0], step.Values[1])),
            read.Steps.Select(step => (step.Step, step.Values[0], step.Values[1])));
        Assert.Null(evaluation.WhyIncomparable(read, "a and b"));
        Assert.StartsWith("a and b are evaluated on different tasks", evaluation.WhyIncomparable(read with { Tasks = "other" }, "a and b"));
        foreach (string damaged in (string[])["{}", "[", """{"iteration": 1, "tasks": "", "steps": []}""",
            """{"iteration": 1, "tasks": "", "steps": [{"scores": [1]}, {"scores": [1, 2]}]}"""])
        {
            File.WriteAllText(In("evaluation.json"), damaged);
            Assert.Contains("is damaged", Assert.Throws<InputException>(() => ScoresFile.Read(In("evaluation.json"))).Message);
        }
    }

    [Fact]
    public void A_return_that_is_not_finite_is_neither_shown_nor_left_out_but_refused()
    {
        File.WriteAllText(In("evaluation.json"), """
            {"steps": [{"step": 0, "regret": 1, "returns": [-1, -2]}, {"step": 1, "regret": 1, "returns": [-1, null]}]}
            """);
        string message = Assert.Throws<InputException>(() => EvaluationFile.Read(In("evaluation.json"))).Message;
        Assert.Contains("evaluation.json has no finite return for task 2 after 1 gradient steps", message);
        // The regret of an unknown optimum is not a number, and a validation that was not made is empty.
        File.WriteAllText(In("metrics.csv"), "iteration,query_return,regret,validation_return_1\n1,-1,NaN,\n2,-1,NaN,NaN\n");
        Assert.Contains("Row 2 of", Assert.Throws<InputException>(() => MetricsFile.Read(In("metrics.csv"))).Message);
        File.WriteAllText(In("metrics.csv"), "iteration,query_return,regret,validation_return_1\n1,-1,NaN,\n2,-1,NaN,-3\n");
        Assert.Equal([double.NaN, -3], MetricsFile.Read(In("metrics.csv"))["validation_return_1"]);
    }

    [Fact]
    public void Training_is_measured_by_iterations_environment_steps_and_seconds()
    {
        File.WriteAllText(In("config.json"), """{"iterations": 3}""");
        File.WriteAllText(In("metrics.csv"), "iteration,live_steps,sampling_s,outer_s\n1,100,0.25,1\n2,300,0.5,2\n");
        RecordedRun run = RecordedRun.Read(folder);
        Assert.Equal([1, 2], run.Along(TrainingAxis.Iterations));
        Assert.Equal([100, 400], run.Along(TrainingAxis.Steps));
        Assert.Equal([1.25, 3.75], run.Along(TrainingAxis.Seconds));
        Assert.Equal((2, true), (run.Iterations, run.IsUnfinished));
        File.WriteAllText(In("metrics.csv"), "iteration\n1\n");
        string message = Assert.Throws<InputException>(() => RecordedRun.Read(folder).Along(TrainingAxis.Steps)).Message;
        Assert.Contains("do not tell its steps", message);
    }

    [Fact]
    public void An_evaluation_of_a_version_that_kept_no_protocol_is_read_too()
    {
        File.WriteAllText(In("evaluation.json"), """
            {"checkpoint": "x", "tasks": 2, "steps": [{"step": 0, "mean": -2, "regret": 1.5, "returns": [-1, -3]}]}
            """);
        PolicyEvaluation read = EvaluationFile.Read(In("evaluation.json"));
        Assert.Equal((-2, 1.5, null), (read.Returns[0].Mean, read.Returns[0].Regret, read.Protocol));
    }

    [Theory]
    [InlineData("[[1, 2]]")]
    [InlineData("[[1], [2], [3]]")]
    [InlineData("[1, 2]")]
    public void An_evaluation_whose_tasks_are_not_its_returns_is_damaged(string rows)
    {
        File.WriteAllText(In("evaluation.json"), $$"""
            {"iteration": 1, "environment": "acrobot", "tasks": 2, "task_source": "test", "episodes": 1, "seed": 1, "deterministic": false,
             "steps": [{"step": 0, "regret": 1.5, "returns": [-1, -3]}], "task_columns": ["gravity"], "task_rows": {{rows}}}
            """);
        Assert.Contains("is damaged", Assert.Throws<InputException>(() => EvaluationFile.Read(In("evaluation.json"))).Message);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"steps": []}""")]
    [InlineData("""{"steps": [null]}""")]
    [InlineData("""{"steps": [{"step": 0, "regret": 1.5}]}""")]
    [InlineData("""{"steps": [{"step": 0, "regret": 1.5, "returns": ["-1"]}]}""")]
    [InlineData("""{"steps": [{"step": 0, "regret": 1.5, "returns": [-1]}], "task_rows": [[1]]}""")]
    public void An_evaluation_that_lacks_something_is_damaged(string content)
    {
        File.WriteAllText(In("evaluation.json"), content);
        Assert.Contains("is damaged", Assert.Throws<InputException>(() => EvaluationFile.Read(In("evaluation.json"))).Message);
    }

    private string In(params string[] parts) => Path.Combine([folder, .. parts]);
}

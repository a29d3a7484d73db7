using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>What an evaluation was made of.</summary>
/// <param name="Environment">The family of the tasks</param>
/// <param name="Iteration">Of the checkpoint</param>
/// <param name="TaskSource">How the tasks were asked for</param>
/// <param name="Episodes">Per task and step</param>
/// <param name="Deterministic">Whether the returns are of mean actions</param>
public sealed record EvaluationProtocol(string Environment, int Iteration, string TaskSource, TaskBatch Tasks, int Episodes, long Seed, bool Deterministic);

/// <summary>An evaluation as a file keeps it.</summary>
/// <param name="Protocol">Null in a file of an earlier version, which kept none</param>
public sealed record RecordedEvaluation(IReadOnlyList<StepEvaluation> Steps, EvaluationProtocol? Protocol = null);

/// <summary>evaluation.json: the return after each gradient step, of every task and on average, and what it was measured on.</summary>
public static class EvaluationFile
{
    private const string Optimal = "optimal control", BestKnown = "best known";

    /// <param name="machine">As <see cref="Machine.Describe"/> says</param>
    public static void Write(string path, string checkpoint, EvaluationProtocol protocol, JsonObject machine, IReadOnlyList<StepEvaluation> steps)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        AtomicFile.WriteText(path, new JsonObject
        {
            ["checkpoint"] = checkpoint,
            ["iteration"] = protocol.Iteration,
            ["environment"] = protocol.Environment,
            ["tasks"] = protocol.Tasks.Count,
            ["task_source"] = protocol.TaskSource,
            ["episodes"] = protocol.Episodes,
            ["seed"] = protocol.Seed,
            ["deterministic"] = protocol.Deterministic,
            ["machine"] = machine,
            ["steps"] = new JsonArray([.. steps.Select(Step)]),
            ["task_columns"] = new JsonArray([.. protocol.Tasks.Columns.Select(name => JsonValue.Create(name))]),
            ["task_rows"] = new JsonArray([.. Enumerable.Range(0, protocol.Tasks.Count).Select(task => new JsonArray([.. protocol.Tasks.Row(task).ToArray().Select(Number)]))]),
        }.ToJsonString(new() { WriteIndented = true }));
    }

    /// <exception cref="InputException">The file is no evaluation.</exception>
    public static RecordedEvaluation Read(string path)
    {
        try
        {
            JsonNode root = JsonNode.Parse(File.ReadAllText(path))!;
            StepEvaluation[] steps = [.. root["steps"]!.AsArray().Select((step, index) => new StepEvaluation(
                index, [.. step!["returns"]!.AsArray().Select(Value)], Value(step["regret"]),
                step["regret_to"]?.GetValue<string>() == BestKnown ? ReturnKind.BestKnown : ReturnKind.Optimal))];
            EvaluationProtocol? protocol = root["task_rows"] is null ? null : Protocol(root);
            int tasks = protocol?.Tasks.Count ?? steps[0].Returns.Count;
            return steps.Length > 0 && steps.All(step => step.Returns.Count == tasks) ? new(steps, protocol) : throw new FormatException();
        }
        catch (Exception problem) when (problem is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new InputException($"{path} is damaged; evaluate the run again.");
        }
    }

    private static JsonObject Step(StepEvaluation step) => new()
    {
        ["step"] = step.Step,
        ["mean"] = Number(step.Mean),
        ["stderr"] = Number(step.StandardError),
        ["ci95"] = new JsonArray(Number(step.Interval.Low), Number(step.Interval.High)),
        ["regret"] = Number(step.Regret),
        ["regret_to"] = step.RegretTo == ReturnKind.Optimal ? Optimal : BestKnown,
        ["returns"] = new JsonArray([.. step.Returns.Select(Number)]),
    };

    private static EvaluationProtocol Protocol(JsonNode root)
    {
        string[] columns = [.. root["task_columns"]!.AsArray().Select(name => name!.GetValue<string>())];
        double[][] rows = [.. root["task_rows"]!.AsArray().Select(row => (double[])[.. row!.AsArray().Select(Value)])];
        if (rows.Any(row => row.Length != columns.Length)) throw new FormatException();
        return new EvaluationProtocol(
            root["environment"]!.GetValue<string>(), root["iteration"]!.GetValue<int>(), root["task_source"]!.GetValue<string>(), new TaskBatch(columns, [.. rows.SelectMany(row => row)]),
            root["episodes"]!.GetValue<int>(), root["seed"]!.GetValue<long>(), root["deterministic"]!.GetValue<bool>());
    }

    // JSON has no word for a number that is not one, such as the regret where no optimum is known.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Value(JsonNode? number) => number?.GetValue<double>() ?? double.NaN;
}

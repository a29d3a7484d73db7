using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>The tasks and settings of an evaluation.</summary>
/// <param name="Environment">The family of the tasks</param>
/// <param name="Iteration">The iteration of the checkpoint</param>
/// <param name="TaskSource">How the tasks were chosen, such as the option that names them</param>
/// <param name="Episodes">The number of episodes for each task and step</param>
/// <param name="Deterministic">Whether the policies act by their mean</param>
public sealed record EvaluationProtocol(
    string Environment, int Iteration, string TaskSource, TaskBatch Tasks, int Episodes, long Seed, bool Deterministic)
{
    /// <summary>The tasks and episodes in words.</summary>
    public string Describe()
    {
        string episodes = FormattableString.Invariant($"{Episodes} fresh episodes per task and step, seed {Seed}");
        return FormattableString.Invariant($"{Tasks.Count} tasks ({TaskSource}), {episodes}")
            + (Deterministic ? ", acting by the mean" : "");
    }
}

/// <summary>An evaluation of policies as a file keeps it.</summary>
/// <param name="Returns">The returns after 0 to K inner steps</param>
/// <param name="Protocol">Null for a file of an earlier version, which has no protocol</param>
public sealed record PolicyEvaluation(IReadOnlyList<StepEvaluation> Returns, EvaluationProtocol? Protocol = null)
    : RecordedEvaluation(
        Returns, Protocol?.Iteration, Protocol?.Describe() ?? FormattableString.Invariant($"{Returns[0].Values.Count} tasks"))
{
    /// <inheritdoc/>
    public override string? WhyIncomparable(RecordedEvaluation other, string pair)
    {
        if (other is not PolicyEvaluation policies || !IsOfTheTasksOf(policies)) return OfDifferentTasks(pair);
        return Protocol is { } one && policies.Protocol is { } another && one.Deterministic != another.Deterministic
            ? $"Of {pair} one is evaluated with --deterministic and the other not; evaluate one of them again." : null;
    }

    private bool IsOfTheTasksOf(PolicyEvaluation other)
    {
        if (Protocol is not null && other.Protocol is not null) return Protocol.Tasks.IsSameAs(other.Protocol.Tasks);
        // The best return depends only on the tasks, so where it differs, the tasks differ.
        StepEvaluation first = Returns[0], second = other.Returns[0];
        double best = first.Mean + first.Regret;
        bool isOtherBest = Math.Abs(second.Mean + second.Regret - best) > 1e-6 * Math.Abs(best);
        return first.Returns.Count == second.Returns.Count && !isOtherBest;
    }
}

/// <summary>
/// evaluation.json of a run folder: the return of every task and the mean return after each gradient step, with the tasks and the
/// machine on which they were measured.
/// </summary>
public static class EvaluationFile
{
    private const string Optimal = "optimal control", BestKnown = "best known";

    /// <param name="machine">The description of <see cref="Machine.Describe"/></param>
    public static void Write(
        string path, string checkpoint, EvaluationProtocol protocol, JsonObject machine, IReadOnlyList<StepEvaluation> steps)
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
            ["task_rows"] = new JsonArray([.. Enumerable.Range(0, protocol.Tasks.Count).Select(task => Row(protocol.Tasks, task))]),
        }.ToJsonString(new() { WriteIndented = true }));
    }

    /// <exception cref="InputException">The file is not an evaluation, or has a return that is not finite.</exception>
    public static PolicyEvaluation Read(string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(InputFile.ReadText(path));
            JsonElement root = file.RootElement;
            StepEvaluation[] steps = [.. root.GetProperty("steps").EnumerateArray().Select(StepOf)];
            EvaluationProtocol? protocol = root.TryGetProperty("task_rows", out _) ? Protocol(root) : null;
            int tasks = protocol?.Tasks.Count ?? steps[0].Returns.Count;
            if (steps.Length == 0 || steps.Any(step => step.Returns.Count != tasks)) throw new FormatException();
            RequireFinite(path, steps);
            return new(steps, protocol);
        }
        catch (Exception problem) when (IsOfContent(problem))
        {
            throw new InputException($"{path} is damaged; evaluate the run again.");
        }
    }

    // The exceptions of reading JSON that lacks a property or has one of another type.
    private static bool IsOfContent(Exception problem) => problem
        is JsonException or InvalidOperationException or FormatException
        or ArgumentException or IndexOutOfRangeException or KeyNotFoundException;

    private static void RequireFinite(string path, StepEvaluation[] steps)
    {
        foreach (StepEvaluation step in steps)
        {
            int task = step.Returns.ToList().FindIndex(value => !double.IsFinite(value));
            if (task >= 0)
            {
                throw new InputException(FormattableString.Invariant(
                    $"{path} has no finite return for task {task + 1} after {step.Step} gradient steps; evaluate the run again."));
            }
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

    private static StepEvaluation StepOf(JsonElement step, int index)
    {
        double[] returns = [.. step.GetProperty("returns").EnumerateArray().Select(Value)];
        double regret = step.TryGetProperty("regret", out JsonElement value) ? Value(value) : double.NaN;
        bool isToBestKnown = step.TryGetProperty("regret_to", out JsonElement to) && to.GetString() == BestKnown;
        return new StepEvaluation(index, returns, regret, isToBestKnown ? ReturnKind.BestKnown : ReturnKind.Optimal);
    }

    private static JsonArray Row(TaskBatch tasks, int task) => new([.. tasks.Row(task).ToArray().Select(Number)]);

    private static EvaluationProtocol Protocol(JsonElement root)
    {
        string[] columns = [.. root.GetProperty("task_columns").EnumerateArray().Select(Text)];
        double[][] rows = [.. root.GetProperty("task_rows").EnumerateArray().Select(Row)];
        if (rows.Any(row => row.Length != columns.Length)) throw new FormatException();
        return new EvaluationProtocol(
            Text(root.GetProperty("environment")),
            root.GetProperty("iteration").GetInt32(),
            Text(root.GetProperty("task_source")),
            new TaskBatch(columns, [.. rows.SelectMany(row => row)]),
            root.GetProperty("episodes").GetInt32(),
            root.GetProperty("seed").GetInt64(),
            root.GetProperty("deterministic").GetBoolean());
    }

    private static double[] Row(JsonElement row) => [.. row.EnumerateArray().Select(Value)];

    // JSON has no NaN, which stands for a regret where no optimum is known.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Value(JsonElement number) => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble();

    private static string Text(JsonElement text) => text.GetString() ?? throw new FormatException();
}

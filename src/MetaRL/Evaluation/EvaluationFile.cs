using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>evaluation.json: the return after each gradient step, of every task and on average.</summary>
public static class EvaluationFile
{
    private const string Optimal = "optimal control", BestKnown = "best known";

    public static void Write(string path, string checkpoint, IReadOnlyList<StepEvaluation> steps) => AtomicFile.WriteText(path, new JsonObject
    {
        ["checkpoint"] = checkpoint,
        ["tasks"] = steps[0].Returns.Count,
        ["steps"] = new JsonArray(
        [
            .. steps.Select(step => new JsonObject
            {
                ["step"] = step.Step,
                ["mean"] = Number(step.Mean),
                ["stderr"] = Number(step.StandardError),
                ["ci95"] = new JsonArray(Number(step.Interval.Low), Number(step.Interval.High)),
                ["regret"] = Number(step.Regret),
                ["regret_to"] = step.RegretTo == ReturnKind.Optimal ? Optimal : BestKnown,
                ["returns"] = new JsonArray([.. step.Returns.Select(Number)]),
            }),
        ]),
    }.ToJsonString(new() { WriteIndented = true }));

    /// <exception cref="InputException">The file is no evaluation.</exception>
    public static IReadOnlyList<StepEvaluation> Read(string path)
    {
        try
        {
            StepEvaluation[] steps = [.. JsonNode.Parse(File.ReadAllText(path))!["steps"]!.AsArray().Select((step, index) => new StepEvaluation(
                index, [.. step!["returns"]!.AsArray().Select(Value)], Value(step["regret"]),
                step["regret_to"]?.GetValue<string>() == BestKnown ? ReturnKind.BestKnown : ReturnKind.Optimal))];
            return steps.Length > 0 && steps.All(step => step.Returns.Count == steps[0].Returns.Count) ? steps : throw new FormatException();
        }
        catch (Exception problem) when (problem is JsonException or NullReferenceException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InputException($"{path} is damaged; evaluate the run again.");
        }
    }

    // JSON has no word for a number that is not one, such as the regret where no optimum is known.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static double Value(JsonNode? number) => number?.GetValue<double>() ?? double.NaN;
}

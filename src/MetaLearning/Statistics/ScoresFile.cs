using System.Text.Json;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>evaluation.json of a run of a problem whose scores are numbers of tasks and nothing else.</summary>
public static class ScoresFile
{
    /// <param name="checkpoint">The path of the checkpoint</param>
    /// <param name="settings">The settings of the evaluation, such as the seed</param>
    /// <param name="machine">A description of the machine</param>
    public static void Write(string path, string checkpoint, RecordedEvaluation evaluation, JsonObject settings, JsonObject machine)
    {
        var file = new JsonObject
        {
            ["checkpoint"] = checkpoint, ["iteration"] = evaluation.Iteration, ["tasks"] = evaluation.Tasks, ["machine"] = machine,
            ["steps"] = new JsonArray([.. evaluation.Steps.Select(Step)]),
        };
        foreach ((string key, JsonNode? value) in settings) file[key] = value?.DeepClone();
        AtomicFile.WriteText(path, file.ToJsonString(new() { WriteIndented = true }));
    }

    /// <exception cref="InputException">The file is not an evaluation, or has a score that is not finite.</exception>
    public static RecordedEvaluation Read(string path)
    {
        try
        {
            using JsonDocument file = JsonDocument.Parse(InputFile.ReadText(path));
            JsonElement root = file.RootElement;
            StepScores[] steps = [.. root.GetProperty("steps").EnumerateArray().Select(StepOf)];
            bool isWhole = steps.Length > 0 && steps.All(step =>
                step.Values.Count == steps[0].Values.Count && step.Values.All(double.IsFinite));
            if (!isWhole) throw new FormatException();
            return new(steps, root.GetProperty("iteration").GetInt32(), root.GetProperty("tasks").GetString() ?? "")
            {
                Settings = JsonObject.Create(root.Clone())!,
            };
        }
        catch (Exception problem) when (problem
            is JsonException or InvalidOperationException or FormatException or KeyNotFoundException or ArgumentException)
        {
            throw new InputException($"{path} is damaged; evaluate the run again.");
        }
    }

    private static JsonObject Step(StepScores step) => new()
    {
        ["step"] = step.Step, ["mean"] = step.Mean, ["ci95"] = new JsonArray(step.Interval.Low, step.Interval.High),
        ["scores"] = new JsonArray([.. step.Values.Select(value => JsonValue.Create(value))]),
    };

    private static StepScores StepOf(JsonElement step, int index) =>
        new(index, [.. step.GetProperty("scores").EnumerateArray().Select(value => value.GetDouble())]);
}

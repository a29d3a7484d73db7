using System.Globalization;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Rendering;

/// <summary>An evaluation as a table for people and as JSON for programs.</summary>
internal static class EvaluationTable
{
    public static void Print(IReadOnlyList<StepEvaluation> steps, bool onPaperTasks)
    {
        string paper = onPaperTasks ? "   paper" : "";
        if (steps[0].RegretTo == ReturnKind.BestKnown)
            Console.WriteLine("Regret is to the best return that a planner found, a bound from below, not to an optimum.");
        Console.WriteLine($"gradient steps    return      95 % interval    regret{paper}");
        foreach (StepEvaluation step in steps)
        {
            string interval = $"[{Text(step.Interval.Low)}, {Text(step.Interval.High)}]";
            string published = onPaperTasks && step.Step < PaperGoals.PublishedReturns.Count ? $"{Text(PaperGoals.PublishedReturns[step.Step]),8}" : "";
            Console.WriteLine($"{step.Step,14}  {Text(step.Mean),8}  {interval,17}  {Text(step.Regret),8}{published}");
        }
    }

    /// <summary>The result as the documented JSON object.</summary>
    public static string Json(string checkpoint, IReadOnlyList<StepEvaluation> steps) => new JsonObject
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
                ["regret_to"] = step.RegretTo == ReturnKind.Optimal ? "optimal control" : "best known",
                ["returns"] = new JsonArray([.. step.Returns.Select(Number)]),
            }),
        ]),
    }.ToJsonString(new() { WriteIndented = true });

    // JSON has no word for a number that is not one, such as the regret where no optimum is known.
    private static JsonValue? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static string Text(double value) => double.IsNaN(value) ? "-" : value.ToString("F2", CultureInfo.InvariantCulture);
}

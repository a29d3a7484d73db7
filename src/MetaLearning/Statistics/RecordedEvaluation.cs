using System.Text.Json.Nodes;

namespace MamlRobotics.MetaLearning;

/// <summary>An evaluation as a file keeps it.</summary>
/// <param name="Steps">The scores after 0 to K inner steps</param>
/// <param name="Iteration">The iteration of the checkpoint; null where a file of an earlier version does not say it</param>
/// <param name="Tasks">What the tasks were; two evaluations of the same words are of the same tasks</param>
public record RecordedEvaluation(IReadOnlyList<StepScores> Steps, int? Iteration, string Tasks)
{
    /// <summary>The settings that a file has beside the scores, such as the seed.</summary>
    public JsonObject Settings { get; init; } = [];

    /// <summary>A sentence that says why two evaluations cannot be compared and what to do about it; null where they can.</summary>
    /// <param name="pair">The names of both</param>
    public virtual string? WhyIncomparable(RecordedEvaluation other, string pair) =>
        Tasks == other.Tasks && Steps[0].Values.Count == other.Steps[0].Values.Count ? null : OfDifferentTasks(pair);

    protected static string OfDifferentTasks(string pair) =>
        $"{pair} are evaluated on different tasks; evaluate one of them again on the tasks of the other.";
}

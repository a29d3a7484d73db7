namespace MamlRobotics.MetaLearning;

/// <summary>Requires that scores are numbers.</summary>
public static class FiniteScores
{
    /// <param name="steps">The scores after 0 to K inner steps</param>
    /// <param name="name">What the scores are, such as loss</param>
    /// <exception cref="TrainingException">A score is not finite; the message names its task and step.</exception>
    public static void Require(IReadOnlyList<StepScores> steps, string name)
    {
        ArgumentNullException.ThrowIfNull(steps);
        foreach (StepScores step in steps)
        {
            int task = step.Values.ToList().FindIndex(value => !double.IsFinite(value));
            if (task < 0) continue;
            string after = FormattableString.Invariant($"after {step.Step} gradient {(step.Step == 1 ? "step" : "steps")}");
            string reason = step.Step > 0 ? ": the gradient step was too long" : "";
            throw TrainingException.OfTask(task, $"a {name} that is not finite {after}{reason}");
        }
    }
}

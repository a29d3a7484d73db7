namespace MamlRobotics.MetaLearning;

/// <summary>The scores of a learner after each inner step.</summary>
/// <param name="Name">The learner's name in tables and pictures</param>
/// <param name="Steps">Entry k: the scores after k inner steps</param>
public sealed record LearnerScores(string Name, IReadOnlyList<RunScores> Steps)
{
    /// <summary>Arranges the evaluations of a learner's runs. The steps are those on which all runs were evaluated.</summary>
    public static LearnerScores Of(string name, IReadOnlyList<IReadOnlyList<StepScores>> runs, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(runs);
        int steps = runs.Min(run => run.Count);
        return new(name, [.. Enumerable.Range(0, steps).Select(step =>
            RunScores.Of([.. runs.Select(run => run[step].Values)], higherIsBetter))]);
    }
}

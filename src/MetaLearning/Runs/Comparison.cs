using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>Requires what runs must have in common to be compared.</summary>
public static class Comparison
{
    /// <exception cref="InputException">The scores of the runs are of different things.</exception>
    public static void RequireOneSubject(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        TrainingConfig first = runs[0].Config;
        if (runs.FirstOrDefault(run => (run.Config.Problem, run.Config.Subject) != (first.Problem, first.Subject)) is { } other)
        {
            string subjects = $"{runs[0].Path} is of {first.Subject} and {other.Path} of {other.Config.Subject}";
            throw new InputException($"{subjects}, whose scores mean different things; take one of them at a time.");
        }
    }

    /// <param name="runs">Runs of one subject, each with its evaluation</param>
    /// <exception cref="InputException">The evaluations cannot be compared, for example because they are on different tasks.</exception>
    public static void RequireOneProtocol(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RecordedEvaluation first = runs[0].Evaluation!;
        foreach (RecordedRun run in runs)
        {
            string? fault = first.WhyIncomparable(run.Evaluation!, $"{runs[0].Path} and {run.Path}");
            if (fault is not null) throw new InputException(fault);
        }
    }
}

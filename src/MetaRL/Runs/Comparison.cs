using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>What runs must have in common to be shown beside each other.</summary>
public static class Comparison
{
    /// <exception cref="InputException">The runs are of different families.</exception>
    public static void RequireOneFamily(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.FirstOrDefault(run => run.Config.Environment != runs[0].Config.Environment) is { } other)
        {
            throw new InputException(
                $"{runs[0].Path} is of {runs[0].Config.Environment} and {other.Path} of {other.Config.Environment}, whose returns mean different things; take one family at a time.");
        }
    }

    /// <param name="runs">Of one family, each with its evaluation</param>
    /// <exception cref="InputException">The evaluations are of different tasks, or some of mean and others of sampled actions.</exception>
    public static void RequireOneProtocol(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RecordedEvaluation first = runs[0].Evaluation!;
        foreach (RecordedRun run in runs)
        {
            if (!AreOfTheSameTasks(first, run.Evaluation!))
                throw new InputException($"{runs[0].Path} and {run.Path} are evaluated on different tasks; evaluate one of them again on the other's.");
            if (first.Protocol is { } one && run.Evaluation!.Protocol is { } other && one.Deterministic != other.Deterministic)
                throw new InputException($"Of {runs[0].Path} and {run.Path} one is evaluated with --deterministic and the other not; evaluate one of them again.");
        }
    }

    private static bool AreOfTheSameTasks(RecordedEvaluation one, RecordedEvaluation other)
    {
        if (one.Protocol is not null && other.Protocol is not null) return one.Protocol.Tasks.IsSameAs(other.Protocol.Tasks);
        // The best return is a property of the tasks; another one betrays other tasks.
        double best = one.Steps[0].Mean + one.Steps[0].Regret;
        return one.Steps[0].Returns.Count == other.Steps[0].Returns.Count && !(Math.Abs(other.Steps[0].Mean + other.Steps[0].Regret - best) > 1e-6 * Math.Abs(best));
    }
}

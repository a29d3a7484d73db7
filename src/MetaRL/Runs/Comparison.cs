using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>Requires what runs must have in common to be compared.</summary>
public static class Comparison
{
    /// <exception cref="InputException">The runs are of different families.</exception>
    public static void RequireOneFamily(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        if (runs.FirstOrDefault(run => run.Config.Environment != runs[0].Config.Environment) is { } other)
        {
            string families = $"{runs[0].Path} is of {runs[0].Config.Environment} and {other.Path} of {other.Config.Environment}";
            throw new InputException($"{families}, whose returns mean different things; take one family at a time.");
        }
    }

    /// <param name="runs">Runs of one family, each with its evaluation</param>
    /// <exception cref="InputException">
    /// The evaluations are on different tasks, or some are with mean and others with sampled actions.
    /// </exception>
    public static void RequireOneProtocol(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        RecordedEvaluation first = runs[0].Evaluation!;
        foreach (RecordedRun run in runs)
        {
            string pair = $"{runs[0].Path} and {run.Path}";
            if (!AreOfTheSameTasks(first, run.Evaluation!))
                throw new InputException($"{pair} are evaluated on different tasks; evaluate one of them again on the tasks of the other.");
            if (first.Protocol is { } one && run.Evaluation!.Protocol is { } other && one.Deterministic != other.Deterministic)
                throw new InputException($"Of {pair} one is evaluated with --deterministic and the other not; evaluate one of them again.");
        }
    }

    private static bool AreOfTheSameTasks(RecordedEvaluation one, RecordedEvaluation other)
    {
        if (one.Protocol is not null && other.Protocol is not null) return one.Protocol.Tasks.IsSameAs(other.Protocol.Tasks);
        // The best return depends only on the tasks, so where it differs, the tasks differ.
        StepEvaluation first = one.Steps[0], second = other.Steps[0];
        double best = first.Mean + first.Regret;
        bool isOtherBest = Math.Abs(second.Mean + second.Regret - best) > 1e-6 * Math.Abs(best);
        return first.Returns.Count == second.Returns.Count && !isOtherBest;
    }
}

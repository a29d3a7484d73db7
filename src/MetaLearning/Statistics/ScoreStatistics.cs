namespace MamlRobotics.MetaLearning;

/// <summary>Figures of learners' scores over runs and tasks. Agarwal et al. 2021, section 4, arXiv 2108.13264.</summary>
public static class ScoreStatistics
{
    /// <summary>The mean over all runs and tasks.</summary>
    public static double Mean(RunScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return scores.Values.Average();
    }

    /// <summary>
    /// The interquartile mean over all runs and tasks: the mean of what is left without the quarter of the scores that is lowest
    /// and the quarter that is highest, each rounded down to whole scores.
    /// </summary>
    public static double InterquartileMean(RunScores scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        return InterquartileMean(scores.Values);
    }

    /// <inheritdoc cref="InterquartileMean(RunScores)"/>
    public static double InterquartileMean(IReadOnlyCollection<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int cut = values.Count / 4;
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return sorted[cut..^cut].Average();
    }

    /// <summary>
    /// The probability that a run of one learner has a better score than a run of the other on the same task, averaged over tasks; a
    /// tie counts as one half. It is the Mann-Whitney statistic of each task, divided by the number of pairs.
    /// </summary>
    public static double ProbabilityOfImprovement(RunScores one, RunScores other)
    {
        RequireSameTasks(one, other);
        double wins = 0;
        for (int task = 0; task < one.Tasks; task++)
            for (int run = 0; run < one.Runs; run++)
                for (int against = 0; against < other.Runs; against++) wins += Win(one, one[run, task], other[against, task]);
        return wins / ((double)one.Tasks * one.Runs * other.Runs);
    }

    /// <summary>The mean over tasks of the difference between the mean scores of two learners on a task.</summary>
    public static double MeanDifference(RunScores one, RunScores other)
    {
        RequireSameTasks(one, other);
        return Mean(one) - Mean(other);
    }

    /// <summary>
    /// The performance profile: the share of all runs and tasks whose score is better than each level. Agarwal et al. 2021,
    /// equation 2, where it is called run-score distribution.
    /// </summary>
    /// <param name="levels">[L]</param>
    /// <returns>[L]</returns>
    public static double[] Profile(RunScores scores, IReadOnlyList<double> levels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(levels);
        double[] sorted = [.. scores.Values];
        Array.Sort(sorted);
        return [.. levels.Select(level =>
            (scores.HigherIsBetter ? sorted.Length - CountUpTo(sorted, level) : CountBelow(sorted, level)) / (double)sorted.Length)];
    }

    private static double Win(RunScores scores, double one, double other) =>
        scores.IsBetter(one, other) ? 1 : scores.IsBetter(other, one) ? 0 : 0.5;

    private static int CountUpTo(double[] sorted, double level) => CountBelow(sorted, Math.BitIncrement(level));

    /// <summary>The number of values below a level, by bisection.</summary>
    private static int CountBelow(double[] sorted, double level)
    {
        (int low, int high) = (0, sorted.Length);
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle] < level) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static void RequireSameTasks(RunScores one, RunScores other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        if (one.Tasks != other.Tasks) throw new ArgumentException("Both learners need scores on the same tasks.", nameof(other));
    }
}

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The scores of the runs of one learner, which differ only by their seeds, on the same tasks, as Agarwal et al. 2021, arXiv
/// 2108.13264, arrange them.
/// </summary>
/// <param name="Runs">R</param>
/// <param name="Tasks">N</param>
/// <param name="Values">[R, N], in the order of memory</param>
/// <param name="HigherIsBetter">Whether a higher score is better; losses are lower where they are better</param>
public sealed record RunScores(int Runs, int Tasks, double[] Values, bool HigherIsBetter)
{
    /// <param name="scores">The scores of each run, a score for each task; at least one of both</param>
    public static RunScores Of(IReadOnlyList<IReadOnlyList<double>> scores, bool higherIsBetter)
    {
        ArgumentNullException.ThrowIfNull(scores);
        int tasks = scores[0].Count;
        if (scores.Any(run => run.Count != tasks)) throw new ArgumentException("Every run needs a score for each task.", nameof(scores));
        return new(scores.Count, tasks, [.. scores.SelectMany(run => run)], higherIsBetter);
    }

    public double this[int run, int task] => Values[run * Tasks + task];

    /// <summary>1 where a score is at least as good as the threshold of its task, else 0.</summary>
    /// <param name="thresholds">[N]</param>
    public RunScores Solved(IReadOnlyList<double> thresholds) => this with
    {
        Values = [.. Values.Select((value, i) => IsAtLeast(value, thresholds[i % Tasks]) ? 1.0 : 0.0)], HigherIsBetter = true,
    };

    /// <summary>The scores of some runs on some tasks, of which each may be taken any number of times.</summary>
    /// <param name="runs">The run for each place of the result, given its new run and new task</param>
    /// <param name="tasks">The task for each new task</param>
    internal RunScores Chosen(Func<int, int, int> runs, int[] tasks)
    {
        var values = new double[Runs * tasks.Length];
        for (int run = 0; run < Runs; run++)
            for (int task = 0; task < tasks.Length; task++) values[run * tasks.Length + task] = this[runs(run, task), tasks[task]];
        return this with { Tasks = tasks.Length, Values = values };
    }

    internal bool IsBetter(double one, double other) => HigherIsBetter ? one > other : one < other;

    private bool IsAtLeast(double value, double threshold) => HigherIsBetter ? value >= threshold : value <= threshold;
}

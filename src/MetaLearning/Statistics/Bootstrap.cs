using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaLearning;

/// <summary>A figure with its 95 % interval.</summary>
public readonly record struct Estimate(double Value, double Low, double High);

/// <summary>What a bootstrap draws anew, with replacement.</summary>
public enum Resampling
{
    /// <summary>
    /// Whole runs, and tasks, which all learners share. A meta-trained run has one set of parameters for all tasks, so its scores
    /// on different tasks are not independent, and the tasks are draws from a distribution.
    /// </summary>
    RunsAndTasks,

    /// <summary>
    /// The runs of each task by themselves, while the tasks stay: the stratified bootstrap of Agarwal et al. 2021, section 4.1,
    /// arXiv 2108.13264, for tasks on each of which every run was trained by itself.
    /// </summary>
    Stratified,
}

/// <summary>
/// 95 % intervals by the percentile bootstrap. Every draw is a function of the stream, so the same scores give the same intervals.
/// Efron 1979.
/// </summary>
public sealed record Bootstrap(RandomStream Stream, Resampling Resampling = Resampling.RunsAndTasks, int Draws = 2000)
{
    private const double LowShare = 0.025, HighShare = 0.975;

    /// <summary>The interval of a figure of one learner.</summary>
    public Estimate Of(RunScores scores, Func<RunScores, double> figure) =>
        Of([scores], learners => [figure(learners[0])])[0];

    /// <summary>The interval of a figure of two learners on the same tasks. The same tasks are drawn for both.</summary>
    public Estimate Of(RunScores one, RunScores other, Func<RunScores, RunScores, double> figure) =>
        Of([one, other], learners => [figure(learners[0], learners[1])])[0];

    /// <summary>The intervals of several figures of one learner, each by itself, from the same draws.</summary>
    public IReadOnlyList<Estimate> OfEach(RunScores scores, Func<RunScores, double[]> figures) =>
        Of([scores], learners => figures(learners[0]));

    private Estimate[] Of(RunScores[] learners, Func<RunScores[], double[]> figures)
    {
        double[] values = figures(learners);
        double[][] drawn = [.. Enumerable.Range(0, Draws).Select(draw => figures(Draw(learners, draw)))];
        return [.. values.Select((value, i) => Interval(value, [.. drawn.Select(figure => figure[i])]))];
    }

    private static Estimate Interval(double value, double[] draws)
    {
        Array.Sort(draws);
        double Quantile(double share) => SortedArrayStatistics.QuantileCustom(draws, share, QuantileDefinition.R7);
        return new(value, Quantile(LowShare), Quantile(HighShare));
    }

    private RunScores[] Draw(RunScores[] learners, int draw)
    {
        RandomStream stream = Stream.Stream("bootstrap", draw);
        if (Resampling == Resampling.Stratified) return [.. learners.Select((scores, learner) => DrawStratified(scores, stream, learner))];
        int count = learners[0].Tasks;
        int[] tasks = Indices(stream.Stream("tasks"), count, count);
        return [.. learners.Select((scores, learner) =>
        {
            int[] runs = Indices(stream.Stream("runs", learner), scores.Runs, scores.Runs);
            return scores.Chosen((run, _) => runs[run], tasks);
        })];
    }

    private static RunScores DrawStratified(RunScores scores, RandomStream stream, int learner)
    {
        int[] runs = Indices(stream.Stream("runs of each task", learner), scores.Runs * scores.Tasks, scores.Runs);
        return scores.Chosen((run, task) => runs[task * scores.Runs + run], [.. Enumerable.Range(0, scores.Tasks)]);
    }

    private static int[] Indices(RandomStream stream, int count, int below) =>
        [.. Enumerable.Range(0, count).Select(i => (int)(stream.Uniform(i) * below))];
}

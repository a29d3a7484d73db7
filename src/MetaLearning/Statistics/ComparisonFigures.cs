namespace MamlRobotics.MetaLearning;

/// <summary>A learner's figures after some inner steps, over its runs and the tasks.</summary>
/// <param name="Runs">The number of its runs</param>
/// <param name="Solved">The share of runs and tasks that reach the threshold of the task; null where there are no thresholds</param>
public sealed record LearnerFigures(string Learner, int Runs, int Step, Estimate Mean, Estimate InterquartileMean, Estimate? Solved);

/// <summary>A learner's figures against those of another one, paired over tasks.</summary>
/// <param name="Difference">The mean score of the learner minus that of the other</param>
/// <param name="Improvement">The probability that a run of the learner is better than a run of the other on the same task</param>
public sealed record PairFigures(string Learner, string Against, int Step, Estimate Difference, Estimate Improvement);

/// <summary>The figures of some learners on the same tasks, and those of every learner against the first.</summary>
/// <param name="Learners">Ordered by step, then as the learners are</param>
public sealed record ComparisonFigures(IReadOnlyList<LearnerFigures> Learners, IReadOnlyList<PairFigures> Pairs)
{
    /// <param name="thresholds">The score from which each task is solved, [N]; null where there are none</param>
    public static ComparisonFigures Of(IReadOnlyList<LearnerScores> learners, IReadOnlyList<double>? thresholds, Bootstrap bootstrap)
    {
        ArgumentNullException.ThrowIfNull(learners);
        ArgumentNullException.ThrowIfNull(bootstrap);
        int[] steps = [.. Enumerable.Range(0, learners.Max(learner => learner.Steps.Count))];
        IEnumerable<LearnerScores> With(int step) => learners.Where(learner => step < learner.Steps.Count);
        return new(
            [.. steps.SelectMany(step => With(step).Select(learner => FiguresOf(learner, step, thresholds, bootstrap)))],
            [.. steps.Where(step => step < learners[0].Steps.Count).SelectMany(step =>
                With(step).Skip(1).Select(learner => PairOf(learner, learners[0], step, bootstrap)))]);
    }

    private static LearnerFigures FiguresOf(LearnerScores learner, int step, IReadOnlyList<double>? thresholds, Bootstrap bootstrap)
    {
        RunScores scores = learner.Steps[step];
        return new(
            learner.Name, scores.Runs, step, bootstrap.Of(scores, ScoreStatistics.Mean),
            bootstrap.Of(scores, ScoreStatistics.InterquartileMean),
            thresholds is null ? null : bootstrap.Of(scores.Solved(thresholds), ScoreStatistics.Mean));
    }

    private static PairFigures PairOf(LearnerScores learner, LearnerScores against, int step, Bootstrap bootstrap)
    {
        (RunScores one, RunScores other) = (learner.Steps[step], against.Steps[step]);
        return new(
            learner.Name, against.Name, step, bootstrap.Of(one, other, ScoreStatistics.MeanDifference),
            bootstrap.Of(one, other, ScoreStatistics.ProbabilityOfImprovement));
    }
}

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Figures of scores, against enumeration and against NumPy's figures of the same scores.</summary>
public class ScoreStatisticsTests
{
    private static readonly RunScores
        One = RunScores.Of([[-0.8, -1.2, -3.5, -0.6, -2.2], [-0.9, -1.0, -7.5, -0.7, -1.1], [-1.5, -1.3, -0.4, -0.7, -2.0]], true),
        Other = RunScores.Of([[-1.0, -1.2, -2.0, -0.9, -3.0], [-0.9, -2.5, -6.0, -0.5, -1.4]], true);

    [Fact]
    public void The_interquartile_mean_leaves_out_a_quarter_at_each_end_rounded_down()
    {
        Assert.Equal(7, ScoreStatistics.InterquartileMean([7]));
        Assert.Equal(2, ScoreStatistics.InterquartileMean([3, 1, 2]));
        Assert.Equal(2.5, ScoreStatistics.InterquartileMean([1000, 2, 3, -1000]));
        // Nine scores lose two at each end.
        Assert.Equal(5, ScoreStatistics.InterquartileMean([9, 1, 8, 2, 7, 3, 6, 4, 5]));
        Assert.Equal(-1.1666666666666667, ScoreStatistics.InterquartileMean(One), 1e-14);
        Assert.Equal(-1.5, ScoreStatistics.InterquartileMean(Other), 1e-14);
    }

    [Fact]
    public void The_probability_of_improvement_is_that_of_every_pair_of_runs_on_a_task()
    {
        // On the first task, of six pairs, -0.8 wins both, -0.9 wins one and ties one, -1.5 loses both: 3.5 of 6.
        RunScores first = RunScores.Of([[-0.8], [-0.9], [-1.5]], true), second = RunScores.Of([[-1.0], [-0.9]], true);
        Assert.Equal(3.5 / 6, ScoreStatistics.ProbabilityOfImprovement(first, second), 1e-15);
        Assert.Equal(2.5 / 6, ScoreStatistics.ProbabilityOfImprovement(second, first), 1e-15);
        Assert.Equal(0.6, ScoreStatistics.ProbabilityOfImprovement(One, Other), 1e-14);
        Assert.Equal(0.5, ScoreStatistics.ProbabilityOfImprovement(One, One), 1e-14);
        // Of losses the lower one is the better.
        RunScores losses = One with { HigherIsBetter = false };
        Assert.Equal(0.4, ScoreStatistics.ProbabilityOfImprovement(losses, Other with { HigherIsBetter = false }), 1e-14);
    }

    [Fact]
    public void The_difference_of_two_learners_is_that_of_their_means() =>
        Assert.Equal(0.24666666666666667, ScoreStatistics.MeanDifference(One, Other), 1e-14);

    [Fact]
    public void The_profile_is_the_share_of_scores_better_than_each_level()
    {
        Assert.Equal([1, 11 / 15.0, 6 / 15.0, 1 / 15.0, 0], ScoreStatistics.Profile(One, [-8, -2, -1, -0.5, 0]));
        Assert.Equal([0, 3 / 15.0, 8 / 15.0, 14 / 15.0, 1],
            ScoreStatistics.Profile(One with { HigherIsBetter = false }, [-8, -2, -1, -0.5, 0]));
    }

    [Fact]
    public void A_task_is_solved_where_its_own_threshold_is_reached()
    {
        double[] thresholds = [-0.9, -1.1, -0.4, -0.65, -2];
        Assert.Equal([1, 0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 0, 1, 0, 1], One.Solved(thresholds).Values);
        Assert.Equal([0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1, 1], (One with { HigherIsBetter = false }).Solved(thresholds).Values);
    }

    [Fact]
    public void Learners_on_different_numbers_of_tasks_are_not_compared() => Assert.Throws<ArgumentException>(
        () => ScoreStatistics.MeanDifference(One, RunScores.Of([[1]], true)));
}

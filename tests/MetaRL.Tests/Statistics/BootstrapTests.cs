using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Bootstrap intervals, against NumPy's of the same scores and against the coverage that they promise.</summary>
public class BootstrapTests
{
    private static readonly RunScores
        One = RunScores.Of([[-0.8, -1.2, -3.5, -0.6, -2.2], [-0.9, -1.0, -7.5, -0.7, -1.1], [-1.5, -1.3, -0.4, -0.7, -2.0]], true),
        Other = RunScores.Of([[-1.0, -1.2, -2.0, -0.9, -3.0], [-0.9, -2.5, -6.0, -0.5, -1.4]], true);

    // The intervals of 60,000 draws with NumPy, and of all draws for the lowest end. In the tail, the means of the few possible draws are
    // up to 0.1 apart.
    [Theory]
    [InlineData(Resampling.RunsAndTasks, -3.3933, -0.8667, -3.0222, -0.7444)]
    [InlineData(Resampling.Stratified, -2.4067, -1.0467, -1.4889, -0.9111)]
    public void The_intervals_are_those_of_another_program(Resampling resampling, double low, double high, double iqmLow, double iqmHigh)
    {
        var bootstrap = new Bootstrap(RandomStream.FromSeed(1), resampling, Draws: 20_000);
        AssertNear(-1.69333, low, high, bootstrap.Of(One, ScoreStatistics.Mean));
        AssertNear(-1.16667, iqmLow, iqmHigh, bootstrap.Of(One, ScoreStatistics.InterquartileMean));
    }

    [Fact]
    public void Two_learners_are_paired_over_tasks()
    {
        var bootstrap = new Bootstrap(RandomStream.FromSeed(1), Draws: 20_000);
        AssertNear(0.24667, -1.0267, 1.5033, bootstrap.Of(One, Other, ScoreStatistics.MeanDifference));
        // A learner that is better by the same on every task is so with certainty, however much the tasks differ.
        RunScores easy = RunScores.Of([[-1, -10, -100, -1000]], true), harder = RunScores.Of([[-2, -11, -101, -1001]], true);
        Assert.Equal(new Estimate(1, 1, 1), bootstrap.Of(easy, harder, ScoreStatistics.MeanDifference));
    }

    [Fact]
    public void The_same_stream_gives_the_same_interval_and_another_stream_another()
    {
        Estimate Interval(long seed) => new Bootstrap(RandomStream.FromSeed(seed)).Of(One, ScoreStatistics.Mean);
        Assert.Equal(Interval(1), Interval(1));
        Assert.NotEqual(Interval(1), Interval(2));
    }

    [Fact]
    public void Intervals_of_several_figures_are_those_of_each_by_itself()
    {
        var bootstrap = new Bootstrap(RandomStream.FromSeed(3));
        IReadOnlyList<Estimate> profile = bootstrap.OfEach(One, scores => ScoreStatistics.Profile(scores, [-2, -1]));
        Assert.Equal(bootstrap.Of(One, scores => ScoreStatistics.Profile(scores, [-1])[0]), profile[1]);
        Assert.All(profile, level => Assert.InRange(level.Value, level.Low, level.High));
    }

    /// <summary>
    /// Scores are the sum of a task's and a run's normal effect and noise, with mean zero. Resampling whole runs and tasks covers zero
    /// about as often as it promises. Resampling the runs of each task takes the runs' effect for independent noise, and covers it
    /// far less often.
    /// </summary>
    [Fact]
    public void Resampling_runs_and_tasks_covers_the_mean_of_a_known_distribution()
    {
        double both = Coverage(Resampling.RunsAndTasks), stratified = Coverage(Resampling.Stratified);
        Assert.InRange(both, 0.90, 0.99);
        Assert.InRange(stratified, 0.05, 0.5);
    }

    [Fact]
    public void A_single_run_has_the_interval_over_its_tasks()
    {
        // Of n normal draws with known mean the percentile interval covers about as often as one of n - 1 degrees: 0.94 for 40.
        Assert.InRange(Coverage(Resampling.RunsAndTasks, runs: 1, tasks: 40, runEffect: 0), 0.90, 0.975);
        Assert.Equal(new Estimate(2, 2, 2), new Bootstrap(RandomStream.FromSeed(1), Resampling.Stratified)
            .Of(RunScores.Of([[1, 3]], true), ScoreStatistics.Mean));
    }

    private static double Coverage(Resampling resampling, int runs = 8, int tasks = 20, double runEffect = 1)
    {
        const int Repetitions = 400;
        int covered = 0;
        for (int repetition = 0; repetition < Repetitions; repetition++)
        {
            RandomStream stream = RandomStream.FromSeed(repetition);
            double Normal(string effect, int i) => stream.Stream(effect).NormalPair(i).First;
            RunScores scores = RunScores.Of(
                [.. Enumerable.Range(0, runs).Select(run => Enumerable.Range(0, tasks).Select(task =>
                    Normal("task", task) + runEffect * Normal("run", run) + 0.5 * Normal("noise", run * tasks + task)).ToArray())], true);
            Estimate interval = new Bootstrap(stream, resampling, Draws: 300).Of(scores, ScoreStatistics.Mean);
            if (interval.Low <= 0 && interval.High >= 0) covered++;
        }
        return covered / (double)Repetitions;
    }

    private static void AssertNear(double value, double low, double high, Estimate actual)
    {
        const double Tolerance = 0.15;
        Assert.Equal(value, actual.Value, 1e-4);
        Assert.True(Math.Abs(actual.Low - low) < Tolerance && Math.Abs(actual.High - high) < Tolerance, $"{actual}");
    }
}

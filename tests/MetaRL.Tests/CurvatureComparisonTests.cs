namespace MamlRobotics.MetaRL.Tests;

public class CurvatureComparisonTests
{
    [Fact]
    public void The_ratio_of_gains_weighs_pairs_by_what_they_gain()
    {
        CurvaturePair[] alike = [Pair(1, 0.9), Pair(2, 1.8), Pair(0, 0)];
        (double ratio, double halfWidth) = CurvatureComparison.RatioOfGains(alike);
        Assert.Equal(0.9, ratio, 12);
        Assert.Equal(0, halfWidth, 12);
        (ratio, halfWidth) = CurvatureComparison.RatioOfGains([Pair(1, 2), Pair(3, 2)]);
        Assert.Equal(1, ratio, 12);
        Assert.Equal(1.96 * Math.Sqrt(2) / 2 / Math.Sqrt(2), halfWidth, 12);

        static CurvaturePair Pair(double exact, double thinned) => new(1, 1, exact, thinned, 0, 0);
    }

    [Fact]
    public void Thinning_by_one_gives_the_exact_step_and_by_more_another_one_that_improves_too()
    {
        MetaTrainingConfig config = ExperimentTests.Small;
        Assert.All(Run(config, stride: 1), pair => Assert.Equal(pair.ExactGain, pair.ThinnedGain));
        IReadOnlyList<CurvaturePair> thinned = Run(config, stride: 4);
        Assert.Contains(thinned, pair => pair.ExactGain != pair.ThinnedGain);
        Assert.True(thinned.Average(pair => pair.ThinnedGain) > 0);

        static IReadOnlyList<CurvaturePair> Run(MetaTrainingConfig config, int stride)
        {
            int reported = 0;
            IReadOnlyList<CurvaturePair> pairs = CurvatureComparison.Run(config, stride, iterations: 3, [1, 2], CPU, threads: 1, _ => reported++);
            Assert.Equal(6, pairs.Count);
            Assert.Equal(pairs.Count, reported);
            Assert.Contains(pairs, pair => pair.ExactGain > 0);
            return pairs;
        }
    }
}

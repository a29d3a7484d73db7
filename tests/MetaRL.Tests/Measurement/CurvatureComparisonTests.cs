namespace MamlRobotics.MetaRL.Tests;

public class CurvatureComparisonTests
{
    [Fact]
    public void The_ratio_of_gains_weighs_pairs_by_what_they_gain()
    {
        Assert.Equal(0.9, CurvatureComparison.RatioOfGains([Pair(1, 0.9), Pair(2, 1.8), Pair(0, 0)]), 12);
        Assert.Equal(1, CurvatureComparison.RatioOfGains([Pair(1, 2), Pair(3, 2)]), 12);

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
            IReadOnlyList<CurvaturePair> pairs =
                CurvatureComparison.Run(config, stride, iterations: 3, [1, 2], CPU, threads: 1, _ => reported++);
            Assert.Equal(6, pairs.Count);
            Assert.Equal(pairs.Count, reported);
            Assert.Contains(pairs, pair => pair.ExactGain > 0);
            return pairs;
        }
    }
}

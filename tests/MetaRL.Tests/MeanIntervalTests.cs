namespace MamlRobotics.MetaRL.Tests;

public class MeanIntervalTests
{
    [Fact]
    public void A_few_seeds_have_the_range_that_they_were_seen_in()
    {
        Assert.Equal(new MeanInterval(-3, -4, -2), MeanInterval.OfSeeds([-2, -4], best: -0.5));
        Assert.Equal(new MeanInterval(-3, -6, -1), MeanInterval.OfSeeds([-1, -2, -3, -6], best: double.NaN));
        Assert.Equal(new MeanInterval(-7, -7, -7), MeanInterval.OfSeeds([-7], best: -0.5));
    }

    [Fact]
    public void Five_have_students_interval_as_far_as_it_is_possible()
    {
        // Four at -1 and one at -11: deviation sqrt 20, and the 97.5 % point of Student's t of 4 degrees is 2.776445.
        double[] values = [-1, -1, -1, -1, -11];
        double half = 2.776445 * Math.Sqrt(20) / Math.Sqrt(5);
        MeanInterval possible = MeanInterval.OfSeeds(values, best: -0.5), unknown = MeanInterval.OfSeeds(values, best: double.NaN);
        Assert.Equal(-3 + half, unknown.High, 1e-5);
        Assert.Equal((-0.5, unknown.Low), (possible.High, possible.Low));
        Assert.Equal(-3 - half, possible.Low, 1e-5);
        // Where the mean itself is above the best, because starts are sampled, the interval is not cut below the mean.
        Assert.Equal(-3, MeanInterval.OfSeeds(values, best: -4).High);
    }
}

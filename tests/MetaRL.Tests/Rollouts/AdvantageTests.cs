namespace MamlRobotics.MetaRL.Tests;

public class AdvantageTests
{
    private static readonly float[] Rewards = [-1, -0.5f, 2, 0.25f];
    private static readonly double[] Values = [0.3, -0.2, 0.9, 0.1];
    private const double Discount = 0.9;

    [Fact]
    public void With_lambda_zero_the_advantage_is_the_one_step_residual()
    {
        double[] advantages = Estimate(lambda: 0);
        for (int t = 0; t < Rewards.Length; t++)
        {
            double next = t + 1 < Values.Length ? Values[t + 1] : 0;
            Assert.Equal(Rewards[t] + Discount * next - Values[t], advantages[t], 12);
        }
    }

    [Fact]
    public void With_lambda_one_the_advantage_is_the_return_less_the_value()
    {
        var returns = new double[Rewards.Length];
        GeneralizedAdvantage.Returns(Rewards, Discount, returns);
        Assert.Equal(returns.Zip(Values, (total, value) => total - value), Estimate(lambda: 1), new Near(1e-12));
    }

    [Fact]
    public void Advantages_are_additive_in_rewards_and_values()
    {
        float[] otherRewards = [0.5f, 3, -1, 0];
        double[] otherValues = [1, 0.5, -2, 0.25], left = Estimate(0.7), right = new double[4], both = new double[4];
        GeneralizedAdvantage.Estimate(otherRewards, otherValues, Discount, 0.7, right);
        GeneralizedAdvantage.Estimate(
            [.. Rewards.Zip(otherRewards, (a, b) => a + b)], [.. Values.Zip(otherValues, (a, b) => a + b)], Discount, 0.7, both);
        Assert.Equal(left.Zip(right, (a, b) => a + b), both, new Near(1e-12));
    }

    [Fact]
    public void Explained_variance_is_one_for_a_perfect_baseline_and_zero_for_a_constant_one()
    {
        double[] returns = [1, 2, 4, 9];
        Assert.Equal(1, LinearFeatureBaseline.ExplainedVariance(returns, returns), 12);
        Assert.Equal(1, LinearFeatureBaseline.ExplainedVariance(returns, [.. returns.Select(value => value - 3)]), 12);
        Assert.Equal(0, LinearFeatureBaseline.ExplainedVariance(returns, [5, 5, 5, 5]), 12);
        // Half of every deviation is left, so a quarter of the variance. Deviations that are doubled with the opposite sign leave nine
        // times the variance.
        Assert.Equal(0.75, LinearFeatureBaseline.ExplainedVariance(returns, [.. returns.Select(value => value / 2)]), 12);
        Assert.Equal(-8, LinearFeatureBaseline.ExplainedVariance(returns, [.. returns.Select(value => -2 * value)]), 12);
        Assert.Equal(double.NaN, LinearFeatureBaseline.ExplainedVariance([2, 2], [1, 3]));
    }

    [Fact]
    public void Normalised_advantages_have_mean_zero_and_deviation_one()
    {
        double[] values = [3, 1, 4, 1, 5];
        GeneralizedAdvantage.Normalise(values);
        Assert.Equal(0, values.Average(), 12);
        Assert.Equal(1, values.Average(value => value * value), 6);
    }

    [Fact]
    public void The_baseline_predicts_a_return_that_is_linear_in_its_features()
    {
        const int Samples = 60;
        int count = LinearFeatureBaseline.FeatureCount(2);
        var features = new double[Samples * count];
        var returns = new double[Samples];
        for (int i = 0; i < Samples; i++)
        {
            float x = (float)Math.Sin(1.7 * i), y = (float)Math.Cos(0.9 * i);
            int t = 7 * i % 50;
            LinearFeatureBaseline.Features([x, y], t, features.AsSpan(i * count, count));
            returns[i] = 2 - 3 * x + y * y + 0.5 * t / 100.0;
        }
        double[] coefficients = LinearFeatureBaseline.Fit(features, returns);
        for (int i = 0; i < Samples; i++)
            Assert.Equal(returns[i], Enumerable.Range(0, count).Sum(j => features[i * count + j] * coefficients[j]), tolerance: 1e-3);
    }

    [Fact]
    public void The_baseline_sees_observations_clipped_to_ten()
    {
        double[] near = new double[LinearFeatureBaseline.FeatureCount(1)], far = new double[near.Length];
        LinearFeatureBaseline.Features([10], 3, near);
        LinearFeatureBaseline.Features([1e6f], 3, far);
        Assert.Equal(near, far);
    }

    private static double[] Estimate(double lambda)
    {
        var advantages = new double[Rewards.Length];
        GeneralizedAdvantage.Estimate(Rewards, Values, Discount, lambda, advantages);
        return advantages;
    }

    private sealed class Near(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double left, double right) => Math.Abs(left - right) <= tolerance;
        public int GetHashCode(double value) => 0;
    }
}

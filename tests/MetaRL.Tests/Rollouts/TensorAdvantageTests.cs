using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Baseline and advantages in tensors, of episodes that end at different times, against a loop over trajectories.</summary>
public class TensorAdvantageTests
{
    private const int Tasks = 3, Trajectories = 4, Horizon = 40, Size = 2;
    private const double Discount = 0.95, Lambda = 0.8;
    private static readonly int[][] Lengths = [[40, 7, 23, 1], [5, 5, 5, 5], [40, 40, 39, 2]];
    private static readonly RandomStream Draws = RandomStream.FromSeed(5);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Advantages_are_those_of_a_loop_over_trajectories(bool normalise)
    {
        using DisposeScope scope = NewDisposeScope();
        float[] observations = Numbers(Tasks * Trajectories * Horizon * Size, "observation", 3);
        float[] rewards = Numbers(Tasks * Trajectories * Horizon, "reward", 1);
        bool[] live = [.. Lengths.SelectMany(task => task).SelectMany(length => Enumerable.Range(0, Horizon).Select(t => t < length))];
        for (int i = 0; i < rewards.Length; i++) rewards[i] = live[i] ? rewards[i] : 0;
        var episodes = new TensorEpisodes(
            tensor(observations, [Tasks, Trajectories, Horizon, Size]), zeros(0), zeros(0), zeros(0),
            tensor(rewards, [Tasks, Trajectories, Horizon]), tensor(live, [Tasks, Trajectories, Horizon]));
        (Tensor estimated, Tensor explained) = episodes.Estimate(new CollectorOptions(1, Discount, Lambda, normalise));
        double[] advantages = estimated.data<double>().ToArray();
        for (int task = 0; task < Tasks; task++)
        {
            (double[] expected, double variance) = Expected(task, observations, rewards, normalise);
            Assert.Equal(variance, explained[task].item<double>(), tolerance: 1e-6);
            for (int i = 0, sample = 0; i < Trajectories * Horizon; i++)
            {
                int at = task * Trajectories * Horizon + i;
                Assert.Equal(live[at] ? expected[sample++] : 0, advantages[at], tolerance: 1e-5);
            }
        }
    }

    [Fact]
    public void Where_the_products_are_singular_to_rounding_the_penalty_is_raised()
    {
        using DisposeScope scope = NewDisposeScope();
        // The columns are equal and so large that rounding removes the first penalties when they are added to the squares.
        Tensor scale = tensor([1e6 / 3, 7e5 / 11, 1.3e6 / 7, 2e6 / 13]).view(4, 1, 1), returns = full([4, 50], Number(7), float64);
        Tensor features = scale.expand(4, 50, 3).contiguous(), least = eye(3, dtype: float64) * Number(1e-5);
        Assert.Contains(linalg.cholesky_ex(features.mT.bmm(features).Plus(least)).info.data<int>().ToArray(), failure => failure != 0);
        double[] predicted = features.bmm(LinearFeatureBaseline.Fit(features, returns)).data<double>().ToArray();
        Assert.All(predicted, value => Assert.Equal(7, value, tolerance: 1e-2));
    }

    private static (double[] Advantages, double ExplainedVariance) Expected(int task, float[] observations, float[] rewards, bool normalise)
    {
        int count = LinearFeatureBaseline.FeatureCount(Size), samples = Lengths[task].Sum();
        double[] features = new double[samples * count], returns = new double[samples], advantages = new double[samples];
        for (int b = 0, sample = 0; b < Trajectories; b++)
        {
            int first = (task * Trajectories + b) * Horizon, length = Lengths[task][b];
            GeneralizedAdvantage.Returns(rewards.AsSpan(first, length), Discount, returns.AsSpan(sample, length));
            for (int t = 0; t < length; t++, sample++)
                LinearFeatureBaseline.Features(observations.AsSpan((first + t) * Size, Size), t, features.AsSpan(sample * count, count));
        }
        double[] coefficients = LinearFeatureBaseline.Fit(features, returns);
        double Value(double[] row) => row.Zip(coefficients, (feature, coefficient) => feature * coefficient).Sum();
        double[] values = [.. features.Chunk(count).Select(Value)];
        for (int b = 0, sample = 0; b < Trajectories; sample += Lengths[task][b++])
        {
            int length = Lengths[task][b];
            GeneralizedAdvantage.Estimate(
                rewards.AsSpan((task * Trajectories + b) * Horizon, length), values.AsSpan(sample, length), Discount, Lambda,
                advantages.AsSpan(sample, length));
        }
        if (normalise) GeneralizedAdvantage.Normalise(advantages);
        return (advantages, LinearFeatureBaseline.ExplainedVariance(returns, values));
    }

    private static float[] Numbers(int count, string purpose, float scale) =>
        [.. Enumerable.Range(0, count).Select(i => scale * Draws.Stream(purpose).NormalPair(i).First)];
}

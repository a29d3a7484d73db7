using MamlRobotics.Policies;
using MathNet.Numerics.Distributions;

namespace MamlRobotics.MetaRL.Tests;

public class DiagonalGaussianTests : IDisposable
{
    private static readonly double[] Means = [0.3, -1.2], Stds = [0.5, 2.0];
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly DiagonalGaussian distribution = Make(Means, Stds);

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_log_density_is_the_sum_over_action_coordinates()
    {
        double[] action = [0.1, 0.7];
        double expected = Enumerable.Range(0, 2).Sum(i => Normal.PDFLn(Means[i], Stds[i], action[i]));
        Assert.Equal(expected, distribution.LogDensity(tensor(action, [1, 1, 2])).item<double>(), 12);
    }

    [Fact]
    public void The_entropy_is_the_sum_over_action_coordinates() =>
        Assert.Equal(Stds.Sum(std => new Normal(0, std).Entropy), distribution.Entropy().item<double>(), 12);

    [Fact]
    public void The_divergence_from_itself_is_zero() => Assert.Equal(0, distribution.KlTo(distribution).item<double>(), 12);

    [Fact]
    public void The_divergence_is_the_expected_difference_of_log_densities()
    {
        DiagonalGaussian other = Make([0.0, -1.0], [0.8, 1.5]);
        const int Draws = 200_000;
        var noise = new double[2 * Draws];
        var stream = Envs.RandomStream.FromSeed(1);
        for (int i = 0; i < Draws; i++) (noise[2 * i], noise[2 * i + 1]) = stream.NormalPair(i);
        Tensor actions = distribution.Sample(tensor(noise, [1, Draws, 2]));
        Tensor difference = distribution.LogDensity(actions) - other.LogDensity(actions);
        double error = difference.std().item<double>() / Math.Sqrt(Draws);
        Assert.Equal(difference.mean().item<double>(), distribution.KlTo(other).item<double>(), tolerance: 4 * error);
    }

    private static DiagonalGaussian Make(double[] means, double[] stds) =>
        new(tensor(means, [1, 1, 2]), tensor(stds.Select(std => Math.Log(std)).ToArray(), [1, 1, 2]));
}

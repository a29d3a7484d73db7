using static MamlRobotics.MetaRL.Tests.EnumeratedProcess;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Derivatives of inner losses against those of the exact return, written out by hand.</summary>
public class LoadedDiceTests
{
    private const int Process = 0, Bandit = 1;

    [Theory]
    [InlineData(1)]
    [InlineData(0.5)]
    [InlineData(0)]
    public void First_derivatives_are_exact_for_any_lambda(double lambda)
    {
        using DisposeScope scope = NewDisposeScope();
        Close(ProcessGradient, Derivatives(new LoadedDice(lambda, Horizon), Process).Gradient);
        Close(BanditDerivatives.Gradient, Derivatives(new LoadedDice(lambda, Horizon), Bandit).Gradient);
    }

    [Fact]
    public void Second_derivatives_of_dice_are_exact()
    {
        using DisposeScope scope = NewDisposeScope();
        Close(Hessian(cross: 1), Derivatives(new LoadedDice(1, Horizon), Process).Hessian);
        Close(BanditDerivatives.Hessian, Derivatives(new LoadedDice(1, Horizon), Bandit).Hessian);
    }

    /// <summary>How an action changes the value of those behind it is H_12 and its transpose in Rothfuss et al. 2019, section 5.</summary>
    [Fact]
    public void The_likelihood_ratio_lacks_just_the_derivatives_by_actions_of_two_time_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        Close(Hessian(cross: 0), Derivatives(new LikelihoodRatio(), Process).Hessian);
        Close(BanditDerivatives.Hessian, Derivatives(new LikelihoodRatio(), Bandit).Hessian);
    }

    /// <summary>Its Hessian is that of the log-likelihoods alone: not even a bandit's is right. Rothfuss et al. 2019, section 4.</summary>
    [Fact]
    public void The_log_likelihood_of_maml_has_the_gradient_and_not_the_hessian()
    {
        using DisposeScope scope = NewDisposeScope();
        (double[] gradient, double[,] hessian) = Derivatives(new LogLikelihood(), Bandit);
        Close(BanditDerivatives.Gradient, gradient);
        Assert.True(Math.Abs(hessian[0, 0] - BanditDerivatives.Hessian[0, 0]) > 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    [InlineData(0.9)]
    public void Lambda_is_the_share_of_those_derivatives_that_loaded_dice_keeps(double lambda)
    {
        using DisposeScope scope = NewDisposeScope();
        Close(Hessian(lambda), Derivatives(new LoadedDice(lambda, Horizon), Process).Hessian);
    }

    [Fact]
    public void The_loss_itself_is_zero()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal([0.0, 0.0], Loss(new LoadedDice(1, Horizon), tensor(Theta)).data<double>().ToArray());
    }

    private static double[] Slope => [.. First.Select(p => p * (1 - p))];

    private static double[] Bend => [.. First.Select(p => p * (1 - p) * (1 - 2 * p))];

    // Values of states 1 and 2, and of the two actions in state 0.
    private static double Value(int state) => First[state] * Rewards[state][0] + (1 - First[state]) * Rewards[state][1];

    private static double Gain => Rewards[0][0] + Value(1) - Rewards[0][1] - Value(2);

    private static double Edge(int state) => Rewards[state][0] - Rewards[state][1];

    private static double[] ProcessGradient => [-Slope[0] * Gain, -First[0] * Slope[1] * Edge(1), -(1 - First[0]) * Slope[2] * Edge(2)];

    /// <param name="cross">Share of the derivatives by the first and the second action together</param>
    private static double[,] Hessian(double cross)
    {
        double to1 = -cross * Slope[0] * Slope[1] * Edge(1), to2 = cross * Slope[0] * Slope[2] * Edge(2);
        return new[,]
        {
            { -Bend[0] * Gain, to1, to2 },
            { to1, -First[0] * Bend[1] * Edge(1), 0 },
            { to2, 0, -(1 - First[0]) * Bend[2] * Edge(2) },
        };
    }

    private static (double[] Gradient, double[,] Hessian) BanditDerivatives
    {
        get
        {
            double edge = Arms[0] - Arms[1];
            return ([-Slope[0] * edge, 0, 0], new[,] { { -Bend[0] * edge, 0, 0 }, { 0, 0, 0 }, { 0, 0, 0 } });
        }
    }

    private static void Close(double[] expected, double[] actual) =>
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance: 1e-12));

    private static void Close(double[,] expected, double[,] actual) => Close([.. expected.Cast<double>()], [.. actual.Cast<double>()]);
}

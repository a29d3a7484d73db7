namespace MamlRobotics.MetaRL.Tests;

public class AdamTests
{
    [Fact]
    public void The_first_step_moves_every_coordinate_by_its_own_rate_against_the_sign_of_its_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        var adam = new Adam(tensor(new[] { 0.1, 0.01, 0.001 }));
        double[] after = adam.Step(zeros(3, float64), tensor(new[] { 5.0, -0.2, 1e3 })).data<double>().ToArray();
        Assert.Equal(-0.1, after[0], 6);
        Assert.Equal(0.01, after[1], 6);
        Assert.Equal(-0.001, after[2], 6);
    }

    [Fact]
    public void The_second_step_uses_bias_corrected_moments_and_the_schedule()
    {
        using DisposeScope scope = NewDisposeScope();
        var adam = new Adam(tensor(new[] { 0.1 }));
        Tensor x = adam.Step(zeros(1, float64), tensor(new[] { 2.0 }));
        double after = adam.Step(x, tensor(new[] { -1.0 }), scale: 0.5).item<double>();
        double first = (0.9 * 0.1 * 2 + 0.1 * -1) / (1 - 0.9 * 0.9), second = (0.999 * 0.001 * 4 + 0.001 * 1) / (1 - 0.999 * 0.999);
        Assert.Equal(-0.1 - 0.5 * 0.1 * first / Math.Sqrt(second), after, 6);
    }

    [Fact]
    public void A_quadratic_bowl_is_descended()
    {
        using DisposeScope scope = NewDisposeScope();
        var adam = new Adam(full(2, Number(0.05), float64));
        Tensor x = tensor(new[] { 3.0, -2.0 });
        for (int step = 0; step < 500; step++) x = adam.Step(x, x);
        Assert.True(x.norm().ReadNumber() < 1e-2);
    }
}

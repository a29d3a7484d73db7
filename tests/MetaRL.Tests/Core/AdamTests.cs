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
    public void A_quadratic_bowl_is_descended()
    {
        using DisposeScope scope = NewDisposeScope();
        var adam = new Adam(full(2, 0.05, float64));
        Tensor x = tensor(new[] { 3.0, -2.0 });
        for (int step = 0; step < 500; step++) x = adam.Step(x, x);
        Assert.True(x.norm().ToDouble() < 1e-2);
    }
}

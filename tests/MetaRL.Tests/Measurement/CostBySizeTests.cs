namespace MamlRobotics.MetaRL.Tests;

public class CostBySizeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1.7)]
    [InlineData(-0.5)]
    public void The_exponent_of_a_power_law_is_its_power(double power) => Assert.Equal(
        power, CostBySize.Exponent(new[] { 1, 2, 5, 10, 20, 50 }.Select(factor => (factor, 0.03 * Math.Pow(factor, power)))), 12);

    [Fact]
    public void Errors_that_even_out_leave_the_exponent_as_it_is()
    {
        // The points are a power law times e, 1/e, 1/e, e. With evenly spaced logarithms these errors are orthogonal to any line.
        double[] errors = [Math.E, 1 / Math.E, 1 / Math.E, Math.E];
        Assert.Equal(2, CostBySize.Exponent(errors.Select((error, i) => (1 << i, error * Math.Pow(1 << i, 2)))), 12);
    }

    [Fact]
    public void An_axis_changes_its_own_size_alone()
    {
        foreach (IGrouping<SizeAxis, (SizeAxis Axis, int Factor, IterationSize Size)> axis in CostBySize.Sizes.GroupBy(item => item.Axis))
        {
            IterationSize first = axis.First().Size;
            foreach ((_, int factor, IterationSize size) in axis)
            {
                Assert.Equal(size, axis.Key switch
                {
                    SizeAxis.Tasks => first with { Tasks = factor * first.Tasks },
                    SizeAxis.Horizon => first with { Horizon = factor * first.Horizon },
                    _ => first with { Width = factor * first.Width },
                });
            }
        }
    }

    [Fact]
    public void A_measured_iteration_has_the_horizon_that_was_asked_for()
    {
        // No episode ends within so few steps, so all steps of one task and trajectory count, before and after the inner step.
        double Steps(int horizon)
        {
            var size = new IterationSize { Tasks = 1, Trajectories = 1, Horizon = horizon, Width = 4, ConjugateGradientIterations = 1 };
            IterationMeasurement cost = IterationMeasurement.Run(size, repetitions: 1, CPU, threads: 1);
            return cost.StepsPerSecond * cost.SamplingSeconds;
        }
        Assert.Equal(14, Steps(7), 6);
        Assert.Equal(6, Steps(3), 6);
    }
}

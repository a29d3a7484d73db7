namespace MamlRobotics.MetaRL.Tests;

public class DemoCostTests
{
    private static readonly MetaTrainingConfig Config = new() { Iterations = 25, ValidationEvery = 10 };

    /// <summary>Iterations of 1.5 s after a first one of 9; validations after 10, 20 and 25 iterations of 4 s each.</summary>
    private static IterationReport Report(int iteration) => new(
        iteration, [0], [], true, LineSearchTrials: 1, iteration == 1 ? 8 : 0.5, 0.25, 0.75,
        iteration % 10 == 0 || iteration == 25 ? [] : null, iteration % 10 == 0 || iteration == 25 ? 4 : 0);

    [Theory]
    [InlineData(10)]
    [InlineData(20)]
    [InlineData(25)]
    public void Training_is_the_same_however_much_of_it_was_run(int iterations) =>
        Assert.Equal(9 + 24 * 1.5 + 3 * 4, DemoCost.Extrapolate([.. Enumerable.Range(1, iterations).Select(Report)], Config), 12);
}

namespace MamlRobotics.MetaRL.Tests;

public sealed class ScaleModelTests
{
    // 2 s by itself and 20 s for 20 tasks; one message of 40 kB and one of 8 MB.
    private static readonly ScaleModel Model = new(2, 20, 20, [40_000, 8_000_000]);

    [Fact]
    public void One_machine_exchanges_nothing()
    {
        Assert.Equal(22, Model.Seconds(1, latency: 1, bandwidth: 1));
        Assert.Equal(1, Model.Efficiency(1, latency: 1, bandwidth: 1));
    }

    [Theory]
    [InlineData(2, 2 + 10)]
    [InlineData(16, 2 + 2)] // Four of them have two tasks.
    [InlineData(20, 2 + 1)]
    [InlineData(40, 2 + 1)]
    public void Without_a_network_an_iteration_takes_as_long_as_the_machine_with_the_most_tasks(int machines, double seconds) =>
        Assert.Equal(seconds, Model.Seconds(machines, latency: 0, bandwidth: double.PositiveInfinity), 12);

    [Fact]
    public void A_machine_receives_what_all_others_have() =>
        Assert.Equal(8_040_000 * 3 / 4.0 / 1e6, Model.Exchange(4, latency: 0, bandwidth: 1e6), 12);

    [Theory]
    [InlineData(2, 1 + 3)]
    [InlineData(4, 2 + 3 * 2)]
    [InlineData(16, 4 + 3 * 8)]
    public void Long_messages_take_a_round_for_each_pair_of_neighbours_and_are_announced(int machines, double latencies) =>
        Assert.Equal(latencies, Model.Exchange(machines, latency: 1, bandwidth: double.PositiveInfinity), 12);

    [Fact]
    public void What_is_shared_is_what_two_processes_halve()
    {
        ScaleMeasurement one = new(1, 1, 20, 22, 22, 0, 0, []), two = new(2, 1, 20, 13, 12, 0.5, 0.5, [40_000]);
        ScaleModel model = ScaleModel.Of(one, two);
        Assert.Equal((2.0, 20.0), (model.Serial, model.Shared));
        Assert.Equal([40_000], model.Messages);
    }

    [Fact]
    public void The_messages_of_an_iteration_are_those_that_the_documentation_lists()
    {
        MetaTrainingConfig config = ExperimentTests.Small;
        ScaleMeasurement[] measured = ThreadGroup.Run(2, group => ScaleMeasurement.Run(config, 1, group, iterations: 2));
        ScaleMeasurement first = measured[0];
        int q = Experiment.PolicyOf(config).Layout.Count, tasks = config.MetaBatchSize;
        Assert.Equal((2, 1, tasks), (first.Processes, first.Threads, first.Tasks));
        // Support episodes, adapted parameters, query episodes, gradients, products of ten conjugate gradients, line search, fingerprint.
        Assert.Equal(4 * tasks * q, first.Messages[1]);
        Assert.Equal(first.Messages[0], first.Messages[2]);
        Assert.Equal(4 * tasks * (q + 2), first.Messages[3]);
        Assert.Equal(Enumerable.Repeat(4 * tasks * q, 10), first.Messages.Skip(4).Take(10));
        Assert.All(first.Messages.Skip(14).SkipLast(1), bytes => Assert.Equal(8 * tasks, bytes));
        Assert.Equal(2 * 16, first.Messages[^1]);
        Assert.InRange(first.Computing, 1e-6, first.Seconds * 2);
    }
}

namespace MamlRobotics.Envs.Tests;

public class PassiveReturnTests
{
    [Fact]
    public void Standing_still_costs_the_distance_at_every_step()
    {
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        TaskBatch goals = PaperGoals.Tasks;
        double distance = Enumerable.Range(0, goals.Count).Average(task => double.Hypot(goals[task, 0], goals[task, 1]));
        PassiveReturn passive = PassiveReturn.Of(family, goals);
        Assert.Equal("standing still", passive.Name);
        Assert.Equal(-100 * distance, passive.Value, 1e-3);
    }

    [Theory]
    // An arm that rests in a horizontal plane stays there; wind, gravity and a speed at the start do not let a robot stand.
    [InlineData("arm-goals", "standing still")]
    [InlineData("pearl-point", "standing still")]
    [InlineData("focal-wind", "acting at random")]
    [InlineData("arm-payloads", "acting at random")]
    [InlineData("promp-momentum", "acting at random")]
    // Actions without limits have no uniform distribution.
    [InlineData("norml-rotation", "standing still")]
    public void What_is_compared_with_is_what_the_family_allows(string family, string name)
    {
        PassiveReturn passive = PassiveReturn.Of(TaskFamilies.ByName[family], TaskFamilies.ByName[family].TestTasks);
        Assert.Equal(name, passive.Name);
        Assert.True(double.IsFinite(passive.Value));
        Assert.Equal(passive, PassiveReturn.Of(TaskFamilies.ByName[family], TaskFamilies.ByName[family].TestTasks));
    }

    [Fact]
    public void Actions_at_random_are_uniform_within_their_limits()
    {
        var robot = new PointRobot(new() { Horizon = 1, Reward = PointReward.SquaredDistance }, [new("wind_x", "m/s", 0, 1)]);
        TaskFamily family = TaskFamily.Of("windy", robot, TaskDistributions.Uniform(new Coordinate("wind_x", "m/s", 0, 1)));
        PassiveReturn passive = PassiveReturn.Of(family, new TaskBatch(["wind_x"], [.. Enumerable.Repeat(0.5, 2000)]));
        // E (w + u)^2 + E v^2 with u and v uniform in +-0.1, whose variance is 0.1^2 / 3.
        Assert.Equal(-(0.25 + 2 * 0.01 / 3), passive.Value, 2e-3);
    }
}

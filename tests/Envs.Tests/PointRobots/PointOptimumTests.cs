using MathNet.Numerics.Random;

namespace MamlRobotics.Envs.Tests;

public class PointOptimumTests
{
    public static TheoryData<string> FamiliesWithClosedForm =>
        [.. from family in TaskFamilies.ByName.Values
            where family is { OptimalControl: not null, Environment: PointRobot }
            select family.Name];

    [Fact]
    public void The_forty_goals_are_numpys_legacy_draws_with_seed_one()
    {
        var generator = new MersenneTwister(1);
        for (int task = 0; task < PaperGoals.Tasks.Count; task++)
        {
            Assert.Equal(NumpyUniform(generator) - 0.5, PaperGoals.Tasks[task, 0]);
            Assert.Equal(NumpyUniform(generator) - 0.5, PaperGoals.Tasks[task, 1]);
        }
        Assert.Equal(40, PaperGoals.Tasks.Count);
    }

    /// <summary>What numpy.random.uniform makes of two words of 32 bits: the first 27 of one and 26 of the next.</summary>
    private static double NumpyUniform(MersenneTwister generator)
    {
        const int High = 1 << 27, Low = 1 << 26;
        double high = Math.Floor(generator.NextDouble() * High), low = Math.Floor(generator.NextDouble() * Low);
        return (high * Low + low) / ((double)High * Low);
    }

    [Fact]
    public void Optimal_control_returns_minus_0_544_on_the_papers_goals()
    {
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        Assert.Equal(-0.544, Enumerable.Range(0, 40).Average(task => family.OptimalReturn(PaperGoals.Tasks, task)), tolerance: 5e-4);
    }

    [Fact]
    public void Standing_still_returns_minus_40_08_on_the_papers_goals()
    {
        IEnvironment environment = TaskFamilies.ByName["maml-nav"].Environment;
        double mean = Enumerable.Range(0, 40).Average(task => Play.Episode(environment, PaperGoals.Tasks.Row(task), [0, 0], _ => [0, 0]));
        Assert.Equal(-40.08, mean, tolerance: 5e-3);
    }

    [Theory]
    [InlineData("pearl-point-sparse", 13.38)]
    [InlineData("varibad-point-sparse", 93.38)]
    [InlineData("varibad-point", -3.84)]
    public void Optimal_control_on_the_half_circle_returns(string name, double expected)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        TaskBatch tasks = TaskDistributions.EvenGoalsOnHalfCircle(1, 4001).Tasks;
        Assert.Equal(expected, Enumerable.Range(0, tasks.Count).Average(task => family.OptimalReturn(tasks, task)), tolerance: 5e-3);
    }

    [Theory]
    [MemberData(nameof(FamiliesWithClosedForm))]
    public void Going_straight_at_the_goal_earns_the_closed_form(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        var robot = (PointRobot)family.Environment;
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(5), 10);
        for (int task = 0; task < tasks.Count; task++)
        {
            double[] row = [.. tasks.Row(task)], start = family.Start(row, task);
            double earned = Play.Episode(robot, row, start, state => TowardsGoal(robot, row, state));
            Assert.Equal(family.OptimalControl!(row, start), earned, tolerance: 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(FamiliesWithClosedForm))]
    public void Nothing_random_beats_optimal_control(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        var robot = (PointRobot)family.Environment;
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(6), 5);
        RandomStream noise = RandomStream.FromSeed(7);
        for (int episode = 0; episode < 50; episode++)
        {
            double[] row = [.. tasks.Row(episode % tasks.Count)], start = family.Start(row, episode);
            long draw = episode * 10_000;
            double earned = Play.Episode(robot, row, start, state =>
            {
                double[] action = TowardsGoal(robot, row, state);
                return [action[0] + 0.1 * (noise.Uniform(draw++) - 0.5), action[1] + 0.1 * (noise.Uniform(draw++) - 0.5)];
            });
            Assert.True(earned <= family.OptimalControl!(row, start) + 1e-9);
        }
    }

    private static double[] TowardsGoal(PointRobot robot, double[] task, double[] state)
    {
        double Of(PointParameter parameter) => robot.Number(task, parameter);
        double gain = Of(PointParameter.Gain), rotation = Of(PointParameter.Rotation);
        double x = (Of(PointParameter.GoalX) - state[0] - Of(PointParameter.WindX)) / gain;
        double y = (Of(PointParameter.GoalY) - state[1] - Of(PointParameter.WindY)) / gain;
        return [x * Math.Cos(rotation) + y * Math.Sin(rotation), y * Math.Cos(rotation) - x * Math.Sin(rotation)];
    }
}

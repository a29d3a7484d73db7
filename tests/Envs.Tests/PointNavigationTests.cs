using System.Globalization;

namespace MamlRobotics.Envs.Tests;

public class PointNavigationTests
{
    [Fact]
    public void The_forty_goals_are_numpys_legacy_draws_with_seed_one()
    {
        var numpy = new LegacyNumpyRandom(seed: 1);
        for (int task = 0; task < PaperGoals.Tasks.Count; task++)
        {
            Assert.Equal(numpy.NextDouble() - 0.5, PaperGoals.Tasks[task, 0]);
            Assert.Equal(numpy.NextDouble() - 0.5, PaperGoals.Tasks[task, 1]);
        }
        Assert.Equal(40, PaperGoals.Tasks.Count);
    }

    [Fact]
    public void Optimal_control_returns_minus_0_544_on_the_papers_goals()
    {
        double mean = Enumerable.Range(0, 40).Average(task => PointNavigation.OptimalReturn(PaperGoals.Tasks.Row(task)));
        Assert.Equal(-0.544, mean, tolerance: 5e-4);
    }

    [Fact]
    public void Bang_bang_control_in_the_environment_earns_the_closed_form()
    {
        for (int task = 0; task < 40; task++)
        {
            double goalX = PaperGoals.Tasks[task, 0], goalY = PaperGoals.Tasks[task, 1];
            double earned = Play(goalX, goalY, (x, y) => (goalX - x, goalY - y));
            Assert.Equal(PointNavigation.OptimalReturn([goalX, goalY]), earned, tolerance: 1e-12);
        }
    }

    [Fact]
    public void Standing_still_returns_minus_40_08_on_the_papers_goals()
    {
        double mean = Enumerable.Range(0, 40).Average(task => Play(PaperGoals.Tasks[task, 0], PaperGoals.Tasks[task, 1], (_, _) => (0, 0)));
        Assert.Equal(-40.08, mean, tolerance: 5e-3);
    }

    [Fact]
    public void Steps_are_those_that_the_authors_program_took()
    {
        string[] lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "recorded", "cbfinn-point.csv"));
        string[] header = lines[0].Split(',');
        foreach (string line in lines.Skip(1))
        {
            string[] cells = line.Split(',');
            double Cell(string name) => double.Parse(cells[Array.IndexOf(header, name)], CultureInfo.InvariantCulture);
            Scalar[] state = [new(Cell("x")), new(Cell("y"))];
            Transition<Scalar> transition = new PointNavigation().Step<Scalar>(
                [new(Cell("goal_x")), new(Cell("goal_y"))], [new(Cell("action_x")), new(Cell("action_y"))], state);
            Assert.Equal(Cell("next_x"), state[0].Value, tolerance: 1e-15);
            Assert.Equal(Cell("next_y"), state[1].Value, tolerance: 1e-15);
            Assert.Equal(Cell("reward"), transition.Reward.Value, tolerance: 1e-14);
            Assert.Equal(Cell("terminated") != 0, Scalar.IsTrue(transition.Terminated));
        }
        Assert.True(lines.Length > 100);
    }

    [Theory]
    [InlineData(0.0099, 0.0099, true)]
    [InlineData(0.0099, 0.0101, false)]
    [InlineData(-0.0099, -0.0099, true)]
    public void An_episode_ends_in_a_square_around_the_goal(double offsetX, double offsetY, bool ends)
    {
        Scalar[] state = [new(0.2 + offsetX), new(-0.1 + offsetY)];
        Transition<Scalar> transition = new PointNavigation().Step<Scalar>([new(0.2), new(-0.1)], [new(0), new(0)], state);
        Assert.Equal(ends, Scalar.IsTrue(transition.Terminated));
    }

    private static double Play(double goalX, double goalY, Func<double, double, (double X, double Y)> act)
    {
        var environment = new PointNavigation();
        Scalar[] task = [new(goalX), new(goalY)], state = new Scalar[2];
        environment.Reset<Scalar>(task, [], state);
        double total = 0;
        for (int t = 0; t < environment.Spec.Horizon; t++)
        {
            (double x, double y) = act(state[0].Value, state[1].Value);
            Transition<Scalar> transition = environment.Step<Scalar>(task, [new(x), new(y)], state);
            total += transition.Reward.Value;
            if (Scalar.IsTrue(transition.Terminated)) break;
        }
        return total;
    }
}

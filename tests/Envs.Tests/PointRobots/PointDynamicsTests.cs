namespace MamlRobotics.Envs.Tests;

public class PointDynamicsTests
{
    [Theory]
    [InlineData(0.0099, 0.0099, true)]
    [InlineData(0.0099, 0.0101, false)]
    [InlineData(-0.0099, -0.0099, true)]
    public void Maml_ends_an_episode_in_a_square_around_the_goal(double offsetX, double offsetY, bool ends)
    {
        double[] state = [0.2 + offsetX, -0.1 + offsetY];
        Assert.Equal(ends, Play.Step(TaskFamilies.ByName["maml-nav"].Environment, [0.2, -0.1], [0, 0], state).Terminated);
    }

    [Theory]
    [InlineData(PointControl.Velocity)]
    [InlineData(PointControl.Force)]
    public void Turning_start_goal_and_action_turns_the_trajectory(PointControl control)
    {
        // No actuator limit: a box of actions is not round.
        var robot = new PointRobot(
            new() { Control = control, ActionLimit = double.PositiveInfinity, Reward = PointReward.SquaredDistance },
            TaskDistributions.Goal(2));
        int size = robot.Spec.State.Count;
        double[] state = [0.3, -0.2, 0.1, 0.4], turned = Turn(state);
        (state, turned) = (state[..size], turned[..size]);
        for (int t = 0; t < 20; t++)
        {
            double[] action = [Math.Sin(t), 0.5 * Math.Cos(3 * t)];
            double reward = Play.Step(robot, [0.5, 1.5], action, state).Reward;
            Assert.Equal(reward, Play.Step(robot, Turn([0.5, 1.5]), Turn(action), turned).Reward, tolerance: 1e-10);
        }
        double[] expected = Turn(state);
        for (int i = 0; i < size; i++) Assert.Equal(expected[i], turned[i], tolerance: 1e-11);
    }

    [Fact]
    public void A_pushed_damped_mass_approaches_its_terminal_velocity()
    {
        double[] state = [0, 0, 0, 0];
        var robot = new PointRobot(
            new()
            {
                Control = PointControl.Force, ActionLimit = 10, TimeStep = 0.01,
                Parameters = new Dictionary<PointParameter, double> { [PointParameter.Mass] = 2, [PointParameter.Damping] = 4 },
            }, TaskDistributions.Goal(1));
        for (int t = 0; t < 300; t++) Play.Step(robot, [0, 0], [6, 0], state);
        // v = F/c (1 - (1 + dt c/m)^-n), the implicit scheme's own solution
        Assert.Equal(1.5 * (1 - Math.Pow(1.02, -300)), state[2], tolerance: 1e-12);
    }

    [Theory]
    [InlineData(PointStart.Fixed)]
    [InlineData(PointStart.Square)]
    public void The_noise_of_an_episode_is_observed_held_and_nothing_else(PointStart start)
    {
        var design = new PointRobotDesign { Start = start, StartSize = 1 };
        ITaskDistribution goals = TaskDistributions.GoalsInSquare(1);
        PointRobot plain = new(design, goals.Coordinates),
            noisy = new(design with { Observes = [PointObservation.Position, PointObservation.EpisodeNoise] }, goals.Coordinates);
        Scalar[] task = [new(0.5), new(-0.5)], draws = [.. Enumerable.Range(1, noisy.Spec.ResetDraws).Select(i => new Scalar(0.2 * i))];
        Scalar[] state = new Scalar[2], noisyState = new Scalar[4], observation = new Scalar[4], action = [new(0.04), new(-0.07)];
        plain.Reset<Scalar>(task, draws.AsSpan(0, plain.Spec.ResetDraws), state);
        noisy.Reset<Scalar>(task, draws, noisyState);
        for (int t = 0; t < 3; t++)
        {
            Scalar reward = plain.Step<Scalar>(task, action, state).Reward;
            Assert.Equal(reward, noisy.Step<Scalar>(task, action, noisyState).Reward);
            noisy.Observe<Scalar>(task, noisyState, observation);
            Assert.Equal([state[0].Value, state[1].Value, 2 * draws[^2].Value - 1, 2 * draws[^1].Value - 1],
                observation.Select(coordinate => coordinate.Value));
        }
    }

    [Fact]
    public void Wind_moves_a_robot_that_does_not_act()
    {
        double[] state = [0, 0];
        for (int t = 0; t < 10; t++) Play.Step(TaskFamilies.ByName["focal-wind"].Environment, [0.03, -0.02], [0, 0], state);
        Assert.Equal(0.3, state[0], tolerance: 1e-14);
        Assert.Equal(-0.2, state[1], tolerance: 1e-14);
    }

    [Theory]
    [InlineData(0, 1.15)]
    [InlineData(Math.PI, 1)]
    public void A_wall_stops_an_outward_move_that_is_not_at_the_gap(double gap, double expectedRadius)
    {
        double[] state = [0.95, 0];
        Play.Step(TaskFamilies.ByName["promp-walls"].Environment, [2, 2, gap, 0], [0.2, 0], state);
        Assert.Equal(expectedRadius, state[0], tolerance: 2e-6);
        Assert.True(expectedRadius > 1 || state[0] < 1);
    }

    [Fact]
    public void A_wall_lets_inward_moves_pass()
    {
        double[] state = [1.05, 0];
        Play.Step(TaskFamilies.ByName["promp-walls"].Environment, [2, 2, Math.PI, Math.PI], [-0.2, 0], state);
        Assert.Equal(0.85, state[0], tolerance: 1e-14);
    }

    [Fact]
    public void A_start_may_be_elsewhere_and_around_there()
    {
        var robot = new PointRobot(
            new() { Start = PointStart.Square, StartSize = 0.1, StartPosition = (3, -4) }, TaskDistributions.Goal(1));
        Scalar[] state = new Scalar[2];
        robot.Reset<Scalar>(Play.Numbers(0, 0), Play.Numbers(0, 0.75), state);
        Assert.Equal(2.9, state[0].Value, tolerance: 1e-12);
        Assert.Equal(-3.95, state[1].Value, tolerance: 1e-12);
    }

    [Fact]
    public void Rotated_actions_turn_the_move()
    {
        double[] state = [0, 0];
        Play.Step(TaskFamilies.ByName["norml-rotation"].Environment, [Math.PI / 2], [0.5, 0], state);
        Assert.Equal(0, state[0], tolerance: 1e-15);
        Assert.Equal(0.5, state[1], tolerance: 1e-15);
    }

    [Fact]
    public void Gymnax_rewards_the_position_before_the_step_and_moves_the_robot_on()
    {
        TaskFamily family = TaskFamilies.ByName["gymnax-point"];
        Scalar[] state = Play.Numbers(0.95, 0);
        Transition<Scalar> transition = family.Environment.Step<Scalar>(Play.Numbers(1, 0), Play.Numbers(-0.1, 0), state);
        Assert.Equal(1, transition.Reward.Value);
        Assert.True(Scalar.IsTrue(transition.Relocated));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.015, 1)]
    [InlineData(0.03, 0.1)]
    public void Dm_controls_tolerance_is_one_inside_and_a_tenth_one_margin_out(double distance, double expected)
    {
        double[] state = [distance, 0, 0, 0];
        (double reward, _) = Play.Step(TaskFamilies.ByName["dmc-point-mass"].Environment, [0, Math.PI / 2], [0, 0], state);
        Assert.Equal(expected, reward, tolerance: 1e-12);
    }

    private static double[] Turn(double[] vectors)
    {
        const double Angle = 0.7;
        var turned = new double[vectors.Length];
        for (int i = 0; i < vectors.Length; i += 2)
        {
            turned[i] = vectors[i] * Math.Cos(Angle) - vectors[i + 1] * Math.Sin(Angle);
            turned[i + 1] = vectors[i] * Math.Sin(Angle) + vectors[i + 1] * Math.Cos(Angle);
        }
        return turned;
    }
}

namespace MamlRobotics.Envs.Tests;

public class ReacherTests
{
    [Theory]
    [InlineData("gymnasium-reacher", 7.05e-4, 2.24e-4, 1.79e-4)]
    [InlineData("dmc-reacher-easy", 9.76e-4, 2.74e-4, 1.89e-4)]
    public void Links_have_the_inertia_of_the_sources_capsules(string name, double alpha, double beta, double delta)
    {
        ArmModel<Scalar> model = ((TwoLinkArm)TaskFamilies.ByName[name].Environment).Model<Scalar>(Play.Numbers(0.1, 0));
        Assert.Equal(alpha, model.Alpha.Value, tolerance: 5e-7);
        Assert.Equal(beta, model.Beta.Value, tolerance: 5e-7);
        Assert.Equal(delta, model.Delta.Value, tolerance: 5e-7);
    }

    [Fact]
    public void Gymnasiums_armature_makes_two_decoupled_damped_integrators()
    {
        IEnvironment reacher = TaskFamilies.ByName["gymnasium-reacher"].Environment;
        double[] state = [0, 0, 0, 0];
        for (int t = 0; t < 10; t++) Play.Step(reacher, [0.1, 0], [0.05, -0.02], state);
        // q'' = gear a - q' from rest.
        double time = 10 * 0.02, decay = 1 - Math.Exp(-time);
        Assert.Equal(10 * decay, state[2], tolerance: 0.02);
        Assert.Equal(-4 * decay, state[3], tolerance: 0.02);
        Assert.Equal(10 * (time - decay), state[0], tolerance: 0.02);
        Assert.Equal(-4 * (time - decay), state[1], tolerance: 0.02);
    }

    [Fact]
    public void Gymnaxs_links_turn_each_by_its_own_torque()
    {
        IEnvironment reacher = TaskFamilies.ByName["gymnax-reacher"].Environment;
        double[] state = [0.4, -1.3, 0.2, 0.7];
        (double a1, double a2, double dt) = (0.3, -0.8, 0.05);
        (double t1, double t2, double v1, double v2) = (state[0], state[0] + state[1], state[2], state[2] + state[3]);
        double reward = 0;
        for (int t = 0; t < 50; t++)
        {
            reward = Play.Step(reacher, [0.5, 1], [a1, a2], state).Reward;
            (v1, v2) = (v1 + dt * a1, v2 + dt * a2);
            (t1, t2) = (t1 + dt * v1, t2 + dt * v2);
        }
        Assert.Equal(t1, state[0], tolerance: 1e-12);
        Assert.Equal(t2, state[0] + state[1], tolerance: 1e-12);
        double x = Math.Cos(t1) + Math.Cos(t2) - 0.5, y = Math.Sin(t1) + Math.Sin(t2) - 1;
        Assert.Equal(Math.Exp(-x * x - y * y), reward, tolerance: 1e-12);
    }

    [Fact]
    public void Gymnasiums_reward_is_distance_and_squared_action_after_the_step()
    {
        IEnvironment reacher = TaskFamilies.ByName["gymnasium-reacher"].Environment;
        IEnvironment documented = TaskFamilies.ByName["gymnasium-reacher-documented"].Environment;
        double[] state = [0.05, -0.02, 0, 0], same = [.. state];
        double reward = Play.Step(reacher, [0.1, 0.1], [0.3, -0.5], state).Reward;
        double x = 0.1 * Math.Cos(state[0]) + 0.11 * Math.Cos(state[0] + state[1]);
        double y = 0.1 * Math.Sin(state[0]) + 0.11 * Math.Sin(state[0] + state[1]);
        double distance = Math.Sqrt((x - 0.1) * (x - 0.1) + (y - 0.1) * (y - 0.1));
        Assert.Equal(-distance - 0.34, reward, tolerance: 1e-12);
        Assert.Equal(-distance - 0.034, Play.Step(documented, [0.1, 0.1], [0.3, -0.5], same).Reward, tolerance: 1e-12);
    }

    [Theory]
    [InlineData("dmc-reacher-easy", 0.0599, 1)]
    [InlineData("dmc-reacher-easy", 0.0601, 0)]
    [InlineData("dmc-reacher-hard", 0.0249, 1)]
    [InlineData("dmc-reacher-hard", 0.0251, 0)]
    public void Dm_control_rewards_the_finger_touching_the_target(string name, double distance, double expected)
    {
        double[] state = [0, 0, 0, 0];
        Assert.Equal(expected, Play.Step(TaskFamilies.ByName[name].Environment, [0.24 - distance, 0], [0, 0], state).Reward);
    }

    [Theory]
    [InlineData("gymnasium-reacher", 3)]
    [InlineData("dmc-reacher-easy", 160 * Math.PI / 180)]
    public void The_wrist_stops_at_its_limit(string name, double limit)
    {
        double[] state = [0, 0, 0, 0];
        for (int t = 0; t < 200; t++) Play.Step(TaskFamilies.ByName[name].Environment, [0.1, 0], [0, 1], state);
        Assert.Equal(limit, state[1], tolerance: 1e-12);
        Assert.Equal(0, state[3], tolerance: 1e-12);
    }

    [Theory]
    [InlineData(ArmActuation.Both, 2)]
    [InlineData(ArmActuation.First, 1)]
    [InlineData(ArmActuation.Second, 1)]
    public void A_family_chooses_which_joints_have_motors_and_where_they_stop(ArmActuation actuated, int actions)
    {
        ITaskDistribution tasks = TaskDistributions.Uniform(new Coordinate("mass_2", "kg", 1, 2), new Coordinate("gear_1", "N m", 1, 2));
        var arm = new TwoLinkArm(
            new() { Actuated = actuated, JointLimits = (0.5, 1), Integrator = ArmIntegrator.RungeKutta4 }, tasks.Coordinates);
        Assert.Equal(actions, arm.Spec.Action.Count);
        EnvironmentContract.Check(TaskFamily.Of("stops", arm, tasks));
        double[] state = [0, 0, 0, 0], pushed = actuated == ArmActuation.Second ? [0, 1] : [1, 0];
        Play.Step(arm, [1, 1], actuated == ArmActuation.Both ? pushed : [1], state);
        // The mass matrix turns torque on one joint into motion of both, the other way.
        Assert.True(actuated == ArmActuation.Second ? state[3] > 0 && state[2] < 0 : state[2] > 0 && state[3] < 0);
    }

    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.1, 0.1)]
    public void Smooth_tolerance_is_one_inside_and_a_tenth_one_margin_out(double distance, double expected)
    {
        var arm = new TwoLinkArm(new() { Reward = ArmReward.Tolerance, RewardRadius = 0.05 }, TaskDistributions.Goal(2));
        double[] state = [0, 0, 0, 0];
        Assert.Equal(expected, Play.Step(arm, [2 - distance, 0], [0, 0], state).Reward, tolerance: 1e-9);
    }

    [Fact]
    public void The_observed_variants_append_what_the_source_shows_and_nothing_moves_differently()
    {
        foreach (string name in TaskFamilies.ByName.Keys.Where(name => name.EndsWith("-observed")))
        {
            (TaskFamily observed, TaskFamily hidden) = (TaskFamilies.ByName[name], TaskFamilies.ByName[name[..^"-observed".Length]]);
            double[] task = [.. observed.Tasks.Sample(RandomStream.FromSeed(1), 1).Row(0)];
            double[] left = observed.Start(task, 0), right = hidden.Start(task, 0);
            Assert.Equal(Play.Step(hidden.Environment, task, [0.2, -0.1], right), Play.Step(observed.Environment, task, [0.2, -0.1], left));
            Assert.Equal(right, left);
            Assert.DoesNotContain(hidden.Spec.Observation, coordinate => coordinate.Name.Contains("goal"));
            Assert.Contains(observed.Spec.Observation, coordinate => coordinate.Name.Contains("goal"));
        }
    }
}

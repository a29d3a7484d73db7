namespace MamlRobotics.Envs.Tests;

public class AcrobotTests
{
    public static (ArmParameter, double)[] Parameters =>
    [
        (ArmParameter.Length1, 1), (ArmParameter.Length2, 1), (ArmParameter.Mass1, 1), (ArmParameter.Mass2, 1),
        (ArmParameter.Centre1, 0.5), (ArmParameter.Centre2, 0.5), (ArmParameter.Inertia1, 1), (ArmParameter.Inertia2, 1),
        (ArmParameter.Payload, 0), (ArmParameter.Gravity, 9.8),
    ];

    private static ArmModel<Scalar> Model => Arm.Model(zeroIsDown: true, Parameters);

    [Fact]
    public void The_book_acrobot_starts_with_minus_8_289056_joules() =>
        Assert.Equal(-8.289056, Arm.Energy(Model, Arm.State(1, 0.5, 0, 0)), tolerance: 5e-7);

    [Fact]
    public void Ten_seconds_in_steps_of_a_millisecond_keep_the_energy() =>
        Assert.Equal(0, Drift(0.001), tolerance: 1e-9);

    [Fact]
    public void Ten_seconds_in_the_environments_own_steps_lose_0_073_joules() =>
        Assert.Equal(-0.073, Drift(0.2), tolerance: 5e-4);

    [Fact]
    public void Steps_are_those_that_gymnasium_took()
    {
        IEnvironment acrobot = TaskFamilies.ByName["acrobot"].Environment;
        foreach (Func<string, double> row in Recording.Rows("gymnasium-acrobot-book"))
        {
            double[] state = [row("theta1"), row("theta2"), row("dtheta1"), row("dtheta2")];
            (double reward, bool terminated) = Play.Step(acrobot, [9.8], [row("torque")], state);
            string[] columns = ["next_theta1", "next_theta2", "next_dtheta1", "next_dtheta2"];
            for (int i = 0; i < 4; i++) Assert.Equal(row(columns[i]), state[i], tolerance: 1e-12);
            Assert.Equal(row("reward"), reward);
            Assert.Equal(row("terminated") != 0, terminated);
        }
    }

    [Fact]
    public void The_unphysical_variant_of_the_source_is_not_what_is_simulated()
    {
        IEnvironment acrobot = TaskFamilies.ByName["acrobot"].Environment;
        double largest = Recording.Rows("gymnasium-acrobot-nips").Max(row =>
        {
            double[] state = [row("theta1"), row("theta2"), row("dtheta1"), row("dtheta2")];
            Play.Step(acrobot, [9.8], [row("torque")], state);
            return Math.Abs(state[3] - row("next_dtheta2"));
        });
        Assert.True(largest > 0.1);
    }

    /// <summary>Sutton and Barto's equations as they print them, for comparison.</summary>
    public static double[] BookEquations(double[] y, double torque)
    {
        (double q1, double q2, double v1, double v2) = (y[0], y[1], y[2], y[3]);
        double d1 = 0.25 + (1 + 0.25 + Math.Cos(q2)) + 2, d2 = 0.25 + 0.5 * Math.Cos(q2) + 1;
        double phi2 = 0.5 * 9.8 * Math.Cos(q1 + q2 - Math.PI / 2);
        double phi1 = -0.5 * v2 * v2 * Math.Sin(q2) - v2 * v1 * Math.Sin(q2) + 1.5 * 9.8 * Math.Cos(q1 - Math.PI / 2) + phi2;
        double a2 = (torque + d2 / d1 * phi1 - 0.5 * v1 * v1 * Math.Sin(q2) - phi2) / (0.25 + 1 - d2 * d2 / d1);
        return [v1, v2, -(d2 * a2 + phi1) / d1, a2];
    }

    private static double Drift(double step)
    {
        ArmState<Scalar> start = Arm.State(1, 0.5, 0, 0);
        return Arm.Energy(Model, Arm.Simulate(Model, start, ArmIntegrator.RungeKutta4, step, 10)) - Arm.Energy(Model, start);
    }
}

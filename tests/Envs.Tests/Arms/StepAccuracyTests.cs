namespace MamlRobotics.Envs.Tests;

/// <summary>
/// One step of our own arms is that of the equation of motion itself, wherever full torques can drive the arm: the claim is
/// checked against the same step in many small ones, in states that three kinds of driving reach.
/// </summary>
public class StepAccuracyTests
{
    private const int Episodes = 3, FineSubSteps = 32;

    private const double Allowed = 1e-3;

    // Below these a relative error says nothing: rad/s and rad.
    private const double LeastSpeed = 1, LeastTurn = 0.05;

    public static IEnumerable<object[]> Cases =>
        from family in new[] { "arm-goals", "arm-payloads", "arm-links", "arm-friction", "arm-gravity" }
        from driving in Enum.GetValues<Driving>()
        select new object[] { family, driving };

    public enum Driving
    {
        /// <summary>A new full torque at every step.</summary>
        Shaken,

        /// <summary>Full torques that change now and then.</summary>
        Swung,

        /// <summary>Full torques along the motion, which give the arm energy at the highest rate, and sometimes against it.</summary>
        Pumped,
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_step_is_within_a_thousandth_of_the_exact_one(string name, Driving driving)
    {
        TaskFamily family = TaskFamilies.Named(name);
        var arm = (TwoLinkArm)family.Environment;
        var exact = new TwoLinkArm(arm.Design with { SubSteps = FineSubSteps, Integrator = ArmIntegrator.RungeKutta4 }, family.Spec.Task);
        IEnumerable<double> errors =
            from task in Tasks(family)
            from seed in Enumerable.Range(0, Episodes)
            select WorstError(arm, exact, task, driving, new Random(seed));
        Assert.InRange(errors.Max(), 0, Allowed);
    }

    /// <summary>The test tasks and the corners of the distribution.</summary>
    private static IEnumerable<double[]> Tasks(TaskFamily family)
    {
        for (int task = 0; task < 8; task++) yield return [.. family.TestTasks.Row(task)];
        yield return [.. family.Spec.Task.Select(column => column.Low)];
        yield return [.. family.Spec.Task.Select(column => column.High)];
    }

    private static double WorstError(TwoLinkArm arm, TwoLinkArm exact, double[] task, Driving driving, Random random)
    {
        Scalar[] row = Play.Numbers(task), state = new Scalar[4];
        arm.Reset<Scalar>(row, [], state);
        double[] torque = [1, 1];
        double worst = 0;
        for (int step = 0; step < arm.Design.Horizon; step++)
        {
            torque = Next(driving, torque, state, random);
            Scalar[] action = Play.Numbers(torque), coarse = [.. state], fine = [.. state];
            arm.Step<Scalar>(row, action, coarse);
            exact.Step<Scalar>(row, action, fine);
            worst = Math.Max(worst, Math.Max(
                Distance(coarse[2..], fine[2..]) / Math.Max(Norm(fine[2..]), LeastSpeed),
                Distance(coarse[..2], fine[..2]) / Math.Max(Distance(fine[..2], state[..2]), LeastTurn)));
            state = fine;
        }
        return worst;
    }

    private static double[] Next(Driving driving, double[] torque, Scalar[] state, Random random)
    {
        if (driving == Driving.Pumped)
        {
            int side = random.Next(50) == 0 ? -1 : 1;
            return [side * Sign(state[2].Value), side * Sign(state[3].Value)];
        }
        return driving == Driving.Shaken || random.Next(10) == 0 ? [2 * random.Next(2) - 1, 2 * random.Next(2) - 1] : torque;
    }

    private static double Sign(double value) => value < 0 ? -1 : 1;

    private static double Distance(Scalar[] left, Scalar[] right) => Norm([.. left.Zip(right, (a, b) => a - b)]);

    private static double Norm(Scalar[] values) => Math.Sqrt(values.Sum(value => value.Value * value.Value));
}

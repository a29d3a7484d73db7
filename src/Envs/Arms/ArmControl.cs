namespace MamlRobotics.Envs;

/// <summary>Controllers that know an arm's task, for best known returns.</summary>
internal static class ArmControl
{
    private static readonly double[] Stiffnesses = [1, 4, 16, 64, 256, 1024];

    /// <summary>
    /// Computed-torque control towards both poses that reach the goal, in several stiffnesses; with one motor alone, full
    /// torque along its joint's motion, which pumps in energy at the highest rate.
    /// </summary>
    public static IReadOnlyList<TaskController> Of(TwoLinkArm arm) => arm.Design.Actuated == ArmActuation.Both
        ? [.. from stiffness in Stiffnesses from elbow in new[] { 1, -1 } select (TaskController)((task, state) => ComputedTorque(arm, task, state, stiffness, elbow))]
        : [(_, state) => [state[arm.Design.Actuated == ArmActuation.First ? 2 : 3] >= 0 ? 1 : -1]];

    private static double[] ComputedTorque(TwoLinkArm arm, double[] task, double[] state, double stiffness, int elbow)
    {
        double Of(ArmParameter parameter) => arm.Number(task, parameter);
        (double target1, double target2) = Pose(Of(ArmParameter.GoalX), Of(ArmParameter.GoalY), Of(ArmParameter.Length1), Of(ArmParameter.Length2), elbow);
        // The nearer way round, as far as the second joint's limit does not forbid it.
        double error1 = Math.IEEERemainder(target1 - state[0], Math.Tau);
        double error2 = double.IsFinite(arm.Design.JointLimits.Second) ? target2 - state[1] : Math.IEEERemainder(target2 - state[1], Math.Tau);
        double damping = 2 * Math.Sqrt(stiffness);
        (double want1, double want2) = (stiffness * error1 - damping * state[2], stiffness * error2 - damping * state[3]);

        ArmModel<Scalar> model = arm.Model<Scalar>([.. task.Select(value => new Scalar(value))]);
        var now = new ArmState<Scalar>(new(state[0]), new(state[1]), new(state[2]), new(state[3]));
        (Scalar free1, Scalar free2) = model.Acceleration(now, new(0), new(0), implicitStep: 0);
        (Scalar m11, Scalar m12, Scalar m22) = model.MassMatrix(Scalar.Cos(now.Q2));
        (double more1, double more2) = (want1 - free1.Value, want2 - free2.Value);
        (double torque1, double torque2) = (m11.Value * more1 + m12.Value * more2, m12.Value * more1 + m22.Value * more2);
        if (arm.Design.AbsoluteAngles) torque1 -= torque2;
        return [torque1 / Of(ArmParameter.Gear1), torque2 / Of(ArmParameter.Gear2)];
    }

    /// <summary>The angles that bring the tip to the goal, or as near as the links reach.</summary>
    private static (double First, double Second) Pose(double x, double y, double length1, double length2, int elbow)
    {
        double cosine = (x * x + y * y - length1 * length1 - length2 * length2) / (2 * length1 * length2);
        double second = elbow * Math.Acos(Math.Clamp(cosine, -1, 1));
        return (Math.Atan2(y, x) - Math.Atan2(length2 * Math.Sin(second), length1 + length2 * Math.Cos(second)), second);
    }
}

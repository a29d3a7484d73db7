namespace MamlRobotics.Envs;

/// <summary>Controllers that know an arm's task. Best known returns start from them.</summary>
internal static class ArmControllers
{
    private static readonly double[] Stiffnesses = [1, 4, 16, 64, 256, 1024];

    /// <summary>
    /// With two motors, computed-torque control towards both poses that reach the goal, in several stiffnesses. With one motor,
    /// full torque in the direction in which its joint moves, which adds energy as fast as possible.
    /// </summary>
    public static IReadOnlyList<TaskController> Of(TwoLinkArm arm)
    {
        if (arm.Design.Actuated == ArmActuation.Both)
        {
            return
            [
                .. from stiffness in Stiffnesses
                   from elbow in new[] { 1, -1 }
                   select (TaskController)((task, state) => ComputedTorque(arm, task, state, stiffness, elbow)),
            ];
        }
        int velocity = arm.Design.Actuated == ArmActuation.First ? 2 : 3;
        return [(_, state) => [state[velocity] >= 0 ? 1 : -1]];
    }

    /// <param name="elbow">1 or -1: the sign of the second joint's angle in the pose to reach</param>
    private static double[] ComputedTorque(TwoLinkArm arm, double[] task, double[] state, double stiffness, int elbow)
    {
        (double want1, double want2) = WantedAcceleration(arm, task, state, stiffness, elbow);
        ArmModel<Scalar> model = arm.Model<Scalar>([.. task.Select(value => new Scalar(value))]);
        var now = new ArmState<Scalar>(new(state[0]), new(state[1]), new(state[2]), new(state[3]));
        (Scalar free1, Scalar free2) = model.Acceleration(now, new(0), new(0), implicitStep: 0);
        (Scalar m11, Scalar m12, Scalar m22) = model.MassMatrix(Scalar.Cos(now.Q2));
        (double more1, double more2) = (want1 - free1.Value, want2 - free2.Value);
        (double torque1, double torque2) = (m11.Value * more1 + m12.Value * more2, m12.Value * more1 + m22.Value * more2);
        if (arm.Design.AbsoluteAngles) torque1 -= torque2;
        return [torque1 / arm.Number(task, ArmParameter.Gear1), torque2 / arm.Number(task, ArmParameter.Gear2)];
    }

    /// <summary>The accelerations of a critically damped spring between the arm and the pose that reaches the goal.</summary>
    private static (double First, double Second) WantedAcceleration(
        TwoLinkArm arm, double[] task, double[] state, double stiffness, int elbow)
    {
        double Of(ArmParameter parameter) => arm.Number(task, parameter);
        (double target1, double target2) = Pose(
            Of(ArmParameter.GoalX), Of(ArmParameter.GoalY), Of(ArmParameter.Length1), Of(ArmParameter.Length2), elbow);
        // A joint turns the shorter way round, except where the second joint's limit forbids it.
        double error1 = Math.IEEERemainder(target1 - state[0], Math.Tau);
        bool isLimited = double.IsFinite(arm.Design.JointLimits.Second);
        double error2 = isLimited ? target2 - state[1] : Math.IEEERemainder(target2 - state[1], Math.Tau);
        double damping = 2 * Math.Sqrt(stiffness);
        return (stiffness * error1 - damping * state[2], stiffness * error2 - damping * state[3]);
    }

    /// <summary>The angles that bring the tip to the goal, or as near to it as the links reach.</summary>
    private static (double First, double Second) Pose(double x, double y, double length1, double length2, int elbow)
    {
        double cosine = (x * x + y * y - length1 * length1 - length2 * length2) / (2 * length1 * length2);
        double second = elbow * Math.Acos(Math.Clamp(cosine, -1, 1));
        return (Math.Atan2(y, x) - Math.Atan2(length2 * Math.Sin(second), length1 + length2 * Math.Cos(second)), second);
    }
}

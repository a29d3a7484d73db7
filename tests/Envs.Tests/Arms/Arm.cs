namespace MamlRobotics.Envs.Tests;

/// <summary>Arms for claims about mechanics: no task varies, so that the equation of motion stands alone.</summary>
internal static class Arm
{
    private static readonly Coordinate[] Unused = TaskDistributions.Goal(1);

    /// <summary>A generic arm in a vertical plane, with every term of the equation but those given.</summary>
    public static ArmModel<Scalar> Model(bool zeroIsDown = false, params (ArmParameter Parameter, double Value)[] changed)
    {
        var parameters = new Dictionary<ArmParameter, double>
        {
            [ArmParameter.Length1] = 0.8, [ArmParameter.Length2] = 0.6, [ArmParameter.Mass1] = 1.3, [ArmParameter.Mass2] = 0.7,
            [ArmParameter.Centre1] = 0.35, [ArmParameter.Centre2] = 0.25, [ArmParameter.Payload] = 0.2, [ArmParameter.Gravity] = 9.81,
        };
        foreach ((ArmParameter parameter, double value) in changed) parameters[parameter] = value;
        return new TwoLinkArm(new() { ZeroIsDown = zeroIsDown, Parameters = parameters }, Unused).Model<Scalar>(Play.Numbers(0, 0));
    }

    public static ArmState<Scalar> State(double q1, double q2, double v1, double v2) => new(new(q1), new(q2), new(v1), new(v2));

    public static ArmState<Scalar> Simulate(
        ArmModel<Scalar> model, ArmState<Scalar> state, ArmIntegrator integrator, double step, double duration,
        double torque1 = 0, double torque2 = 0)
    {
        int steps = (int)Math.Round(duration / step);
        for (int i = 0; i < steps; i++) state = ArmIntegration.Step(integrator, model, state, new(torque1), new(torque2), step);
        return state;
    }

    public static double[] Values(ArmState<Scalar> state) => [state.Q1.Value, state.Q2.Value, state.V1.Value, state.V2.Value];

    public static double Distance(ArmState<Scalar> left, ArmState<Scalar> right) =>
        Math.Sqrt(Values(left).Zip(Values(right), (a, b) => (a - b) * (a - b)).Sum());

    public static double Energy(ArmModel<Scalar> model, ArmState<Scalar> state) => model.Energy(state).Value;
}

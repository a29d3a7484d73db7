using MamlRobotics.Envs;

/// <summary>A pendulum of unknown mass and length, swung up by a torque. Written once, it runs on every number type.</summary>
public readonly struct Pendulum : IEnvironment
{
    private const double TimeStep = 0.05, Gravity = 9.81, TorqueLimit = 2, SpeedLimit = 8;

    public EnvironmentSpec Spec { get; } = new(
        State: [new("angle", "rad", -Math.PI, Math.PI), new("velocity", "rad/s", -SpeedLimit, SpeedLimit)],
        Observation: [new("cos", "1", -1, 1), new("sin", "1", -1, 1), new("velocity", "rad/s", -SpeedLimit, SpeedLimit)],
        Action: [new("torque", "N m", -TorqueLimit, TorqueLimit)],
        Task: [new("mass", "kg", 0.5, 1.5), new("length", "m", 0.5, 1.5)],
        Horizon: 200,
        ResetDraws: 1);

    public Pendulum()
    {
    }

    public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T>
    {
        state[0] = T.Of(2 * Math.PI) * (uniforms[0] - T.Of(0.5));
        state[1] = T.Of(0);
    }

    public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>
    {
        T mass = task[0], length = task[1];
        T torque = Real.Clamp(action[0], T.Of(-TorqueLimit), T.Of(TorqueLimit));
        // Zero is upright; a point mass at the end of a rod without mass.
        T acceleration = T.Of(Gravity) / length * T.Sin(state[0]) + torque / (mass * length * length);
        state[1] = Real.Clamp(state[1] + T.Of(TimeStep) * acceleration, T.Of(-SpeedLimit), T.Of(SpeedLimit));
        state[0] = Real.WrapAngle(state[0] + T.Of(TimeStep) * state[1]);
        T cost = state[0] * state[0] + T.Of(0.1) * state[1] * state[1] + T.Of(0.001) * torque * torque;
        return new(-cost, Mask<T>.None);
    }

    public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>
    {
        (observation[1], observation[0]) = T.SinCos(state[0]);
        observation[2] = state[1];
    }
}

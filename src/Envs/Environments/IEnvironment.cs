namespace MamlRobotics.Envs;

/// <summary>
/// A family of tasks: dynamics, observation and reward as pure functions of (task, state, action), written once for all number types.
/// The state changes with every step, the task is fixed for a trial, and the specification is fixed for the family. An environment is
/// implemented as a struct, so that the compiler makes a simulator for it alone.
/// </summary>
public interface IEnvironment
{
    EnvironmentSpec Spec { get; }

    /// <summary>Writes the state at the start of an episode.</summary>
    /// <param name="task">[task columns]</param>
    /// <param name="uniforms">[Spec.ResetDraws], each uniform in [0, 1)</param>
    /// <param name="state">[state] to write</param>
    void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T>;

    /// <summary>Advances the state by one step.</summary>
    /// <param name="task">[task columns]</param>
    /// <param name="action">[action], before clipping to the actuator limits</param>
    /// <param name="state">[state], read and overwritten</param>
    Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>;

    /// <summary>Writes the observation of a state, which is what the policy sees.</summary>
    /// <param name="observation">[observation] to write</param>
    void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>;
}

/// <summary>The results of a step besides the next state.</summary>
/// <param name="Terminated">Whether the episode reached a terminal state. The simulator itself truncates episodes at the horizon.</param>
public readonly record struct Transition<T>(T Reward, Mask<T> Terminated) where T : struct, IReal<T>
{
    /// <summary>
    /// Whether the episode continues from a new start, which the simulator draws by <see cref="IEnvironment.Reset"/>.
    /// It is read only if <see cref="EnvironmentSpec.Relocates"/>.
    /// </summary>
    public Mask<T> Relocated { get; init; }
}

namespace MamlRobotics.Envs;

/// <summary>
/// A family of tasks: dynamics, observation and reward as pure functions of (task, state, action), written once
/// over the number type. What changes every step is the state, what is fixed for a trial is the task, what is
/// fixed for the family is the specification. Implement it as a struct, so that the simulators specialise on it.
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
    /// <param name="action">[action], not yet clipped to the actuator limits</param>
    /// <param name="state">[state], read and overwritten</param>
    Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>;

    /// <summary>Writes what the policy sees of a state.</summary>
    /// <param name="observation">[observation] to write</param>
    void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>;
}

/// <summary>What one step gives besides the next state.</summary>
/// <param name="Terminated">The episode reached a terminal state; running out of time is the simulator's affair.</param>
public readonly record struct Transition<T>(T Reward, Mask<T> Terminated) where T : struct, IReal<T>
{
    /// <summary>
    /// Where the episode goes on from a newly drawn start, which the simulator draws by <see cref="IEnvironment.Reset"/>;
    /// read only if <see cref="EnvironmentSpec.Relocates"/>.
    /// </summary>
    public Mask<T> Relocated { get; init; }
}

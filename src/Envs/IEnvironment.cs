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
public readonly record struct Transition<T>(T Reward, Mask<T> Terminated) where T : struct, IReal<T>;

/// <summary>Names, sizes and limits of a family of tasks.</summary>
/// <param name="State">Name and unit of each state coordinate.</param>
/// <param name="Observation">Name and unit of each observed coordinate.</param>
/// <param name="Action">Name, unit and actuator limits of each action coordinate.</param>
/// <param name="Task">Name and unit of each task column.</param>
/// <param name="Horizon">Steps until an episode is truncated.</param>
/// <param name="ResetDraws">Uniform draws that a reset consumes.</param>
public sealed record EnvironmentSpec(
    IReadOnlyList<Coordinate> State,
    IReadOnlyList<Coordinate> Observation,
    IReadOnlyList<Coordinate> Action,
    IReadOnlyList<Coordinate> Task,
    int Horizon,
    int ResetDraws = 0);

/// <summary>One named number, with its unit and the range it stays in.</summary>
public sealed record Coordinate(
    string Name, string Unit, double Low = double.NegativeInfinity, double High = double.PositiveInfinity);

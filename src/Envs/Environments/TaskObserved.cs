namespace MamlRobotics.Envs;

/// <summary>An environment whose observations also hold the first columns of the task, after its own coordinates.</summary>
internal readonly struct TaskObserved(IEnvironment inner, int columns) : IEnvironment
{
    public EnvironmentSpec Spec { get; } =
        inner.Spec with { Observation = [.. inner.Spec.Observation, .. inner.Spec.Task.Take(columns)] };

    public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T> =>
        inner.Reset(task, uniforms, state);

    public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T> =>
        inner.Step(task, action, state);

    public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>
    {
        inner.Observe(task, state, observation[..^columns]);
        task[..columns].CopyTo(observation[^columns..]);
    }
}

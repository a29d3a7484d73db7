namespace MamlRobotics.MetaRL;

/// <summary>One episode as it went, for those who look at it; learning reads <see cref="SampleBatch"/>.</summary>
/// <param name="States">[steps + 1, state], from the start to the final state</param>
/// <param name="Rewards">[steps]</param>
/// <param name="Terminated">The episode reached a terminal state; else it ran out of time</param>
public sealed record Trajectory(int StateSize, float[] States, float[] Rewards, bool Terminated)
{
    public int Steps => Rewards.Length;

    /// <summary>Undiscounted.</summary>
    public double Return => Rewards.Sum(reward => (double)reward);

    /// <param name="step">0 is the start; beyond the end, the final state</param>
    public ReadOnlySpan<float> State(int step) => States.AsSpan(Math.Clamp(step, 0, Steps) * StateSize, StateSize);
}

namespace MamlRobotics.MetaRL;

/// <summary>The states and rewards of one episode, for pictures and replays. Learning uses <see cref="SampleBatch"/>.</summary>
/// <param name="States">[steps + 1, state], from the start to the final state</param>
/// <param name="Rewards">[steps]</param>
/// <param name="Terminated">Whether the episode reached a terminal state; otherwise it was truncated at the horizon</param>
public sealed record Trajectory(int StateSize, float[] States, float[] Rewards, bool Terminated)
{
    public int Steps => Rewards.Length;

    /// <summary>The undiscounted return.</summary>
    public double Return => Rewards.Sum(reward => (double)reward);

    /// <param name="step">0 for the start; after the end of the episode, the final state is returned</param>
    public ReadOnlySpan<float> State(int step) => States.AsSpan(Math.Clamp(step, 0, Steps) * StateSize, StateSize);
}

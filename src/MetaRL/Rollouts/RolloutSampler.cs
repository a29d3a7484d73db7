using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples episodes on one thread without tensors. Policy, noise, environment step and recording are in one pass over time, and
/// each computes a SIMD register of environments at a time. The environments may belong to several tasks with the same parameters.
/// </summary>
internal sealed class RolloutSampler(EnvironmentSpec spec, GaussianMlp policy, double actionUnit)
{
    private readonly int actionSize = spec.Action.Count;
    private readonly FusedMlp network = new(policy);
    private readonly LiveEnvironments live = new();
    private float[] draws = [];
    private float[] actions = [];

    /// <summary>Samples the episodes of the tasks [from, to), all with the same parameters.</summary>
    /// <param name="parameters">[P]</param>
    /// <param name="stream">The stream of starts and noise</param>
    /// <param name="deterministic">Whether the policies act by their mean</param>
    public void Sample(
        BatchSimulator simulator, int from, int to, ReadOnlySpan<float> parameters, RandomStream stream, bool deterministic,
        EpisodeBatch episodes)
    {
        int pairs = (actionSize + 1) / 2;
        network.Load(parameters);
        for (int task = from; task < to; task++)
        {
            simulator.Reset(task, stream);
            network.LogStd.CopyTo(episodes.LogStd, task * actionSize);
        }
        live.Start(simulator, from, to, stream, pairs);
        network.Reserve(live.Capacity);
        if (actions.Length < live.Capacity) (draws, actions) = (new float[2 * pairs * live.Capacity], new float[live.Capacity]);
        draws.AsSpan().Clear();
        RecordStates(simulator, 0, episodes);
        for (int t = 0; live.Count > 0; t++)
        {
            Observe(simulator, t, episodes);
            network.Forward(live.Count);
            if (!deterministic) Draw(t, pairs);
            Act(simulator, t, episodes);
            for (int task = from; task < to; task++) simulator.Step(task);
            RecordRewards(simulator, t, episodes);
            RecordStates(simulator, t + 1, episodes);
            RemoveEnded(simulator, from, to, t, episodes);
        }
    }

    private void Observe(BatchSimulator simulator, int t, EpisodeBatch episodes)
    {
        for (int i = 0; i < spec.Observation.Count; i++)
        {
            Span<float> input = network.Input(i);
            live.Gather(simulator.Observation(i), input);
            live.Record(input, t, i, spec.Observation.Count, episodes.Observations);
        }
    }

    private void Draw(int t, int pairs)
    {
        int stride = actions.Length;
        for (int pair = 0; pair < pairs; pair++)
            live.Draw(t, pair, draws.AsSpan(2 * pair * stride, stride), draws.AsSpan((2 * pair + 1) * stride, stride));
    }

    private void Act(BatchSimulator simulator, int t, EpisodeBatch episodes)
    {
        for (int i = 0; i < actionSize; i++)
        {
            ReadOnlySpan<float> mean = network.Mean(i), draw = draws.AsSpan(i * actions.Length, actions.Length);
            Vector<float> std = new(MathF.Exp(network.LogStd[i]));
            for (int lane = 0; lane < live.Count; lane += Vector<float>.Count)
                Vector.FusedMultiplyAdd(std, new(draw[lane..]), new(mean[lane..])).CopyTo(actions.AsSpan(lane));
            live.Record(mean, t, i, actionSize, episodes.Means);
            live.Record(actions, t, i, actionSize, episodes.Actions);
            live.Scatter(actions, (float)actionUnit, simulator.Action(i));
        }
    }

    private void RecordRewards(BatchSimulator simulator, int t, EpisodeBatch episodes)
    {
        // The buffer of the actions is free again.
        live.Gather(simulator.Rewards, actions);
        live.Record(actions, t, 0, 1, episodes.Rewards);
    }

    private void RemoveEnded(BatchSimulator simulator, int from, int to, int t, EpisodeBatch episodes)
    {
        int goingOn = 0;
        for (int task = from; task < to; task++) goingOn += simulator.LiveCount(task);
        if (goingOn < live.Count) live.Close(simulator, t, episodes.Lengths);
    }

    private void RecordStates(BatchSimulator simulator, int t, EpisodeBatch episodes)
    {
        if (episodes.States.Length == 0) return;
        for (int i = 0; i < spec.State.Count; i++) live.RecordState(simulator, t, i, episodes.States);
    }
}

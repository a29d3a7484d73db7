using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// B episodes of N tasks as they were sampled, with their advantages. Episode (n, b) has the number <c>e = n * B + b</c>, and
/// its step t is in row <c>e * T + t</c>. Rows after the end of an episode hold numbers of an earlier batch.
/// </summary>
internal sealed class EpisodeBatch(EnvironmentSpec spec, int tasks, int trajectories)
{
    private readonly int observationSize = spec.Observation.Count;
    private readonly int stateSize = spec.State.Count;

    public int Tasks => tasks;
    public int TrajectoriesPerTask => trajectories;
    public int Horizon => spec.Horizon;
    public float[] Observations { get; } = Rows(spec, tasks, trajectories, spec.Observation.Count);
    public float[] Actions { get; } = Rows(spec, tasks, trajectories, spec.Action.Count);
    public float[] Means { get; } = Rows(spec, tasks, trajectories, spec.Action.Count);
    public float[] Rewards { get; } = Rows(spec, tasks, trajectories, 1);
    public float[] Advantages { get; } = Rows(spec, tasks, trajectories, 1);

    /// <summary>The log standard deviations of the policies that acted. [N, act]</summary>
    public float[] LogStd { get; } = new float[tasks * spec.Action.Count];

    /// <summary>[N, B, T + 1, state], with the final state of an episode in its last row; empty unless states are recorded.</summary>
    public float[] States { get; private set; } = [];

    /// <summary>The explained variance of each task's baseline. [N]</summary>
    public double[] ExplainedVariances { get; } = new double[tasks];

    /// <summary>The number of steps of each episode.</summary>
    public int[] Lengths { get; } = new int[tasks * trajectories];

    /// <summary>All arrays that learning reads, each with as many numbers for every task.</summary>
    public Array[] Arrays => [Observations, Actions, Means, Rewards, Advantages, LogStd, ExplainedVariances, Lengths];

    /// <summary>Sets whether the states of the next episodes are recorded. Learning does not need them.</summary>
    public void RecordStates(bool records)
    {
        if (!records) States = [];
        else if (States.Length == 0) States = new float[tasks * trajectories * (spec.Horizon + 1) * stateSize];
    }

    /// <summary>The number of steps of all episodes of one task.</summary>
    public int SampleCount(int task) => Lengths.AsSpan(task * trajectories, trajectories).ToArray().Sum();

    /// <summary>The undiscounted return of one episode.</summary>
    public double Return(int episode)
    {
        double total = 0;
        foreach (float reward in EpisodeRewards(episode)) total += reward;
        return total;
    }

    /// <summary>Copies one recorded episode out of the buffers.</summary>
    public Trajectory Trajectory(int episode, bool isTerminated)
    {
        int first = episode * (spec.Horizon + 1) * stateSize, next = first + (Lengths[episode] + 1) * stateSize;
        return new Trajectory(stateSize, States[first..next], EpisodeRewards(episode).ToArray(), isTerminated);
    }

    /// <summary>The first time steps at which numbers of one episode are not finite.</summary>
    public FirstFaults Faults(int episode) => new(
        FirstFault(Observations, episode, observationSize),
        FirstFault(Actions, episode, spec.Action.Count),
        FirstFault(Rewards, episode, 1));

    /// <summary>
    /// Fits the baseline to the episodes of one task, computes its explained variance, and estimates the advantages. Different threads
    /// may do this for different tasks at the same time.
    /// </summary>
    public void EstimateAdvantages(int task, double discount, double lambda, bool normalise)
    {
        int count = LinearFeatureBaseline.FeatureCount(observationSize), samples = SampleCount(task), sample = 0;
        var features = new double[samples * count];
        var returns = new double[samples];
        for (int episode = task * trajectories; episode < (task + 1) * trajectories; episode++)
        {
            GeneralizedAdvantage.Returns(EpisodeRewards(episode), discount, returns.AsSpan(sample, Lengths[episode]));
            for (int t = 0; t < Lengths[episode]; t++, sample++)
            {
                ReadOnlySpan<float> observation = Observations.AsSpan((episode * spec.Horizon + t) * observationSize, observationSize);
                LinearFeatureBaseline.Features(observation, t, features.AsSpan(sample * count, count));
            }
        }
        double[] coefficients = LinearFeatureBaseline.Fit(features, returns);
        var values = new double[samples];
        for (int i = 0; i < samples; i++) values[i] = Dot(features.AsSpan(i * count, count), coefficients);
        ExplainedVariances[task] = LinearFeatureBaseline.ExplainedVariance(returns, values);
        var advantages = new double[samples];
        sample = 0;
        for (int episode = task * trajectories; episode < (task + 1) * trajectories; sample += Lengths[episode++])
        {
            int length = Lengths[episode];
            GeneralizedAdvantage.Estimate(
                EpisodeRewards(episode), values.AsSpan(sample, length), discount, lambda, advantages.AsSpan(sample, length));
        }
        if (normalise) GeneralizedAdvantage.Normalise(advantages);
        sample = 0;
        for (int episode = task * trajectories; episode < (task + 1) * trajectories; episode++)
            for (int t = 0; t < Lengths[episode]; t++) Advantages[episode * spec.Horizon + t] = (float)advantages[sample++];
    }

    private ReadOnlySpan<float> EpisodeRewards(int episode) => Rewards.AsSpan(episode * spec.Horizon, Lengths[episode]);

    private int FirstFault(float[] numbers, int episode, int width)
    {
        ReadOnlySpan<float> row = numbers.AsSpan(episode * spec.Horizon * width, Lengths[episode] * width);
        for (int i = 0; i < row.Length; i++)
            if (!float.IsFinite(row[i])) return i / width;
        return spec.Horizon;
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }

    private static float[] Rows(EnvironmentSpec spec, int tasks, int trajectories, int width)
    {
        long length = (long)tasks * trajectories * spec.Horizon * width;
        if (length <= Array.MaxLength) return new float[length];
        string sizes = $"{tasks} tasks of {trajectories} episodes of {spec.Horizon} steps";
        throw new InputException($"{sizes} are too many for one batch; take fewer tasks or episodes.");
    }
}

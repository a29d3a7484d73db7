using System.Runtime.InteropServices;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>B episodes of one task, sampled by one thread, with their advantages. Buffers are reused.</summary>
/// <remarks>Buffers hold a row per step; trajectory b has the rows from <c>b * T</c> on.</remarks>
internal sealed class TaskRollout(EnvironmentSpec spec, int trajectories)
{
    private readonly int horizon = spec.Horizon;
    private readonly int observationSize = spec.Observation.Count;
    private readonly int actionSize = spec.Action.Count;
    private readonly int[] live = new int[trajectories];
    private float[] input = [];

    public float[] Observations { get; } = new float[trajectories * spec.Horizon * spec.Observation.Count];
    public float[] Actions { get; } = new float[trajectories * spec.Horizon * spec.Action.Count];
    public float[] Means { get; } = new float[trajectories * spec.Horizon * spec.Action.Count];
    public float[] LogStd { get; } = new float[spec.Action.Count];
    public float[] Rewards { get; } = new float[trajectories * spec.Horizon];
    public double[] Advantages { get; } = new double[trajectories * spec.Horizon];

    /// <summary>[B, T + 1, state], the last row of an episode its final state; empty unless they are recorded.</summary>
    public float[] States { get; private set; } = [];

    /// <summary>Steps of each trajectory.</summary>
    public int[] Lengths { get; } = new int[trajectories];

    public int SampleCount => Lengths.Sum();

    /// <summary>Samples the episodes: policy, action, environment step and recording in one pass over time.</summary>
    /// <param name="noise">Draws of trajectory b at step t depend on (noise, b, t) alone.</param>
    /// <param name="deterministic">Act by the mean.</param>
    /// <param name="recordStates">Fill <see cref="States"/> too, which learning does not need.</param>
    public void Sample(BatchSimulator simulator, int task, FusedMlp policy, double actionUnit, RandomStream noise, bool deterministic, bool recordStates)
    {
        if (recordStates && States.Length == 0) States = new float[trajectories * (horizon + 1) * spec.State.Count];
        policy.LogStd.CopyTo(LogStd, 0);
        Lengths.AsSpan().Clear();
        int inputStride = policy.RowStride.Input;
        if (input.Length < trajectories * inputStride) input = new float[trajectories * inputStride];
        for (int t = 0; t < horizon; t++)
        {
            int rows = Gather(simulator, task, t, inputStride);
            if (rows == 0) break;
            if (recordStates) RecordStates(simulator, task);
            ReadOnlySpan<float> means = policy.Forward(input, rows);
            for (int row = 0; row < rows; row++)
                Act(simulator, task, live[row], t, means[(row * policy.RowStride.Output)..], (float)actionUnit, noise, deterministic);
            simulator.Step(task);
            for (int row = 0; row < rows; row++)
            {
                int trajectory = live[row];
                Rewards[trajectory * horizon + t] = simulator.Rewards[task * simulator.Stride + trajectory];
                Lengths[trajectory]++;
            }
        }
        if (recordStates) RecordStates(simulator, task);
    }

    /// <summary>One recorded episode, copied out of the buffers.</summary>
    public Trajectory Trajectory(int trajectory, bool isTerminated)
    {
        int size = spec.State.Count, first = trajectory * (horizon + 1) * size;
        return new Trajectory(
            size, States[first..(first + (Lengths[trajectory] + 1) * size)],
            Rewards[(trajectory * horizon)..(trajectory * horizon + Lengths[trajectory])], isTerminated);
    }

    /// <summary>Undiscounted return of one trajectory.</summary>
    public double Return(int trajectory)
    {
        double total = 0;
        foreach (float reward in Rewards.AsSpan(trajectory * horizon, Lengths[trajectory])) total += reward;
        return total;
    }

    /// <summary>Fits the baseline to these episodes and estimates their advantages.</summary>
    public void EstimateAdvantages(double discount, double lambda, bool normalise)
    {
        int count = LinearFeatureBaseline.FeatureCount(observationSize), samples = SampleCount, sample = 0;
        var features = new double[samples * count];
        var returns = new double[samples];
        for (int b = 0; b < trajectories; b++)
        {
            GeneralizedAdvantage.Returns(Rewards.AsSpan(b * horizon, Lengths[b]), discount, returns.AsSpan(sample, Lengths[b]));
            for (int t = 0; t < Lengths[b]; t++, sample++)
            {
                ReadOnlySpan<float> observation = Observations.AsSpan((b * horizon + t) * observationSize, observationSize);
                LinearFeatureBaseline.Features(observation, t, features.AsSpan(sample * count, count));
            }
        }
        double[] coefficients = LinearFeatureBaseline.Fit(features, returns);
        var values = new double[samples];
        for (int i = 0; i < samples; i++) values[i] = Dot(features.AsSpan(i * count, count), coefficients);
        sample = 0;
        for (int b = 0; b < trajectories; b++)
        {
            GeneralizedAdvantage.Estimate(
                Rewards.AsSpan(b * horizon, Lengths[b]), values.AsSpan(sample, Lengths[b]), discount, lambda, Advantages.AsSpan(sample, Lengths[b]));
            sample += Lengths[b];
        }
        if (normalise) GeneralizedAdvantage.Normalise(Advantages.AsSpan(0, samples));
    }

    // An ended episode stays in its final state, so writing that again changes nothing.
    private void RecordStates(BatchSimulator simulator, int task)
    {
        int size = spec.State.Count;
        for (int b = 0; b < trajectories; b++)
        {
            int row = (b * (horizon + 1) + Lengths[b]) * size;
            for (int i = 0; i < size; i++) States[row + i] = simulator.State(i)[task * simulator.Stride + b];
        }
    }

    private int Gather(BatchSimulator simulator, int task, int t, int inputStride)
    {
        int rows = 0, first = task * simulator.Stride;
        for (int b = 0; b < trajectories; b++)
        {
            if (!simulator.IsLive(task, b)) continue;
            live[rows] = b;
            Span<float> recorded = Observations.AsSpan((b * horizon + t) * observationSize, observationSize);
            for (int i = 0; i < observationSize; i++) recorded[i] = simulator.Observation(i)[first + b];
            recorded.CopyTo(input.AsSpan(rows * inputStride));
            rows++;
        }
        return rows;
    }

    private void Act(
        BatchSimulator simulator, int task, int trajectory, int t, ReadOnlySpan<float> mean, float actionUnit, RandomStream noise, bool deterministic)
    {
        int record = (trajectory * horizon + t) * actionSize, pairs = (actionSize + 1) / 2;
        for (int i = 0; i < actionSize; i++)
        {
            float draw = 0;
            if (!deterministic)
            {
                (float first, float second) = noise.NormalPair(((long)trajectory * horizon + t) * pairs + i / 2);
                draw = i % 2 == 0 ? first : second;
            }
            float action = mean[i] + MathF.Exp(LogStd[i]) * draw;
            Means[record + i] = mean[i];
            Actions[record + i] = action;
            simulator.Action(i)[task * simulator.Stride + trajectory] = actionUnit * action;
        }
    }

    private static double Dot(ReadOnlySpan<double> left, ReadOnlySpan<double> right)
    {
        double sum = 0;
        for (int i = 0; i < left.Length; i++) sum += left[i] * right[i];
        return sum;
    }
}

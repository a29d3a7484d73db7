using System.Diagnostics;
using System.Numerics;

namespace MamlRobotics.Envs;

/// <summary>Speed of the CPU simulator on one family.</summary>
/// <param name="StepsPerSecond">Live environment steps of all threads together</param>
/// <param name="NanosecondsPerStep">Time of a thread for one step</param>
/// <param name="Checksum">Sum of rewards and observations, so that the compiler cannot leave out their computation</param>
public sealed record SimulatorSpeed(
    string Family, int Environments, int Threads, double StepsPerSecond, double NanosecondsPerStep, double Checksum)
{
    private const int Tasks = 32, Repetitions = 5;

    /// <summary>
    /// Measures steps of the public simulator with automatic resets. It reads actions from the buffers, draws starts, and writes
    /// observations, rewards and flags. The result is the fastest of some repetitions.
    /// </summary>
    /// <param name="seconds">Approximate time of the measurement</param>
    public static SimulatorSpeed Measure(TaskFamily family, int environments, int threads, double seconds)
    {
        ArgumentNullException.ThrowIfNull(family);
        int trajectories = Math.Max(1, environments / Tasks);
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), Tasks);
        using BatchSimulator simulator = family.CreateSimulator(tasks, trajectories, new SimulatorOptions(AutoReset: true, threads));
        simulator.Reset(RandomStream.FromSeed(2));
        FillActions(simulator);
        double checksum = Run(simulator, family.Spec.Horizon);
        long steps = 16;
        double elapsed = 0, best = double.PositiveInfinity;
        while (elapsed < seconds / Repetitions / 2)
        {
            steps *= 2;
            elapsed = Timed(simulator, steps, ref checksum);
        }
        for (int repetition = 0; repetition < Repetitions; repetition++) best = Math.Min(best, Timed(simulator, steps, ref checksum));
        double rate = steps * Tasks * (double)trajectories / best;
        return new SimulatorSpeed(family.Name, Tasks * trajectories, threads, rate, 1e9 * threads / rate, checksum);
    }

    private static double Timed(BatchSimulator simulator, long steps, ref double checksum)
    {
        var clock = Stopwatch.StartNew();
        checksum += Run(simulator, steps);
        return clock.Elapsed.TotalSeconds;
    }

    private static double Run(BatchSimulator simulator, long steps)
    {
        double sum = 0;
        for (long step = 0; step < steps; step++)
        {
            simulator.Step();
            sum += Sum(simulator.Rewards);
            for (int i = 0; i < simulator.Spec.Observation.Count; i++) sum += Sum(simulator.Observation(i));
        }
        return sum;
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        // The length of a row is a multiple of any register width. Four sums at a time hide the latency of an addition.
        Vector<float> a = default, b = default, c = default, d = default;
        int count = Vector<float>.Count, i = 0;
        for (; i <= values.Length - 4 * count; i += 4 * count)
        {
            a += new Vector<float>(values[i..]);
            b += new Vector<float>(values[(i + count)..]);
            c += new Vector<float>(values[(i + 2 * count)..]);
            d += new Vector<float>(values[(i + 3 * count)..]);
        }
        float sum = Vector.Sum(a + b + c + d);
        for (; i < values.Length; i++) sum += values[i];
        return sum;
    }

    private static void FillActions(BatchSimulator simulator)
    {
        RandomStream stream = RandomStream.FromSeed(3);
        for (int i = 0; i < simulator.Spec.Action.Count; i++)
        {
            Span<float> actions = simulator.Action(i);
            double limit = Math.Min(simulator.Spec.Action[i].High, 1);
            RandomStream draws = stream.Stream("action", i);
            for (int column = 0; column < actions.Length; column++) actions[column] = (float)(limit * (2 * draws.Uniform(column) - 1));
        }
    }
}

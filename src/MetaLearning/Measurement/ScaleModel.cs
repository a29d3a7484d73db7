namespace MamlRobotics.MetaLearning;

/// <summary>
/// The time of an iteration on n machines, by what was measured on one: T(n) = S + W ceil(N / n) / N + C(n). S is what every process
/// computes, W what they share, task by task, and C(n) the time of the messages, on a network of latency L and bandwidth B: the sum over
/// messages of m bytes of r(n, m) L + (n - 1) / n m / B, with r as Open MPI exchanges messages of that size.
/// </summary>
/// <param name="Serial">S, seconds</param>
/// <param name="Shared">W, seconds</param>
/// <param name="Tasks">N</param>
/// <param name="Messages">The bytes of each message of an iteration, from all processes together</param>
public sealed record ScaleModel(double Serial, double Shared, int Tasks, IReadOnlyList<int> Messages)
{
    /// <summary>Fits S and W to what one process and what each of several compute.</summary>
    public static ScaleModel Of(ScaleMeasurement one, ScaleMeasurement several)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(several);
        double shared = (one.Computing - several.Computing) / (1 - 1.0 / several.Processes);
        shared = Math.Clamp(shared, 0, one.Computing);
        return new(one.Computing - shared, shared, one.Tasks, several.Messages);
    }

    /// <summary>T(n), seconds.</summary>
    /// <param name="latency">L, seconds from one machine to another</param>
    /// <param name="bandwidth">B, bytes per second of a machine's network</param>
    public double Seconds(int machines, double latency, double bandwidth)
    {
        int most = (Tasks + machines - 1) / machines;
        return Serial + Shared * most / Tasks + Exchange(machines, latency, bandwidth);
    }

    /// <summary>C(n), seconds.</summary>
    /// <inheritdoc cref="Seconds"/>
    public double Exchange(int machines, double latency, double bandwidth) => machines == 1 ? 0
        : Messages.Sum(bytes => Rounds(machines, bytes) * latency + (machines - 1.0) / machines * bytes / bandwidth);

    /// <summary>T(1) / (n T(n)), the share of n machines that is made use of.</summary>
    /// <inheritdoc cref="Seconds"/>
    public double Efficiency(int machines, double latency, double bandwidth) =>
        (Serial + Shared) / (machines * Seconds(machines, latency, bandwidth));

    // Short messages go in pieces that double, long ones around a ring of neighbours. A piece that is too long to be sent at once is
    // announced and answered first, which takes two latencies more.
    private static double Rounds(int machines, int bytes)
    {
        const int Short = 50_000, AtOnce = 65_536;
        double rounds = bytes < Short ? Math.Ceiling(Math.Log2(machines)) : machines == 2 ? 1 : (machines + 1) / 2;
        return bytes / machines > AtOnce ? 3 * rounds : rounds;
    }
}

using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The environments of a range of tasks whose episode goes on, closed up after every step: entry i is lane i of what the
/// policy and the noise are computed for, so that an ended episode takes none.
/// </summary>
internal sealed class LiveEnvironments
{
    private int[] columns = [];
    private int[] rows = [];
    private uint[] keysLow = [];
    private uint[] keysHigh = [];
    private uint[] counters = [];
    private int drawsPerStep;

    public int Count { get; private set; }

    /// <summary>Entries that the buffers of the lanes must have: whole registers.</summary>
    public int Capacity => columns.Length;

    /// <summary>Takes up every environment of the tasks [from, to).</summary>
    /// <param name="noise">Draws of trajectory b of task n at step t depend on (noise, n, b, t) alone.</param>
    /// <param name="pairs">Pairs of normal draws per step</param>
    public void Start(BatchSimulator simulator, int from, int to, RandomStream noise, int pairs)
    {
        int trajectories = simulator.TrajectoriesPerTask, horizon = simulator.Spec.Horizon;
        Count = (to - from) * trajectories;
        drawsPerStep = pairs;
        if (Capacity < Count)
        {
            int width = LaneWidth.Lanes, capacity = (Count + width - 1) / width * width;
            (columns, rows, keysLow, keysHigh, counters) = (new int[capacity], new int[capacity], new uint[capacity], new uint[capacity], new uint[capacity]);
        }
        for (int task = from, i = 0; task < to; task++)
        {
            ulong key = noise.Stream("noise", task).Key;
            for (int b = 0; b < trajectories; b++, i++)
            {
                columns[i] = task * simulator.Stride + b;
                rows[i] = (task * trajectories + b) * horizon;
                (keysLow[i], keysHigh[i]) = ((uint)key, (uint)(key >> 32));
                counters[i] = (uint)(b * horizon * pairs);
            }
        }
    }

    /// <summary>Lets go of those whose episode step <paramref name="t"/> ended, and notes its length.</summary>
    /// <param name="lengths">By episode</param>
    public void Close(BatchSimulator simulator, int t, int[] lengths)
    {
        int kept = 0, horizon = simulator.Spec.Horizon;
        for (int i = 0; i < Count; i++)
        {
            if (!simulator.IsLive(columns[i]))
            {
                lengths[rows[i] / horizon] = t + 1;
                continue;
            }
            (columns[kept], rows[kept], counters[kept]) = (columns[i], rows[i], counters[i]);
            (keysLow[kept], keysHigh[kept]) = (keysLow[i], keysHigh[i]);
            kept++;
        }
        Count = kept;
    }

    /// <summary>A pair of standard normal draws for every entry.</summary>
    public void Draw(int t, int pair, Span<float> first, Span<float> second)
    {
        int width = LaneWidth.Lanes, count = (Count + width - 1) / width * width;
        RandomLanes.NormalPairs(
            keysLow.AsSpan(0, count), keysHigh.AsSpan(0, count), counters.AsSpan(0, count), (uint)(t * drawsPerStep + pair), first, second);
    }

    /// <summary>From the simulator's columns to lanes.</summary>
    public void Gather(ReadOnlySpan<float> simulated, Span<float> lanes)
    {
        for (int i = 0; i < Count; i++) lanes[i] = simulated[columns[i]];
    }

    /// <summary>From lanes to the simulator's columns, scaled.</summary>
    public void Scatter(ReadOnlySpan<float> lanes, float scale, Span<float> simulated)
    {
        for (int i = 0; i < Count; i++) simulated[columns[i]] = scale * lanes[i];
    }

    /// <summary>Writes one coordinate of step <paramref name="t"/> into the rows of an <see cref="EpisodeBatch"/>.</summary>
    /// <param name="size">Coordinates per row</param>
    public void Record(ReadOnlySpan<float> lanes, int t, int coordinate, int size, Span<float> record)
    {
        for (int i = 0; i < Count; i++) record[(rows[i] + t) * size + coordinate] = lanes[i];
    }

    /// <summary>Writes one state coordinate before step <paramref name="t"/>; an episode has one state more than steps.</summary>
    public void RecordState(BatchSimulator simulator, int t, int coordinate, Span<float> record)
    {
        int size = simulator.Spec.State.Count, horizon = simulator.Spec.Horizon;
        ReadOnlySpan<float> simulated = simulator.State(coordinate);
        for (int i = 0; i < Count; i++) record[(rows[i] / horizon * (horizon + 1) + t) * size + coordinate] = simulated[columns[i]];
    }
}

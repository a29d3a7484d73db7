using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The environments of a range of tasks whose episodes go on. Entry i is lane i in the computation of the policy and the noise. After
/// a step, entries whose episodes have ended are removed and the others move up, so that ended episodes take no lanes.
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

    /// <summary>The length that buffers of lanes must have, in whole registers.</summary>
    public int Capacity => columns.Length;

    /// <summary>Starts with every environment of the tasks [from, to).</summary>
    /// <param name="noise">The draws of trajectory b of task n at step t depend only on (noise, n, b, t).</param>
    /// <param name="pairs">The number of pairs of normal draws for each step</param>
    public void Start(BatchSimulator simulator, int from, int to, RandomStream noise, int pairs)
    {
        int trajectories = simulator.TrajectoriesPerTask, horizon = simulator.Spec.Horizon;
        Count = (to - from) * trajectories;
        drawsPerStep = pairs;
        if (Capacity < Count)
        {
            int width = LaneWidth.Lanes, capacity = (Count + width - 1) / width * width;
            (columns, rows) = (new int[capacity], new int[capacity]);
            (keysLow, keysHigh, counters) = (new uint[capacity], new uint[capacity], new uint[capacity]);
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

    /// <summary>Removes the environments whose episodes ended in step <paramref name="t"/> and records the lengths of these.</summary>
    /// <param name="lengths">The length of each episode</param>
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

    /// <summary>Draws a pair of standard normal numbers for every entry.</summary>
    public void Draw(int t, int pair, Span<float> first, Span<float> second)
    {
        int width = LaneWidth.Lanes, count = (Count + width - 1) / width * width;
        RandomLanes.NormalPairs(
            keysLow.AsSpan(0, count), keysHigh.AsSpan(0, count), counters.AsSpan(0, count), (uint)(t * drawsPerStep + pair), first, second);
    }

    /// <summary>Copies numbers from the simulator's columns to lanes.</summary>
    public void Gather(ReadOnlySpan<float> simulated, Span<float> lanes)
    {
        for (int i = 0; i < Count; i++) lanes[i] = simulated[columns[i]];
    }

    /// <summary>Copies numbers, times a factor, from lanes to the simulator's columns.</summary>
    public void Scatter(ReadOnlySpan<float> lanes, float scale, Span<float> simulated)
    {
        for (int i = 0; i < Count; i++) simulated[columns[i]] = scale * lanes[i];
    }

    /// <summary>Writes one coordinate of step <paramref name="t"/> into the rows of an <see cref="EpisodeBatch"/>.</summary>
    /// <param name="size">The number of coordinates of a row</param>
    public void Record(ReadOnlySpan<float> lanes, int t, int coordinate, int size, Span<float> record)
    {
        for (int i = 0; i < Count; i++) record[(rows[i] + t) * size + coordinate] = lanes[i];
    }

    /// <summary>Writes one state coordinate before step <paramref name="t"/>. An episode has one more state than steps.</summary>
    public void RecordState(BatchSimulator simulator, int t, int coordinate, Span<float> record)
    {
        int size = simulator.Spec.State.Count, horizon = simulator.Spec.Horizon;
        ReadOnlySpan<float> simulated = simulator.State(coordinate);
        for (int i = 0; i < Count; i++) record[(rows[i] / horizon * (horizon + 1) + t) * size + coordinate] = simulated[columns[i]];
    }
}

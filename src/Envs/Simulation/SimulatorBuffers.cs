namespace MamlRobotics.Envs;

/// <summary>The arrays of a simulator: a row per coordinate and a column per environment. Flags are a word per SIMD register.</summary>
internal sealed class SimulatorBuffers
{
    public SimulatorBuffers(EnvironmentSpec spec, TaskBatch tasks, int stride, int width)
    {
        int columns = tasks.Count * stride, blocks = columns / width;
        State = new Rows(spec.State.Count, columns);
        Task = new Rows(spec.Task.Count, columns);
        Action = new Rows(spec.Action.Count, columns);
        Observation = new Rows(spec.Observation.Count, columns);
        FinalObservation = new Rows(spec.Observation.Count, columns);
        Reward = new float[columns];
        Elapsed = new float[columns];
        Live = new uint[blocks];
        Terminated = new uint[blocks];
        Truncated = new uint[blocks];
        ResetKeys = new ulong[blocks];
        Draws = new long[columns];
        for (int row = 0; row < Task.Count; row++)
            for (int task = 0; task < tasks.Count; task++)
                Task[row].Slice(task * stride, stride).Fill((float)tasks[task, row]);
    }

    public Rows State { get; }
    public Rows Task { get; }
    public Rows Action { get; }
    public Rows Observation { get; }
    public Rows FinalObservation { get; }
    public float[] Reward { get; }

    /// <summary>Number of steps of the present episode.</summary>
    public float[] Elapsed { get; }

    public uint[] Live { get; }
    public uint[] Terminated { get; }
    public uint[] Truncated { get; }

    /// <summary>Key of the random stream for the resets of a block.</summary>
    public ulong[] ResetKeys { get; }

    /// <summary>Number of starts drawn so far, by environment.</summary>
    public long[] Draws { get; }
}

using System.Numerics;

namespace MamlRobotics.Envs;

/// <summary>
/// N tasks x B trajectories of one family, simulated together in single precision. Buffers hold one row per
/// coordinate and one column per environment; environment (n, b) is column <c>n * Stride + b</c>. An episode that
/// has ended stays in its final state, gives no reward and costs nothing.
/// </summary>
public abstract class BatchSimulator
{
    private readonly float[] rewards;
    private protected readonly uint[] Live;
    private protected readonly uint[] TerminatedBits;
    private protected readonly float[][] StateRows;
    private protected readonly float[][] TaskRows;
    private readonly float[][] observationRows;
    private readonly float[][] actionRows;

    private protected BatchSimulator(EnvironmentSpec spec, TaskBatch tasks, int trajectoriesPerTask)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfLessThan(trajectoriesPerTask, 1);
        if (tasks.Columns.Count != spec.Task.Count)
            throw new ArgumentException($"The environment has {spec.Task.Count} task columns, the tasks have {tasks.Columns.Count}.");
        Spec = spec;
        Tasks = tasks;
        TrajectoriesPerTask = trajectoriesPerTask;
        BlocksPerTask = (trajectoriesPerTask + Lanes.Width - 1) / Lanes.Width;
        int columns = tasks.Count * Stride;
        rewards = new float[columns];
        Live = new uint[tasks.Count * BlocksPerTask];
        TerminatedBits = new uint[Live.Length];
        StateRows = Rows(spec.State.Count, columns);
        observationRows = Rows(spec.Observation.Count, columns);
        actionRows = Rows(spec.Action.Count, columns);
        TaskRows = Rows(spec.Task.Count, columns);
        for (int row = 0; row < TaskRows.Length; row++)
            for (int task = 0; task < tasks.Count; task++)
                TaskRows[row].AsSpan(task * Stride, Stride).Fill((float)tasks[task, row]);
    }

    public EnvironmentSpec Spec { get; }
    public TaskBatch Tasks { get; }

    /// <summary>B.</summary>
    public int TrajectoriesPerTask { get; }

    /// <summary>Columns per task: B rounded up to whole SIMD registers.</summary>
    public int Stride => BlocksPerTask * Lanes.Width;

    private protected int BlocksPerTask { get; }

    /// <summary>One state coordinate of every environment.</summary>
    public ReadOnlySpan<float> State(int coordinate) => StateRows[coordinate];

    /// <summary>One observed coordinate of every environment; of an ended episode, its final observation.</summary>
    public ReadOnlySpan<float> Observation(int coordinate) => observationRows[coordinate];

    /// <summary>One action coordinate of every environment, to be written before a step.</summary>
    public Span<float> Action(int coordinate) => actionRows[coordinate];

    /// <summary>Reward of the last step, zero where the episode had ended before it.</summary>
    public ReadOnlySpan<float> Rewards => rewards;

    /// <summary>True while the episode of trajectory (n, b) goes on.</summary>
    public bool IsLive(int task, int trajectory) => HasBit(Live, task, trajectory);

    /// <summary>True once the episode has reached a terminal state; an episode cut off by time never does.</summary>
    public bool IsTerminated(int task, int trajectory) => HasBit(TerminatedBits, task, trajectory);

    /// <summary>Environments of one task whose episode goes on.</summary>
    public int LiveCount(int task)
    {
        int count = 0;
        foreach (uint bits in Live.AsSpan(task * BlocksPerTask, BlocksPerTask)) count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>Starts a new episode in every environment of one task; distinct tasks may run on distinct threads.</summary>
    /// <param name="stream">Draws of trajectory b depend on (stream, task, b) alone.</param>
    public void Reset(int task, RandomStream stream)
    {
        for (int block = 0; block < BlocksPerTask; block++)
        {
            int lanes = Math.Min(Lanes.Width, TrajectoriesPerTask - block * Lanes.Width);
            int index = task * BlocksPerTask + block;
            Live[index] = lanes == 32 ? uint.MaxValue : (1u << lanes) - 1;
            TerminatedBits[index] = 0;
            ResetBlock(index, stream.Stream("reset", (long)task * BlocksPerTask + block));
        }
    }

    /// <summary>Advances every live environment of one task by the actions in the action buffers.</summary>
    public void Step(int task)
    {
        for (int block = task * BlocksPerTask; block < (task + 1) * BlocksPerTask; block++) StepBlock(block);
    }

    private protected abstract void ResetBlock(int block, RandomStream stream);
    private protected abstract void StepBlock(int block);

    private protected float[][] ObservationRows => observationRows;
    private protected float[][] ActionRows => actionRows;
    private protected float[] RewardRow => rewards;

    private bool HasBit(uint[] bits, int task, int trajectory)
    {
        int block = task * BlocksPerTask + trajectory / Lanes.Width;
        return (bits[block] >> (trajectory % Lanes.Width) & 1) != 0;
    }

    private static float[][] Rows(int count, int columns)
    {
        var rows = new float[count][];
        for (int row = 0; row < count; row++) rows[row] = new float[columns];
        return rows;
    }
}

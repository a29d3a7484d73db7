using System.Numerics;

namespace MamlRobotics.Envs;

/// <summary>
/// Simulates N tasks x B trajectories of one family together, in single precision. Buffers have one row per coordinate and one column per
/// environment; environment (n, b) is in column <c>n * Stride + b</c>. Without automatic resets, an episode that has ended stays in its
/// final state, has no reward and takes no time.
/// </summary>
public abstract class BatchSimulator : IDisposable
{
    private readonly WorkerPool? pool;
    private readonly int width;
    private RandomStream resetStream;
    private bool isResetting;

    /// <param name="width">Number of environments in a SIMD register</param>
    private protected BatchSimulator(EnvironmentSpec spec, TaskBatch tasks, int trajectoriesPerTask, int width, SimulatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfLessThan(trajectoriesPerTask, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Threads);
        if (!tasks.Columns.SequenceEqual(spec.Task.Select(column => column.Name)))
            throw new ArgumentException($"The tasks must have the columns {string.Join(", ", spec.Task.Select(column => column.Name))}.");
        spec.RequirePossible(tasks);
        Spec = spec;
        Tasks = tasks;
        Options = options;
        TrajectoriesPerTask = trajectoriesPerTask;
        this.width = width;
        BlocksPerTask = (trajectoriesPerTask + width - 1) / width;
        Buffers = new SimulatorBuffers(spec, tasks, Stride, width);
        if (options.Threads > 1) pool = new WorkerPool(options.Threads, RunBlocks);
    }

    public EnvironmentSpec Spec { get; }
    public TaskBatch Tasks { get; }
    public SimulatorOptions Options { get; }

    /// <summary>Trajectories of each task, B.</summary>
    public int TrajectoriesPerTask { get; }

    /// <summary>Number of columns per task: B, rounded up to whole SIMD registers.</summary>
    public int Stride => BlocksPerTask * width;

    /// <summary>One state coordinate of every environment. Writing it starts episodes from chosen states.</summary>
    public Span<float> State(int coordinate) => Buffers.State[coordinate];

    /// <summary>One observed coordinate of every environment.</summary>
    public ReadOnlySpan<float> Observation(int coordinate) => Buffers.Observation[coordinate];

    /// <summary>
    /// One observed coordinate of every environment after the last step and before any automatic reset. For an episode that has ended,
    /// this is its final observation.
    /// </summary>
    public ReadOnlySpan<float> FinalObservation(int coordinate) =>
        Options.AutoReset ? Buffers.FinalObservation[coordinate] : Buffers.Observation[coordinate];

    /// <summary>One action coordinate of every environment. The caller writes it before a step.</summary>
    public Span<float> Action(int coordinate) => Buffers.Action[coordinate];

    /// <summary>Reward of the last step, zero where the episode had ended before it.</summary>
    public ReadOnlySpan<float> Rewards => Buffers.Reward;

    /// <summary>
    /// Whether the last step reached a terminal state: a word per SIMD register, with its first environment in the lowest bit.
    /// </summary>
    public ReadOnlySpan<uint> Terminated => Buffers.Terminated;

    /// <summary>
    /// Whether the last step was the last of the horizon: a word per SIMD register, with its first environment in the lowest bit.
    /// </summary>
    public ReadOnlySpan<uint> Truncated => Buffers.Truncated;

    /// <summary>Whether the episode of trajectory (n, b) has not ended.</summary>
    public bool IsLive(int task, int trajectory) => HasBit(Buffers.Live, task, trajectory);

    /// <summary>Whether the episode of the environment in this column has not ended.</summary>
    public bool IsLive(int column) => HasBit(Buffers.Live, 0, column);

    /// <summary>
    /// Whether the episode has reached a terminal state. With automatic resets, whether the last step did. A truncated episode has not.
    /// </summary>
    public bool IsTerminated(int task, int trajectory) => HasBit(Buffers.Terminated, task, trajectory);

    /// <summary>Whether the episode was truncated at the horizon. With automatic resets, whether the last step was truncated.</summary>
    public bool IsTruncated(int task, int trajectory) => HasBit(Buffers.Truncated, task, trajectory);

    /// <summary>Number of environments of a task whose episode has not ended.</summary>
    public int LiveCount(int task)
    {
        int count = 0;
        foreach (uint bits in Buffers.Live.AsSpan(task * BlocksPerTask, BlocksPerTask)) count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>
    /// Gives each environment of a simulator with one task a task of its own, which <see cref="Tasks"/> does not tell.
    /// </summary>
    /// <param name="tasks">As many tasks as there are trajectories</param>
    internal void SetTasks(TaskBatch tasks)
    {
        Spec.RequirePossible(tasks);
        for (int row = 0; row < Buffers.Task.Count; row++)
            for (int column = 0; column < TrajectoriesPerTask; column++) Buffers.Task[row][column] = (float)tasks[column, row];
    }

    /// <summary>Starts a new episode in every environment of one task. Different tasks may run on different threads.</summary>
    /// <param name="stream">Draws of trajectory b depend only on (stream, task, b) and the number of its episode</param>
    public void Reset(int task, RandomStream stream)
    {
        for (int block = task * BlocksPerTask; block < (task + 1) * BlocksPerTask; block++) ResetBlock(block, stream);
    }

    /// <summary>Advances every live environment of one task with the actions in the action buffers.</summary>
    public void Step(int task)
    {
        for (int block = task * BlocksPerTask; block < (task + 1) * BlocksPerTask; block++) StepBlock(block);
    }

    /// <summary>Starts a new episode in every environment of every task.</summary>
    public void Reset(RandomStream stream)
    {
        resetStream = stream;
        isResetting = true;
        RunAll();
    }

    /// <summary>Advances every live environment of every task with the actions in the action buffers.</summary>
    public void Step()
    {
        isResetting = false;
        RunAll();
    }

    /// <summary>Ends the simulator's threads, if it has any.</summary>
    public void Dispose()
    {
        pool?.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected int BlocksPerTask { get; }
    internal SimulatorBuffers Buffers { get; }
    private protected abstract void ResetBlock(int block, RandomStream stream);
    private protected abstract void StepBlock(int block);

    private void RunAll()
    {
        int blocks = Tasks.Count * BlocksPerTask;
        if (pool is null) RunBlocks(0, blocks);
        else pool.Run(blocks);
    }

    private void RunBlocks(int from, int to)
    {
        for (int block = from; block < to; block++)
        {
            if (isResetting) ResetBlock(block, resetStream);
            else StepBlock(block);
        }
    }

    private bool HasBit(uint[] bits, int task, int trajectory)
    {
        int block = task * BlocksPerTask + trajectory / width;
        return (bits[block] >> (trajectory % width) & 1) != 0;
    }
}

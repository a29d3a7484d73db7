using System.Numerics;

namespace MamlRobotics.Envs;

/// <summary>
/// N tasks x B trajectories of one family, simulated together in single precision. Buffers hold one row per
/// coordinate and one column per environment; environment (n, b) is column <c>n * Stride + b</c>. Without automatic
/// resets an episode that has ended stays in its final state, gives no reward and costs nothing.
/// </summary>
public abstract class BatchSimulator : IDisposable
{
    private readonly WorkerPool? pool;
    private readonly int width;
    private RandomStream resetStream;
    private bool isResetting;

    /// <param name="width">Environments that one SIMD register holds</param>
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

    /// <summary>B.</summary>
    public int TrajectoriesPerTask { get; }

    /// <summary>Columns per task: B rounded up to whole SIMD registers.</summary>
    public int Stride => BlocksPerTask * width;

    /// <summary>One state coordinate of every environment. May be written, to start episodes from chosen states.</summary>
    public Span<float> State(int coordinate) => Buffers.State[coordinate];

    /// <summary>One observed coordinate of every environment.</summary>
    public ReadOnlySpan<float> Observation(int coordinate) => Buffers.Observation[coordinate];

    /// <summary>
    /// One observed coordinate of every environment as the last step left it, before any automatic reset: of an ended
    /// episode, its final observation.
    /// </summary>
    public ReadOnlySpan<float> FinalObservation(int coordinate) =>
        Options.AutoReset ? Buffers.FinalObservation[coordinate] : Buffers.Observation[coordinate];

    /// <summary>One action coordinate of every environment, to be written before a step.</summary>
    public Span<float> Action(int coordinate) => Buffers.Action[coordinate];

    /// <summary>Reward of the last step, zero where the episode had ended before it.</summary>
    public ReadOnlySpan<float> Rewards => Buffers.Reward;

    /// <summary>A word of flags per SIMD register, its first environment in the lowest bit: the last step reached a terminal state.</summary>
    public ReadOnlySpan<uint> Terminated => Buffers.Terminated;

    /// <summary>A word of flags per SIMD register, its first environment in the lowest bit: the last step was the horizon's last.</summary>
    public ReadOnlySpan<uint> Truncated => Buffers.Truncated;

    /// <summary>True while the episode of trajectory (n, b) goes on.</summary>
    public bool IsLive(int task, int trajectory) => HasBit(Buffers.Live, task, trajectory);

    /// <summary>True while the episode of the environment in that column goes on.</summary>
    public bool IsLive(int column) => HasBit(Buffers.Live, 0, column);

    /// <summary>
    /// True once the episode has reached a terminal state; with automatic resets, if the last step did. An episode cut
    /// off by time never is.
    /// </summary>
    public bool IsTerminated(int task, int trajectory) => HasBit(Buffers.Terminated, task, trajectory);

    /// <summary>True once the episode has run out of time; with automatic resets, if it did in the last step.</summary>
    public bool IsTruncated(int task, int trajectory) => HasBit(Buffers.Truncated, task, trajectory);

    /// <summary>Environments of one task whose episode goes on.</summary>
    public int LiveCount(int task)
    {
        int count = 0;
        foreach (uint bits in Buffers.Live.AsSpan(task * BlocksPerTask, BlocksPerTask)) count += BitOperations.PopCount(bits);
        return count;
    }

    /// <summary>Starts a new episode in every environment of one task; distinct tasks may run on distinct threads.</summary>
    /// <param name="stream">Draws of trajectory b depend on (stream, task, b) and the number of its episode alone.</param>
    public void Reset(int task, RandomStream stream)
    {
        for (int block = task * BlocksPerTask; block < (task + 1) * BlocksPerTask; block++) ResetBlock(block, stream);
    }

    /// <summary>Advances every live environment of one task by the actions in the action buffers.</summary>
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

    /// <summary>Advances every live environment of every task by the actions in the action buffers.</summary>
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
    private protected SimulatorBuffers Buffers { get; }
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

using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Simulates N tasks x B trajectories of one family on a torch device, all in a few tensors. Environment (n, b) is element
/// <c>n * B + b</c>. Axes: E environment. A reset sends a few numbers of each task to the device; a step neither sends nor
/// reads numbers, except on the CPU.
/// </summary>
public sealed class TensorSimulator : IDisposable
{
    private readonly EnvironmentSpec spec;
    private readonly TensorDynamics dynamics;
    private readonly Device device;
    private readonly int trajectories;
    private readonly bool autoReset;
    private readonly Tensor tasks;
    private readonly StartDraws draws;
    private Episode now;

    /// <param name="drawsOnDevice">
    /// Whether starts are drawn in tensors too. By default this is so on every device except the CPU. The draws are the same.
    /// </param>
    public TensorSimulator(
        TaskFamily family, TaskBatch tasks, int trajectoriesPerTask, Device device, bool autoReset = false, bool? drawsOnDevice = null)
    {
        ArgumentNullException.ThrowIfNull(family);
        ArgumentNullException.ThrowIfNull(tasks);
        ArgumentOutOfRangeException.ThrowIfLessThan(trajectoriesPerTask, 1);
        family.Spec.RequirePossible(tasks);
        (spec, dynamics) = (family.Spec, new TensorDynamics(family.Environment));
        (this.device, trajectories, this.autoReset) = (device, trajectoriesPerTask, autoReset);
        Count = tasks.Count * trajectoriesPerTask;
        this.tasks = TensorScope.Run(() => OfEachEnvironment(tasks)).DetachFromDisposeScope();
        draws = new StartDraws(spec.ResetDraws, Count, trajectoriesPerTask, device, drawsOnDevice ?? device.type != DeviceType.CPU);
        now = Detached(TensorScope.Run(() => Episode.Ended(spec, Count, device)));
    }

    /// <summary>The number of environments, E = N * B.</summary>
    public int Count { get; }

    /// <summary>[state, E]; setting it starts episodes from chosen states.</summary>
    public Tensor States
    {
        get => now.State;
        set
        {
            Tensor before = now.State;
            now = now with { State = value.to(float32, device, copy: true).DetachFromDisposeScope() };
            before.Dispose();
        }
    }

    /// <summary>[observation, E]</summary>
    public Tensor Observations => now.Observation;

    /// <summary>[observation, E] after the last step, before any automatic reset.</summary>
    public Tensor FinalObservations => now.FinalObservation;

    /// <summary>[E], zero where the episode had ended before the step.</summary>
    public Tensor Rewards => now.Reward;

    /// <summary>[E] of booleans: the episode goes on.</summary>
    public Tensor Live => now.Live;

    /// <summary>[E] of booleans: the episode has reached a terminal state; with automatic resets, it did so in the last step.</summary>
    public Tensor Terminated => now.Terminated;

    /// <summary>[E] of booleans: the episode was truncated at the horizon; with automatic resets, in the last step.</summary>
    public Tensor Truncated => now.Truncated;

    /// <summary>Starts a new episode everywhere.</summary>
    public void Reset(RandomStream stream)
    {
        draws.Restart(stream);
        Replace(TensorScope.Run(() =>
        {
            Episode fresh = Episode.Started(spec, Count, device);
            Tensor state = Moved(fresh.State, fresh.Live), observation = dynamics.Observe(tasks, state);
            return fresh with { State = state, Observation = observation, FinalObservation = observation.clone() };
        }));
    }

    /// <summary>Advances every live environment.</summary>
    /// <param name="actions">[action, E]</param>
    public void Step(Tensor actions) => Replace(TensorScope.Run(() => Next(actions)));

    public void Dispose()
    {
        tasks.Dispose();
        now.Dispose();
        draws.Dispose();
    }

    // [columns, E]
    private Tensor OfEachEnvironment(TaskBatch batch)
    {
        IEnumerable<float> Column(int column) => Enumerable.Range(0, batch.Count).Select(task => (float)batch[task, column]);
        float[] columns = [.. Enumerable.Range(0, batch.Columns.Count).SelectMany(Column)];
        Tensor ofTasks = columns.CopyToTensor([batch.Columns.Count, batch.Count], device);
        return ofTasks.unsqueeze(2).expand(-1, -1, trajectories).reshape(batch.Columns.Count, Count);
    }

    private Episode Next(Tensor actions)
    {
        TensorTransition next = dynamics.Step(tasks, now.State, actions);
        Tensor live = now.Live, elapsed = now.Elapsed.Plus(1);
        Tensor terminated = next.Terminated.logical_and(live);
        Tensor truncated = elapsed.ge(Number(spec.Horizon)).logical_and(live).logical_and(terminated.logical_not());
        Tensor ended = terminated.logical_or(truncated), reward = where(live, next.Rewards, zeros_like(elapsed));
        Tensor after = where(live, next.States, now.State);
        if (next.Relocated is { } relocated) after = Moved(after, relocated.logical_and(live).logical_and(ended.logical_not()));
        Tensor final = dynamics.Observe(tasks, after);
        if (!autoReset)
        {
            Tensor isLive = live.logical_and(ended.logical_not());
            Tensor hasTerminated = terminated.logical_or(now.Terminated), isTruncated = truncated.logical_or(now.Truncated);
            return new(after, final, final.clone(), reward, elapsed, isLive, hasTerminated, isTruncated);
        }
        after = Moved(after, ended);
        Tensor observation = dynamics.Observe(tasks, after), begun = where(ended, zeros_like(elapsed), elapsed);
        return new(after, observation, final, reward, begun, live.clone(), terminated, truncated);
    }

    /// <summary>The states after the chosen environments were moved to newly drawn starts.</summary>
    private Tensor Moved(Tensor state, Tensor chosen) =>
        draws.Next(chosen) is { } uniforms ? where(chosen, dynamics.Start(tasks, uniforms), state) : state;

    private void Replace(Episode next)
    {
        Episode before = now;
        now = Detached(next);
        before.Dispose();
    }

    private static Episode Detached(Episode episode)
    {
        foreach (Tensor kept in episode.Tensors) kept.DetachFromDisposeScope();
        return episode;
    }
}

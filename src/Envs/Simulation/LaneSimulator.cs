using System.Numerics;
using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>The CPU simulator. It computes one SIMD register of environments at a time, and its steps allocate nothing.</summary>
internal sealed class LaneSimulator<TEnvironment, TLanes>(
    TEnvironment environment, TaskBatch tasks, int trajectoriesPerTask, SimulatorOptions options)
    : BatchSimulator(environment.Spec, tasks, trajectoriesPerTask, TLanes.Width, options)
    where TEnvironment : struct, IEnvironment
    where TLanes : unmanaged, ILanes<TLanes>
{
    private readonly int stateSize = environment.Spec.State.Count;
    private readonly int taskSize = environment.Spec.Task.Count;
    private readonly int actionSize = environment.Spec.Action.Count;
    private readonly int observationSize = environment.Spec.Observation.Count;
    private readonly int resetDraws = environment.Spec.ResetDraws;
    private readonly bool relocates = environment.Spec.Relocates;
    private readonly int horizon = environment.Spec.Horizon;
    private readonly bool autoReset = options.AutoReset;

    private protected override void ResetBlock(int block, RandomStream stream)
    {
        int first = block % BlocksPerTask * TLanes.Width, lanes = Math.Min(TLanes.Width, TrajectoriesPerTask - first);
        uint live = (1u << lanes) - 1;
        Buffers.ResetKeys[block] = stream.Stream("reset", block / BlocksPerTask).Key;
        Buffers.Draws.AsSpan(block * TLanes.Width, TLanes.Width).Clear();
        Buffers.Elapsed.AsSpan(block * TLanes.Width, TLanes.Width).Clear();
        Buffers.Reward.AsSpan(block * TLanes.Width, TLanes.Width).Clear();
        Buffers.Live[block] = live;
        Buffers.Terminated[block] = 0;
        Buffers.Truncated[block] = 0;
        Span<TLanes> task = stackalloc TLanes[taskSize];
        Span<TLanes> state = stackalloc TLanes[stateSize];
        Load(Buffers.Task, block, task);
        state.Clear();
        Draw(block, live, task, state);
        Store(state, Buffers.State, block);
        Span<TLanes> observation = stackalloc TLanes[observationSize];
        environment.Observe<TLanes>(task, state, observation);
        Store(observation, Buffers.Observation, block);
        Store(observation, Buffers.FinalObservation, block);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void StepBlock(int block)
    {
        uint live = Buffers.Live[block];
        Span<float> reward = Buffers.Reward.AsSpan(block * TLanes.Width, TLanes.Width);
        if (live == 0)
        {
            reward.Clear();
            return;
        }
        Span<TLanes> task = stackalloc TLanes[taskSize];
        Span<TLanes> state = stackalloc TLanes[stateSize];
        Span<TLanes> action = stackalloc TLanes[actionSize];
        Load(Buffers.Task, block, task);
        Load(Buffers.State, block, state);
        Load(Buffers.Action, block, action);
        Transition<TLanes> transition = environment.Step<TLanes>(task, action, state);

        Mask<TLanes> isLive = TLanes.MaskOf(live);
        for (int i = 0; i < state.Length; i++) state[i] = isLive.Select(state[i], Row(Buffers.State, i, block));
        TLanes.Store(isLive.Select(transition.Reward, TLanes.Of(0)), reward);
        uint ended = Count(block, live, TLanes.BitsOf(transition.Terminated));
        if (relocates) Draw(block, live & ~ended & TLanes.BitsOf(transition.Relocated), task, state);
        Span<TLanes> observation = stackalloc TLanes[observationSize];
        environment.Observe<TLanes>(task, state, observation);
        if (!autoReset) Buffers.Live[block] = live & ~ended;
        else
        {
            Store(observation, Buffers.FinalObservation, block);
            if (ended != 0) Restart(block, ended, task, state, observation);
        }
        Store(state, Buffers.State, block);
        Store(observation, Buffers.Observation, block);
    }

    /// <summary>Counts the step and sets the flags.</summary>
    /// <returns>A bit for each episode that the step ended</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Count(int block, uint live, uint terminal)
    {
        Span<float> counts = Buffers.Elapsed.AsSpan(block * TLanes.Width, TLanes.Width);
        TLanes elapsed = TLanes.Load(counts) + TLanes.Of(1);
        TLanes.Store(elapsed, counts);
        uint terminated = live & terminal;
        uint truncated = live & ~terminated & TLanes.BitsOf(!(elapsed < TLanes.Of(horizon)));
        // Without automatic resets, the flag of an ended episode stays set.
        Buffers.Terminated[block] = terminated | (autoReset ? 0 : Buffers.Terminated[block]);
        Buffers.Truncated[block] = truncated | (autoReset ? 0 : Buffers.Truncated[block]);
        return terminated | truncated;
    }

    private void Restart(int block, uint ended, ReadOnlySpan<TLanes> task, Span<TLanes> state, Span<TLanes> observation)
    {
        Draw(block, ended, task, state);
        environment.Observe<TLanes>(task, state, observation);
        Span<float> counts = Buffers.Elapsed.AsSpan(block * TLanes.Width, TLanes.Width);
        TLanes.Store(TLanes.MaskOf(ended).Select(TLanes.Of(0), TLanes.Load(counts)), counts);
    }

    /// <summary>Moves some environments of a block to newly drawn starts.</summary>
    /// <param name="chosen">A bit for each environment to move</param>
    private void Draw(int block, uint chosen, ReadOnlySpan<TLanes> task, Span<TLanes> state)
    {
        if (chosen == 0) return;
        Span<TLanes> uniforms = stackalloc TLanes[resetDraws];
        Span<TLanes> start = stackalloc TLanes[stateSize];
        Span<float> draws = stackalloc float[TLanes.Width * resetDraws];
        var stream = new RandomStream(Buffers.ResetKeys[block]);
        for (uint left = chosen; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left), column = block * TLanes.Width + lane;
            long trajectory = block % BlocksPerTask * TLanes.Width + lane, number = Buffers.Draws[column]++;
            for (int draw = 0; draw < resetDraws; draw++)
                draws[draw * TLanes.Width + lane] = stream.UniformSingle((number << 32) + trajectory * resetDraws + draw);
        }
        for (int draw = 0; draw < resetDraws; draw++) uniforms[draw] = TLanes.Load(draws[(draw * TLanes.Width)..]);
        environment.Reset<TLanes>(task, uniforms, start);
        Mask<TLanes> isChosen = TLanes.MaskOf(chosen);
        for (int i = 0; i < start.Length; i++) state[i] = isChosen.Select(start[i], state[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Row(Rows rows, int row, int block) => TLanes.Load(rows.From(row, block * TLanes.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(Rows rows, int block, Span<TLanes> lanes)
    {
        for (int row = 0; row < lanes.Length; row++) lanes[row] = Row(rows, row, block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ReadOnlySpan<TLanes> lanes, Rows rows, int block)
    {
        for (int row = 0; row < lanes.Length; row++) TLanes.Store(lanes[row], rows.From(row, block * TLanes.Width));
    }
}

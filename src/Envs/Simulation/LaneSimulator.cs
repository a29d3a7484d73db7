using System.Numerics;
using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>The CPU simulator: one SIMD register of environments at a time, no allocation per step.</summary>
internal sealed class LaneSimulator<TEnvironment>(TEnvironment environment, TaskBatch tasks, int trajectoriesPerTask, SimulatorOptions options)
    : BatchSimulator(environment.Spec, tasks, trajectoriesPerTask, options)
    where TEnvironment : struct, IEnvironment
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
        int first = block % BlocksPerTask * Lanes.Width, lanes = Math.Min(Lanes.Width, TrajectoriesPerTask - first);
        uint live = (1u << lanes) - 1;
        Buffers.ResetKeys[block] = stream.Stream("reset", block / BlocksPerTask).Key;
        Buffers.Draws.AsSpan(block * Lanes.Width, Lanes.Width).Clear();
        Buffers.Elapsed.AsSpan(block * Lanes.Width, Lanes.Width).Clear();
        Buffers.Reward.AsSpan(block * Lanes.Width, Lanes.Width).Clear();
        Buffers.Live[block] = live;
        Buffers.Terminated[block] = 0;
        Buffers.Truncated[block] = 0;
        Span<Lanes> task = stackalloc Lanes[taskSize];
        Span<Lanes> state = stackalloc Lanes[stateSize];
        Load(Buffers.Task, block, task);
        state.Clear();
        Draw(block, live, task, state);
        Store(state, Buffers.State, block);
        Span<Lanes> observation = stackalloc Lanes[observationSize];
        environment.Observe<Lanes>(task, state, observation);
        Store(observation, Buffers.Observation, block);
        Store(observation, Buffers.FinalObservation, block);
    }

    [SkipLocalsInit, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void StepBlock(int block)
    {
        uint live = Buffers.Live[block];
        Span<float> reward = Buffers.Reward.AsSpan(block * Lanes.Width, Lanes.Width);
        if (live == 0)
        {
            reward.Clear();
            return;
        }
        Span<Lanes> task = stackalloc Lanes[taskSize];
        Span<Lanes> state = stackalloc Lanes[stateSize];
        Span<Lanes> action = stackalloc Lanes[actionSize];
        Load(Buffers.Task, block, task);
        Load(Buffers.State, block, state);
        Load(Buffers.Action, block, action);
        Transition<Lanes> transition = environment.Step<Lanes>(task, action, state);

        Mask<Lanes> isLive = Lanes.MaskOf(live);
        for (int i = 0; i < state.Length; i++) state[i] = isLive.Select(state[i], Row(Buffers.State, i, block));
        isLive.Select(transition.Reward, Lanes.Of(0)).Store(reward);
        uint ended = Count(block, live, Lanes.BitsOf(transition.Terminated));
        if (relocates) Draw(block, live & ~ended & Lanes.BitsOf(transition.Relocated), task, state);
        Span<Lanes> observation = stackalloc Lanes[observationSize];
        environment.Observe<Lanes>(task, state, observation);
        if (!autoReset) Buffers.Live[block] = live & ~ended;
        else
        {
            Store(observation, Buffers.FinalObservation, block);
            if (ended != 0) Restart(block, ended, task, state, observation);
        }
        Store(state, Buffers.State, block);
        Store(observation, Buffers.Observation, block);
    }

    /// <summary>Counts the step and sets the flags; the bits of the episodes that it ended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Count(int block, uint live, uint terminal)
    {
        Span<float> counts = Buffers.Elapsed.AsSpan(block * Lanes.Width, Lanes.Width);
        Lanes elapsed = Lanes.Load(counts) + Lanes.Of(1);
        elapsed.Store(counts);
        uint terminated = live & terminal;
        uint truncated = live & ~terminated & Lanes.BitsOf(!(elapsed < Lanes.Of(horizon)));
        // Without automatic resets an ended episode keeps its flag.
        Buffers.Terminated[block] = terminated | (autoReset ? 0 : Buffers.Terminated[block]);
        Buffers.Truncated[block] = truncated | (autoReset ? 0 : Buffers.Truncated[block]);
        return terminated | truncated;
    }

    private void Restart(int block, uint ended, ReadOnlySpan<Lanes> task, Span<Lanes> state, Span<Lanes> observation)
    {
        Draw(block, ended, task, state);
        environment.Observe<Lanes>(task, state, observation);
        Span<float> counts = Buffers.Elapsed.AsSpan(block * Lanes.Width, Lanes.Width);
        Lanes.MaskOf(ended).Select(Lanes.Of(0), Lanes.Load(counts)).Store(counts);
    }

    /// <summary>Moves the chosen environments of a block to newly drawn starts.</summary>
    private void Draw(int block, uint chosen, ReadOnlySpan<Lanes> task, Span<Lanes> state)
    {
        if (chosen == 0) return;
        Span<Lanes> uniforms = stackalloc Lanes[resetDraws];
        Span<Lanes> start = stackalloc Lanes[stateSize];
        Span<float> draws = stackalloc float[Lanes.Width * resetDraws];
        var stream = new RandomStream(Buffers.ResetKeys[block]);
        for (uint left = chosen; left != 0; left &= left - 1)
        {
            int lane = BitOperations.TrailingZeroCount(left), column = block * Lanes.Width + lane;
            long trajectory = block % BlocksPerTask * Lanes.Width + lane, number = Buffers.Draws[column]++;
            for (int draw = 0; draw < resetDraws; draw++)
                draws[draw * Lanes.Width + lane] = stream.UniformSingle((number << 32) + trajectory * resetDraws + draw);
        }
        for (int draw = 0; draw < resetDraws; draw++) uniforms[draw] = Lanes.Load(draws[(draw * Lanes.Width)..]);
        environment.Reset<Lanes>(task, uniforms, start);
        Mask<Lanes> isChosen = Lanes.MaskOf(chosen);
        for (int i = 0; i < start.Length; i++) state[i] = isChosen.Select(start[i], state[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes Row(float[][] rows, int row, int block) => Lanes.Load(rows[row].AsSpan(block * Lanes.Width));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Load(float[][] rows, int block, Span<Lanes> lanes)
    {
        for (int row = 0; row < lanes.Length; row++) lanes[row] = Row(rows, row, block);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(ReadOnlySpan<Lanes> lanes, float[][] rows, int block)
    {
        for (int row = 0; row < lanes.Length; row++) lanes[row].Store(rows[row].AsSpan(block * Lanes.Width));
    }
}

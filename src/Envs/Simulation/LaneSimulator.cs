namespace MamlRobotics.Envs;

/// <summary>The CPU simulator: one SIMD register of environments at a time, no allocation per step.</summary>
public sealed class LaneSimulator<TEnvironment>(TEnvironment environment, TaskBatch tasks, int trajectoriesPerTask)
    : BatchSimulator(environment.Spec, tasks, trajectoriesPerTask)
    where TEnvironment : struct, IEnvironment
{
    private protected override void ResetBlock(int block, RandomStream stream)
    {
        Span<Lanes> task = stackalloc Lanes[Spec.Task.Count];
        Span<Lanes> state = stackalloc Lanes[Spec.State.Count];
        Span<Lanes> uniforms = stackalloc Lanes[Spec.ResetDraws];
        Span<float> draws = stackalloc float[Lanes.Width];
        for (int draw = 0; draw < uniforms.Length; draw++)
        {
            for (int lane = 0; lane < draws.Length; lane++)
                draws[lane] = (float)stream.Uniform((long)lane * uniforms.Length + draw);
            uniforms[draw] = Lanes.Load(draws);
        }
        Load(TaskRows, block, task);
        environment.Reset<Lanes>(task, uniforms, state);
        Store(state, StateRows, block);
        Observe(block, task, state);
    }

    private protected override void StepBlock(int block)
    {
        Span<float> reward = RewardRow.AsSpan(block * Lanes.Width, Lanes.Width);
        uint live = Live[block];
        if (live == 0)
        {
            reward.Clear();
            return;
        }
        Span<Lanes> task = stackalloc Lanes[Spec.Task.Count];
        Span<Lanes> state = stackalloc Lanes[Spec.State.Count];
        Span<Lanes> before = stackalloc Lanes[Spec.State.Count];
        Span<Lanes> action = stackalloc Lanes[Spec.Action.Count];
        Load(TaskRows, block, task);
        Load(StateRows, block, state);
        Load(ActionRows, block, action);
        state.CopyTo(before);
        Transition<Lanes> transition = environment.Step<Lanes>(task, action, state);

        Mask<Lanes> isLive = Lanes.MaskOf(live);
        for (int i = 0; i < state.Length; i++) state[i] = isLive.Select(state[i], before[i]);
        isLive.Select(transition.Reward, Lanes.Of(0)).Store(reward);
        uint terminated = live & Lanes.BitsOf(transition.Terminated);
        TerminatedBits[block] |= terminated;
        Live[block] = live & ~terminated;
        Store(state, StateRows, block);
        Observe(block, task, state);
    }

    private void Observe(int block, ReadOnlySpan<Lanes> task, ReadOnlySpan<Lanes> state)
    {
        Span<Lanes> observation = stackalloc Lanes[Spec.Observation.Count];
        environment.Observe(task, state, observation);
        Store(observation, ObservationRows, block);
    }

    private static void Load(float[][] rows, int block, Span<Lanes> lanes)
    {
        for (int row = 0; row < lanes.Length; row++) lanes[row] = Lanes.Load(rows[row].AsSpan(block * Lanes.Width));
    }

    private static void Store(ReadOnlySpan<Lanes> lanes, float[][] rows, int block)
    {
        for (int row = 0; row < lanes.Length; row++) lanes[row].Store(rows[row].AsSpan(block * Lanes.Width));
    }
}

namespace MamlRobotics.Envs;

/// <summary>
/// The mean return without a policy, to compare policies with; it is the same for every run. Where an action of zero keeps the robot in
/// its place, it is the return of standing still, else that of actions drawn uniformly within their limits. Where actions have no limits,
/// it is the return of an action of zero.
/// </summary>
/// <param name="Name">What the robot does, such as "standing still"</param>
public readonly record struct PassiveReturn(string Name, double Value)
{
    private const int Trajectories = 16;

    /// <summary>The passive return of a family, averaged over tasks and starts.</summary>
    public static PassiveReturn Of(TaskFamily family, TaskBatch tasks)
    {
        ArgumentNullException.ThrowIfNull(family);
        (double atZero, bool stays) = Run(family, tasks, range: 0);
        if (stays) return new("standing still", atZero);
        bool areLimited = family.Spec.Action.All(action => double.IsFinite(action.Low) && double.IsFinite(action.High));
        return areLimited ? new("acting at random", Run(family, tasks, range: 1).Return) : new("an action of zero", atZero);
    }

    /// <param name="range">1 to draw actions within their limits, 0 for actions of zero</param>
    /// <returns>The mean return, and whether the first step left every robot where it was</returns>
    private static (double Return, bool Stays) Run(TaskFamily family, TaskBatch tasks, double range)
    {
        using BatchSimulator simulator = family.CreateSimulator(tasks, Trajectories);
        RandomStream stream = RandomStream.FromSeed(0).Stream("passive");
        simulator.Reset(stream);
        float[][] start = States(simulator);
        (double total, bool stays) = (0, true);
        for (int t = 0; t < family.Spec.Horizon; t++)
        {
            foreach ((int i, Coordinate action) in family.Spec.Action.Index())
                Draw(simulator.Action(i), action, range, stream.Stream("action", (long)t * family.Spec.Action.Count + i));
            simulator.Step();
            for (int task = 0; task < tasks.Count; task++)
                foreach (float reward in simulator.Rewards.Slice(task * simulator.Stride, Trajectories)) total += reward;
            if (t == 0) stays = States(simulator).Zip(start).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
        }
        return (total / tasks.Count / Trajectories, stays);
    }

    private static void Draw(Span<float> actions, Coordinate limits, double range, RandomStream stream)
    {
        for (int i = 0; i < actions.Length; i++)
            actions[i] = range == 0 ? 0 : (float)(limits.Low + (limits.High - limits.Low) * stream.Uniform(i));
    }

    private static float[][] States(BatchSimulator simulator) =>
        [.. Enumerable.Range(0, simulator.Spec.State.Count).Select(i => simulator.State(i).ToArray())];
}

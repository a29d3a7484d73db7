namespace MamlRobotics.Envs;

/// <summary>The reference simulator: one environment after the other, in double precision, written as simply as possible.</summary>
public sealed class ScalarSubject(TaskFamily family, TaskBatch tasks, int trajectoriesPerTask, bool autoReset) : IContractSubject
{
    private readonly int count = tasks.Count * trajectoriesPerTask;
    private readonly Scalar[][] states = Rows(tasks.Count * trajectoriesPerTask, family.Spec.State.Count);
    private readonly int[] elapsed = new int[tasks.Count * trajectoriesPerTask];
    private readonly long[] starts = new long[tasks.Count * trajectoriesPerTask];
    private RandomStream stream;

    public double[][] States => [.. states.Select(state => state.Select(number => number.Value).ToArray())];
    public double[][] Observations => [.. Enumerable.Range(0, count).Select(Observation)];
    public double[][] FinalObservations { get; private set; } = [];
    public double[] Rewards { get; } = new double[tasks.Count * trajectoriesPerTask];
    public bool[] Terminated { get; } = new bool[tasks.Count * trajectoriesPerTask];
    public bool[] Truncated { get; } = new bool[tasks.Count * trajectoriesPerTask];

    public void Reset(RandomStream stream)
    {
        this.stream = stream;
        for (int e = 0; e < count; e++)
        {
            (elapsed[e], starts[e], Rewards[e], Terminated[e], Truncated[e]) = (0, 0, 0, false, false);
            Start(e);
        }
        FinalObservations = Observations;
    }

    public void SetStates(double[][] states)
    {
        for (int e = 0; e < count; e++) this.states[e] = [.. states[e].Select(value => new Scalar(value))];
    }

    public void Step(double[][] actions)
    {
        for (int e = 0; e < count; e++) Step(e, actions[e]);
        FinalObservations = Observations;
        if (!autoReset) return;
        for (int e = 0; e < count; e++)
        {
            if (!Terminated[e] && !Truncated[e]) continue;
            elapsed[e] = 0;
            Start(e);
        }
    }

    private void Step(int e, double[] action)
    {
        Rewards[e] = 0;
        if (autoReset) (Terminated[e], Truncated[e]) = (false, false);
        if (Terminated[e] || Truncated[e]) return;
        Transition<Scalar> transition = family.Environment.Step<Scalar>(Task(e), [.. action.Select(value => new Scalar(value))], states[e]);
        Rewards[e] = transition.Reward.Value;
        Terminated[e] = Scalar.IsTrue(transition.Terminated);
        Truncated[e] = ++elapsed[e] == family.Spec.Horizon && !Terminated[e];
        if (family.Spec.Relocates && !Terminated[e] && !Truncated[e] && Scalar.IsTrue(transition.Relocated)) Start(e);
    }

    private void Start(int e)
    {
        int draws = family.Spec.ResetDraws;
        long trajectory = e % trajectoriesPerTask;
        long firstDraw = (starts[e] << 32) + trajectory * draws;
        RandomStream taskStream = stream.Stream("reset", e / trajectoriesPerTask);
        var uniforms = new Scalar[draws];
        for (int draw = 0; draw < draws; draw++) uniforms[draw] = new(taskStream.UniformSingle(firstDraw + draw));
        starts[e]++;
        family.Environment.Reset<Scalar>(Task(e), uniforms, states[e]);
    }

    private double[] Observation(int e)
    {
        var observation = new Scalar[family.Spec.Observation.Count];
        family.Environment.Observe<Scalar>(Task(e), states[e], observation);
        return [.. observation.Select(number => number.Value)];
    }

    // Tasks are rounded to single precision, because every other simulator holds them in it.
    private Scalar[] Task(int e)
    {
        int task = e / trajectoriesPerTask;
        return [.. Enumerable.Range(0, tasks.Columns.Count).Select(column => new Scalar((float)tasks[task, column]))];
    }

    private static Scalar[][] Rows(int count, int columns) => [.. Enumerable.Range(0, count).Select(_ => new Scalar[columns])];
}

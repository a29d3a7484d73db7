namespace MamlRobotics.Envs;

/// <summary>
/// 2D navigation of MAML: a point that moves by the action towards a goal which it does not observe.
/// As the authors' code runs it (cbfinn/maml_rl, point_env_randgoal.py), not as section 5.3 of the paper says:
/// the reward is the negative distance, not its square. Finn, Abbeel and Levine 2017, arXiv 1703.03400.
/// </summary>
/// <param name="ObservesGoal">True for the authors' goal-fed variant, which the paper calls the oracle.</param>
public readonly record struct PointNavigation(bool ObservesGoal = false) : IEnvironment
{
    /// <summary>Largest displacement in one step and direction, m.</summary>
    public const double MaximumStep = 0.1;

    /// <summary>Half side of the square around the goal that ends an episode, m.</summary>
    public const double GoalTolerance = 0.01;

    private static readonly Coordinate[] Position = [new("x", "m"), new("y", "m")];
    private static readonly Coordinate[] Goal = [new("goal_x", "m", -0.5, 0.5), new("goal_y", "m", -0.5, 0.5)];

    private static readonly EnvironmentSpec Blind = new(
        State: Position,
        Observation: Position,
        Action: [new("dx", "m", -MaximumStep, MaximumStep), new("dy", "m", -MaximumStep, MaximumStep)],
        Task: Goal,
        Horizon: 100);

    private static readonly EnvironmentSpec GoalFed = Blind with { Observation = [.. Position, .. Goal] };

    public EnvironmentSpec Spec => ObservesGoal ? GoalFed : Blind;

    /// <summary>Goals uniform in the square of side 1 m around the start.</summary>
    public static ITaskDistribution GoalsInSquare { get; } = new UniformTasks(("goal_x", -0.5, 0.5), ("goal_y", -0.5, 0.5));

    public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T>
    {
        state[0] = T.Of(0);
        state[1] = T.Of(0);
    }

    public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state)
        where T : struct, IReal<T>
    {
        T limit = T.Of(MaximumStep), tolerance = T.Of(GoalTolerance);
        state[0] += Real.Clamp(action[0], -limit, limit);
        state[1] += Real.Clamp(action[1], -limit, limit);
        T dx = state[0] - task[0], dy = state[1] - task[1];
        return new(-Real.Hypot(dx, dy), (T.Abs(dx) < tolerance) & (T.Abs(dy) < tolerance));
    }

    public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>
    {
        state[..2].CopyTo(observation);
        if (ObservesGoal) task[..2].CopyTo(observation[2..]);
    }

    /// <summary>
    /// Undiscounted return of optimal control. Each axis closes its distance at full speed, independently of the
    /// other, until both are within the tolerance.
    /// </summary>
    public static double OptimalReturn(ReadOnlySpan<double> task)
    {
        double x = Math.Abs(task[0]), y = Math.Abs(task[1]), total = 0;
        for (int step = 0; step < Blind.Horizon; step++)
        {
            x = Math.Max(x - MaximumStep, 0);
            y = Math.Max(y - MaximumStep, 0);
            total -= Math.Sqrt(x * x + y * y);
            if (x < GoalTolerance && y < GoalTolerance) break;
        }
        return total;
    }
}

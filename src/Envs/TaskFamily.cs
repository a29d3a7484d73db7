namespace MamlRobotics.Envs;

/// <summary>A named family of tasks: an environment, the distribution of its tasks, and what is known of its optimum.</summary>
/// <param name="OptimalReturn">Undiscounted return of optimal control on one task row.</param>
/// <param name="CreateSimulator">A CPU simulator of some tasks with B trajectories each.</param>
public sealed record TaskFamily(
    string Name,
    EnvironmentSpec Spec,
    ITaskDistribution Tasks,
    Func<TaskBatch, int, BatchSimulator> CreateSimulator,
    Func<TaskBatch, int, double> OptimalReturn)
{
    /// <summary>Every family, by the name that configurations use.</summary>
    public static IReadOnlyDictionary<string, TaskFamily> ByName { get; } = new[]
    {
        Of("maml-nav", new PointNavigation(), PointNavigation.GoalsInSquare, (tasks, task) => PointNavigation.OptimalReturn(tasks.Row(task))),
        Of("maml-nav-goal-fed", new PointNavigation(ObservesGoal: true), PointNavigation.GoalsInSquare, (tasks, task) => PointNavigation.OptimalReturn(tasks.Row(task))),
    }.ToDictionary(family => family.Name);

    private static TaskFamily Of<TEnvironment>(
        string name, TEnvironment environment, ITaskDistribution tasks, Func<TaskBatch, int, double> optimalReturn)
        where TEnvironment : struct, IEnvironment =>
        new(name, environment.Spec, tasks, (batch, count) => new LaneSimulator<TEnvironment>(environment, batch, count), optimalReturn);
}

namespace MamlRobotics.Envs.Tests;

public class BestKnownReturnTests
{
    [Theory]
    [InlineData("maml-nav")]
    [InlineData("pearl-point-sparse")]
    [InlineData("norml-rotation-sparse")]
    public void A_planner_without_hints_comes_within_a_tenth_of_optimal_control_and_never_beyond(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name] with { Controllers = [] };
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(2), 3);
        for (int task = 0; task < tasks.Count; task++)
        {
            double[] row = [.. tasks.Row(task)], start = family.Start(row, 0);
            double optimal = family.OptimalControl!(row, start);
            Assert.InRange(new ShootingPlanner(family).BestReturn(row, start), optimal - 0.1 * Math.Abs(optimal), optimal + 1e-9);
        }
    }

    // What a good controller can do at least, known from the task: stay at the goal most of the time, swing up.
    [Theory]
    [InlineData("dmc-reacher-easy", 900)]
    [InlineData("dmc-reacher-hard", 900)]
    [InlineData("dmc-point-mass", 600)]
    [InlineData("acrobot", -150)]
    [InlineData("gymnax-point", 5)]
    [InlineData("arm-payloads", -20)]
    [InlineData("arm-friction", -5)]
    public void A_best_known_return_is_that_of_a_solved_task(string name, double atLeast)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        ReferenceReturn found = family.ReferenceReturn(family.Tasks.Sample(RandomStream.FromSeed(1), 1), 0);
        Assert.Equal(ReturnKind.BestKnown, found.Kind);
        Assert.True(found.Value >= atLeast, $"{found.Value}");
    }

    [Fact]
    public void Every_family_has_a_return_to_measure_against_and_says_which()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values.Where(family => family.Spec.Horizon <= 100))
        {
            ReferenceReturn found = family.ReferenceReturn(family.TestTasks, 0);
            Assert.True(double.IsFinite(found.Value));
            Assert.Equal(family.OptimalControl is null ? ReturnKind.BestKnown : ReturnKind.Optimal, found.Kind);
        }
    }

    // What the sampling planners alone found on these tasks, and a local optimum is well above.
    [Theory]
    [InlineData("arm-goals", -17.8)]
    [InlineData("arm-payloads", -9.37)]
    [InlineData("arm-friction", -0.80)]
    public void Plans_of_arms_are_improved_to_a_local_optimum(string name, double sampled)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        Assert.True(family.ReferenceReturn(family.TestTasks, 0).Value > sampled + 0.01 * Math.Abs(sampled));
    }

    [Fact]
    public void A_best_known_return_is_never_below_one_that_was_reached()
    {
        TaskFamily family = TaskFamilies.ByName["arm-links"];
        double planned = family.ReferenceReturn(family.TestTasks, 2).Value;
        family.Remember(family.TestTasks, 2, planned - 1);
        Assert.Equal(planned, family.ReferenceReturn(family.TestTasks, 2).Value);
        family.Remember(family.TestTasks, 2, planned + 0.1);
        Assert.Equal(planned + 0.1, family.ReferenceReturn(family.TestTasks, 2).Value);
        var optimal = new ReferenceReturn(-3, ReturnKind.Optimal);
        Assert.Equal(optimal, optimal.AtLeast(-2.9));
    }

    [Fact]
    public void The_same_task_has_the_same_best_known_return()
    {
        TaskFamily family = TaskFamilies.ByName["arm-goals"];
        double[] row = [.. family.TestTasks.Row(1)];
        Assert.Equal(new ShootingPlanner(family).BestReturn(row, family.Start(row, 0)), family.ReferenceReturn(family.TestTasks, 1).Value);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void As_many_tasks_are_planned_at_once_as_there_are_threads_and_each_is_reported(int threads)
    {
        int now = 0, most = 0;
        double[] Still(double[] task, double[] state)
        {
            most = Math.Max(most, Interlocked.Increment(ref now));
            Thread.Sleep(1);
            Interlocked.Decrement(ref now);
            return [0, 0];
        }
        // No planner is asked, only the controller, because steps move the robot to random places.
        var robot = new PointRobot(
            new() { Horizon = 5, Start = PointStart.Square, StartSize = 1, RelocatesAtGoal = true, RewardRadius = 0.1 },
            TaskDistributions.Goal(1));
        TaskFamily family = TaskFamily.Of("still", robot, TaskDistributions.GoalsInSquare(1)) with { Controllers = [Still] };
        var reported = new Dictionary<int, ReferenceReturn>();
        IReadOnlyList<ReferenceReturn> returns = family.ReferenceReturns(family.TestTasks, threads, reported.Add);
        Assert.InRange(most, 1, threads);
        Assert.Equal(Enumerable.Range(0, 40), reported.Keys.Order());
        Assert.All(reported, item => Assert.Equal(returns[item.Key], item.Value));
        Assert.All(Enumerable.Range(0, 40), task => Assert.Equal(family.ReferenceReturn(family.TestTasks, task), returns[task]));
    }
}

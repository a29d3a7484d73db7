namespace MamlRobotics.Envs.Tests;

public class TaskDistributionTests
{
    private const int Count = 20_000;

    // Four standard errors of a mean of draws with at most this deviation.
    private static double Error(double deviation) => 4 * deviation / Math.Sqrt(Count);

    [Fact]
    public void Goals_in_an_annulus_are_uniform_over_its_area()
    {
        double[] squares = [.. Radii(TaskDistributions.GoalsInAnnulus(0.2, 0.9)).Select(radius => radius * radius)];
        Assert.All(squares, square => Assert.InRange(square, 0.04 - 1e-12, 0.81 + 1e-12));
        // The squared radius of a point uniform over the area is uniform.
        Assert.Equal((0.04 + 0.81) / 2, squares.Average(), tolerance: Error(0.77 / Math.Sqrt(12)));
        Assert.Equal(0.25, squares.Count(square => square < 0.04 + 0.77 / 4) / (double)Count, tolerance: Error(0.44));
    }

    [Fact]
    public void Goals_at_a_uniform_radius_are_not()
    {
        double[] radii = [.. Radii(TaskDistributions.GoalsAtUniformRadius(0.05, 0.2))];
        Assert.Equal(0.125, radii.Average(), tolerance: Error(0.15 / Math.Sqrt(12)));
    }

    [Fact]
    public void Goals_on_the_half_circle_are_up_and_on_it()
    {
        TaskBatch tasks = TaskDistributions.GoalsOnHalfCircle(1).Sample(RandomStream.FromSeed(1), Count);
        double[] angles = [.. Enumerable.Range(0, Count).Select(task => Math.Atan2(tasks[task, 1], tasks[task, 0]))];
        Assert.All(angles, angle => Assert.InRange(angle, 0, Math.PI));
        Assert.Equal(Math.PI / 2, angles.Average(), tolerance: Error(Math.PI / Math.Sqrt(12)));
        Assert.All(Radii(TaskDistributions.GoalsOnHalfCircle(1)), radius => Assert.Equal(1, radius, tolerance: 1e-12));
    }

    [Fact]
    public void Corners_are_equally_likely()
    {
        TaskBatch tasks = TaskDistributions.GoalsInCorners(2).Sample(RandomStream.FromSeed(2), Count);
        IGrouping<(double, double), int>[] corners = [.. Enumerable.Range(0, Count).GroupBy(task => (tasks[task, 0], tasks[task, 1]))];
        Assert.Equal(4, corners.Length);
        Assert.All(corners, corner => Assert.Equal(0.25, corner.Count() / (double)Count, tolerance: Error(0.44)));
    }

    [Fact]
    public void A_grid_holds_every_combination_with_the_bounds()
    {
        TaskBatch grid = TaskDistributions.Grid(3, new Coordinate("mass", "kg", 1, 3), new Coordinate("damping", "N s/m", 0, 10)).Tasks;
        Assert.Equal(9, grid.Count);
        Assert.Equal(
            from mass in new[] { 1.0, 2, 3 } from damping in new[] { 0.0, 5, 10 } orderby mass, damping select (mass, damping),
            Enumerable.Range(0, 9).Select(task => (grid[task, 0], grid[task, 1])).Order());
    }

    [Fact]
    public void Held_out_tasks_are_never_drawn()
    {
        TaskFamily family = TaskFamilies.ByName["pearl-point-sparse"];
        TaskBatch tests = family.TestTasks;
        Assert.Equal(20, tests.Count);
        HashSet<(double, double)> heldOut = [.. Enumerable.Range(0, 20).Select(task => (tests[task, 0], tests[task, 1]))];
        TaskBatch drawn = family.Tasks.Sample(RandomStream.FromSeed(3), Count);
        HashSet<(double, double)> training = [.. Enumerable.Range(0, Count).Select(task => (drawn[task, 0], drawn[task, 1]))];
        Assert.Equal(80, training.Count);
        Assert.Empty(training.Intersect(heldOut));
    }

    [Fact]
    public void A_mixture_draws_its_components_by_weight()
    {
        var mixture = new MixedTasks((3, TaskDistributions.GoalsInSquare(0.1)), (1, TaskDistributions.GoalsOnCircle(2)));
        Assert.Equal(0.75, Radii(mixture).Count(radius => radius < 1) / (double)Count, tolerance: Error(0.44));
        Assert.Equal(-2, mixture.Coordinates[0].Low);
    }

    [Fact]
    public void Goals_and_dynamics_are_drawn_together_and_independently()
    {
        var joint = new JointTasks(TaskDistributions.GoalsInSquare(1), TaskDistributions.Uniform(new Coordinate("mass", "kg", 1, 2)));
        Assert.Equal(["goal_x", "goal_y", "mass"], joint.Columns);
        TaskBatch tasks = joint.Sample(RandomStream.FromSeed(4), Count);
        Assert.Equal(1.5, Enumerable.Range(0, Count).Average(task => tasks[task, 2]), tolerance: Error(0.29));
        Assert.Equal(0, Enumerable.Range(0, Count).Average(task => tasks[task, 0] * (tasks[task, 2] - 1.5)), tolerance: Error(0.17));
    }

    [Fact]
    public void Any_parameter_of_a_robot_may_be_a_task_column()
    {
        ITaskDistribution tasks = TaskDistributions.Uniform(new Coordinate("mass", "kg", 1, 2), new Coordinate("wind_x", "N", 0, 1));
        var robot = new PointRobot(new() { Control = PointControl.Force, ActionLimit = 1 }, tasks.Coordinates);
        double[] state = [0, 0, 0, 0];
        Play.Step(robot, [2, 0.5], [1, 0], state);
        Assert.Equal(0.75, state[2]);
        EnvironmentContract.Check(TaskFamily.Of("windy masses", robot, tasks));
        Assert.Contains("payload", Assert.Throws<ArgumentException>(() => new PointRobot(new(), [new("payload", "kg", 0, 1)])).Message);
    }

    private static IEnumerable<double> Radii(ITaskDistribution goals)
    {
        TaskBatch tasks = goals.Sample(RandomStream.FromSeed(9), Count);
        return Enumerable.Range(0, Count).Select(task => Math.Sqrt(tasks[task, 0] * tasks[task, 0] + tasks[task, 1] * tasks[task, 1]));
    }
}

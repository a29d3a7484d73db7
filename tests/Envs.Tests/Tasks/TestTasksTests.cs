namespace MamlRobotics.Envs.Tests;

/// <summary>What a family reports on, and whether training draws it.</summary>
public class TestTasksTests
{
    [Fact]
    public void No_family_has_a_test_task_twice()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values) Assert.Equal(family.TestTasks.Count, family.TestTasks.Distinct().Count);
    }

    [Theory]
    [InlineData("promp-corners", 4)]
    [InlineData("promp-momentum", 4)]
    [InlineData("promp-momentum-sparse", 4)]
    [InlineData("acrobot", 1)]
    [InlineData("pearl-point-sparse", 20)]
    [InlineData("promp-walls", 40)]
    [InlineData("arm-goals", 40)]
    public void There_are_as_many_as_a_list_has_and_of_a_continuous_distribution_forty(string family, int tasks) =>
        Assert.Equal(tasks, TaskFamilies.ByName[family].TestTasks.Count);

    /// <summary>Draws of a training, as many as would meet a task of any list here.</summary>
    [Fact]
    public void Tasks_are_called_held_out_where_training_draws_none_of_them()
    {
        foreach (TaskFamily family in TaskFamilies.ByName.Values)
            Assert.Equal(family.TestTasksAreHeldOut, family.Tasks.Sample(RandomStream.FromSeed(1), 2000).IsApartFrom(family.TestTasks));
        Assert.Equal(
            ["acrobot", "promp-corners", "promp-corners-sparse", "promp-corners-squared", "promp-momentum", "promp-momentum-sparse"],
            TaskFamilies.ByName.Values.Where(family => !family.TestTasksAreHeldOut).Select(family => family.Name)
                .Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Draws_repeat_where_a_list_has_a_part_and_nothing_continuous_goes_with_it()
    {
        ITaskDistribution list = TaskDistributions.GoalsInCorners(1), square = TaskDistributions.GoalsInSquare(1);
        ITaskDistribution mass = TaskDistributions.Uniform(new Coordinate("mass", "kg", 1, 2));
        ITaskDistribution same = TaskDistributions.Uniform(new Coordinate("mass", "kg", 1, 1));
        (ITaskDistribution Tasks, bool Repeat)[] cases =
        [
            (list, true), (square, false),
            (new JointTasks(list, mass), false), (new JointTasks(list, same), true), (new JointTasks(square, same), false),
            (new MixedTasks((1, list), (1, square)), true), (new MixedTasks((1, square), (1, square)), false),
        ];
        foreach ((ITaskDistribution tasks, bool repeat) in cases)
        {
            Assert.Equal(repeat, tasks.DrawsRepeat);
            Assert.Equal(repeat, tasks.Sample(RandomStream.FromSeed(2), 100).Distinct().Count < 100);
        }
    }

    [Fact]
    public void Tasks_are_the_same_in_the_same_order_and_with_the_same_columns_alone()
    {
        TaskBatch tasks = new(["a", "b"], [1, 2, 3, 4]);
        Assert.True(tasks.IsSameAs(new(["a", "b"], [1, 2, 3, 4])));
        Assert.False(tasks.IsSameAs(new(["b", "a"], [1, 2, 3, 4])));
        Assert.False(tasks.IsSameAs(new(["a", "b"], [3, 4, 1, 2])));
        Assert.False(tasks.IsSameAs(tasks.Slice(0, 1)));
    }
}

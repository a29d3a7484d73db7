namespace MamlRobotics.Envs.Tests;

public class TaskFileTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();
    private static readonly TaskFamily Links = TaskFamily.ByName["arm-links"];

    public void Dispose()
    {
        File.Delete(path);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Tasks_read_are_the_tasks_written_to_the_last_bit()
    {
        TaskBatch tasks = Links.Tasks.Sample(RandomStream.FromSeed(1), 7);
        TaskFile.Write(path, tasks);
        TaskBatch read = TaskFile.Read(path, Links.Spec);
        Assert.Equal(tasks.Columns, read.Columns);
        for (int task = 0; task < 7; task++) Assert.Equal(tasks.Row(task).ToArray(), read.Row(task).ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("goal_x\n1\n")]
    [InlineData("goal_x,goal_y\n")]
    [InlineData("goal_x,goal_y\n1,north\n")]
    [InlineData("goal_x,goal_y\n1,NaN\n")]
    [InlineData("goal_x,goal_y\n1\n")]
    public void Anything_else_gives_one_line_that_names_the_file(string content)
    {
        File.WriteAllText(path, content);
        InputException problem = Assert.Throws<InputException>(() => TaskFile.Read(path, TaskFamily.ByName["maml-nav"].Spec));
        Assert.Contains(path, problem.Message);
        Assert.DoesNotContain('\n', problem.Message);
    }
}

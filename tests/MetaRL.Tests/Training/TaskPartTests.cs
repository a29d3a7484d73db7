using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

public class TaskPartTests
{
    /// <param name="expected">Tasks of each part</param>
    [Theory]
    [InlineData(20, 10, 100, 1, new[] { 10, 10 })]
    [InlineData(20, 10, 60, 1, new[] { 5, 5, 5, 5 })]
    [InlineData(20, 10, 60, 8, new[] { 2, 3, 2, 3, 2, 3, 2, 3 })]
    [InlineData(3, 10, 60, 8, new[] { 1, 1, 1 })]
    [InlineData(3, 1000, 60, 1, new[] { 1, 1, 1 })]
    [InlineData(7, 1, 60, 1, new[] { 7 })]
    public void Parts_hold_every_task_once_and_differ_by_one_at_most(int tasks, int samplesOfATask, int samples, int least, int[] expected)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor task = Indices(tasks, float32, CPU), steps = task.view(-1, 1).expand(-1, samplesOfATask), rows = steps.unsqueeze(2);
        var sampler = new DiagonalGaussian(rows, task.view(-1, 1, 1));
        var batch = new SampleBatch(rows, rows, steps, steps, sampler, steps, steps, steps);
        TaskPart<SampleBatch>[] parts = TaskPart<SampleBatch>.Split([batch], samples, least);
        Assert.Equal(expected, parts.Select(part => (int)part.Count));
        Assert.Equal(expected.Select((_, i) => (long)expected.Take(i).Sum()), parts.Select(part => part.First));
        float[] held = [.. parts.SelectMany(part => part.Batches[0].Observations.select(1, 0).flatten().data<float>())];
        Assert.Equal(Enumerable.Range(0, tasks).Select(i => (float)i), held);
    }
}

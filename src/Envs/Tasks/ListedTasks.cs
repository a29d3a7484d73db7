namespace MamlRobotics.Envs;

/// <summary>A fixed list of tasks, each equally likely.</summary>
public sealed class ListedTasks : ITaskDistribution
{
    public ListedTasks(IReadOnlyList<Coordinate> coordinates, TaskBatch tasks)
    {
        ArgumentNullException.ThrowIfNull(coordinates);
        ArgumentNullException.ThrowIfNull(tasks);
        if (!coordinates.Select(column => column.Name).SequenceEqual(tasks.Columns))
            throw new ArgumentException($"The tasks have other columns than the coordinates: {string.Join(", ", tasks.Columns)}.");
        ArgumentOutOfRangeException.ThrowIfZero(tasks.Count);
        Coordinates = coordinates;
        Tasks = tasks;
    }

    public IReadOnlyList<Coordinate> Coordinates { get; }

    public bool DrawsRepeat => true;

    public TaskBatch Tasks { get; }

    public void Draw(RandomStream stream, long index, Span<double> row) =>
        Tasks.Row((int)(stream.Uniform(index) * Tasks.Count)).CopyTo(row);

    /// <summary>
    /// Splits the list. Every <paramref name="period"/>th task is held out for tests, and the others are the training distribution.
    /// </summary>
    public (ListedTasks Training, TaskBatch HeldOut) HoldOut(int period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(period, 2);
        var training = new List<double>();
        var heldOut = new List<double>();
        for (int task = 0; task < Tasks.Count; task++)
            (task % period == period - 1 ? heldOut : training).AddRange(Tasks.Row(task));
        return (new ListedTasks(Coordinates, new TaskBatch(Tasks.Columns, [.. training])), new TaskBatch(Tasks.Columns, [.. heldOut]));
    }
}

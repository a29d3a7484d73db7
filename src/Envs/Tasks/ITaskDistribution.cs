namespace MamlRobotics.Envs;

/// <summary>A distribution over the tasks of a family.</summary>
public interface ITaskDistribution
{
    /// <summary>Name, unit and bounds of each task column.</summary>
    IReadOnlyList<Coordinate> Coordinates { get; }

    /// <summary>Whether a task may be drawn more than once. A list draws tasks again, a continuous distribution does not.</summary>
    bool DrawsRepeat { get; }

    /// <summary>Writes task <paramref name="index"/> of a stream. The task depends only on these two.</summary>
    /// <param name="row">[columns] to write</param>
    void Draw(RandomStream stream, long index, Span<double> row);
}

/// <summary>Operations that all task distributions share.</summary>
public static class TaskDistributionExtensions
{
    extension(ITaskDistribution distribution)
    {
        /// <summary>Names of the task columns.</summary>
        public IReadOnlyList<string> Columns => [.. distribution.Coordinates.Select(column => column.Name)];

        /// <summary>Draws the first <paramref name="count"/> tasks of the stream.</summary>
        public TaskBatch Sample(RandomStream stream, int count)
        {
            int columns = distribution.Coordinates.Count;
            var values = new double[count * columns];
            for (int task = 0; task < count; task++) distribution.Draw(stream, task, values.AsSpan(task * columns, columns));
            return new TaskBatch(distribution.Columns, values);
        }
    }
}

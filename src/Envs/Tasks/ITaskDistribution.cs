namespace MamlRobotics.Envs;

/// <summary>A distribution over the tasks of one family.</summary>
public interface ITaskDistribution
{
    /// <summary>Name, unit and bounds of each task column.</summary>
    IReadOnlyList<Coordinate> Coordinates { get; }

    /// <summary>Whether a task may be drawn more than once, as from a list; a continuous distribution draws none again.</summary>
    bool DrawsRepeat { get; }

    /// <summary>Writes task <paramref name="index"/> of a stream, a function of these two alone.</summary>
    /// <param name="row">[columns] to write</param>
    void Draw(RandomStream stream, long index, Span<double> row);
}

public static class TaskDistributionExtensions
{
    extension(ITaskDistribution distribution)
    {
        /// <summary>Names of the task columns.</summary>
        public IReadOnlyList<string> Columns => [.. distribution.Coordinates.Select(column => column.Name)];

        /// <summary>The first <paramref name="count"/> tasks of the stream.</summary>
        public TaskBatch Sample(RandomStream stream, int count)
        {
            int columns = distribution.Coordinates.Count;
            var values = new double[count * columns];
            for (int task = 0; task < count; task++) distribution.Draw(stream, task, values.AsSpan(task * columns, columns));
            return new TaskBatch(distribution.Columns, values);
        }
    }
}

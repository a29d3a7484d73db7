namespace MamlRobotics.Envs;

/// <summary>N tasks of a family, with a row per task and a column per task parameter.</summary>
public sealed class TaskBatch
{
    private static readonly EqualityComparer<double[]> SameRow = EqualityComparer<double[]>.Create(
        (one, other) => one.AsSpan().SequenceEqual(other), row => row.Aggregate(0, HashCode.Combine));

    private readonly double[] values;

    /// <param name="columns">Names of the task columns, in the order of <see cref="EnvironmentSpec.Task"/>.</param>
    /// <param name="values">[N, columns], row by row</param>
    public TaskBatch(IReadOnlyList<string> columns, double[] values)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (columns.Count == 0 || values.Length % columns.Count != 0)
            throw new ArgumentException($"{values.Length} values do not fill rows of {columns.Count} columns.");
        Columns = columns;
        this.values = values;
    }

    public IReadOnlyList<string> Columns { get; }

    /// <summary>Number of tasks, N.</summary>
    public int Count => values.Length / Columns.Count;

    public double this[int task, int column] => values[task * Columns.Count + column];

    /// <summary>The row of a task, [columns].</summary>
    public ReadOnlySpan<double> Row(int task) => values.AsSpan(task * Columns.Count, Columns.Count);

    /// <summary>The tasks without repetitions, in the order in which they first occur.</summary>
    public TaskBatch Distinct() => new(Columns, [.. Rows.Distinct(SameRow).SelectMany(row => row)]);

    /// <summary>Whether the two batches have no task in common.</summary>
    public bool IsApartFrom(TaskBatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return !Rows.Intersect(other.Rows, SameRow).Any();
    }

    /// <summary>Whether these are the same tasks in the same order.</summary>
    public bool IsSameAs(TaskBatch other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Columns.SequenceEqual(other.Columns) && values.AsSpan().SequenceEqual(other.values);
    }

    private IEnumerable<double[]> Rows => values.Chunk(Columns.Count);

    /// <summary>The tasks [from, from + count).</summary>
    public TaskBatch Slice(int from, int count) =>
        new(Columns, values[(from * Columns.Count)..((from + count) * Columns.Count)]);
}

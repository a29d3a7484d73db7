namespace MamlRobotics.Envs;

/// <summary>Tasks whose columns come from several distributions, which are drawn independently.</summary>
public sealed class JointTasks(params ITaskDistribution[] parts) : ITaskDistribution
{
    public IReadOnlyList<Coordinate> Coordinates { get; } = [.. parts.SelectMany(part => part.Coordinates)];

    public bool DrawsRepeat => parts.All(part => part.DrawsRepeat);

    public void Draw(RandomStream stream, long index, Span<double> row)
    {
        for (int part = 0; part < parts.Length; part++)
        {
            int columns = parts[part].Coordinates.Count;
            parts[part].Draw(stream.Stream("part", part), index, row[..columns]);
            row = row[columns..];
        }
    }
}

/// <summary>Tasks from several distributions over the same columns. Each task is drawn from one of them, chosen by weight.</summary>
public sealed class MixedTasks : ITaskDistribution
{
    private readonly (double Weight, ITaskDistribution Tasks)[] components;

    public MixedTasks(params (double Weight, ITaskDistribution Tasks)[] components)
    {
        ArgumentNullException.ThrowIfNull(components);
        ArgumentOutOfRangeException.ThrowIfZero(components.Length);
        IReadOnlyList<Coordinate> first = components[0].Tasks.Coordinates;
        foreach ((double weight, ITaskDistribution tasks) in components)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(weight);
            if (tasks.Columns.SequenceEqual(components[0].Tasks.Columns)) continue;
            throw new ArgumentException($"The components of a mixture must have the same columns, not {string.Join(", ", tasks.Columns)}.");
        }
        this.components = components;
        Coordinates =
        [
            .. Enumerable.Range(0, first.Count).Select(column => first[column] with
            {
                Low = components.Min(component => component.Tasks.Coordinates[column].Low),
                High = components.Max(component => component.Tasks.Coordinates[column].High),
            }),
        ];
    }

    public IReadOnlyList<Coordinate> Coordinates { get; }

    public bool DrawsRepeat => components.Any(component => component.Tasks.DrawsRepeat);

    public void Draw(RandomStream stream, long index, Span<double> row)
    {
        double left = stream.Stream("component").Uniform(index) * components.Sum(component => component.Weight);
        int chosen = 0;
        while (chosen < components.Length - 1 && left >= components[chosen].Weight) left -= components[chosen++].Weight;
        components[chosen].Tasks.Draw(stream.Stream("task", chosen), index, row);
    }
}

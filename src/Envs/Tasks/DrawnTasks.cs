namespace MamlRobotics.Envs;

/// <summary>Computes a task's row from uniform draws.</summary>
/// <param name="uniforms">each in [0, 1)</param>
/// <param name="row">[columns] to write</param>
public delegate void TaskRule(ReadOnlySpan<double> uniforms, Span<double> row);

/// <summary>Tasks that a rule computes from a fixed number of uniform draws.</summary>
public sealed class DrawnTasks(IReadOnlyList<Coordinate> coordinates, int draws, TaskRule rule) : ITaskDistribution
{
    public IReadOnlyList<Coordinate> Coordinates { get; } = coordinates;

    public bool DrawsRepeat => Coordinates.All(column => column.Low == column.High);

    public void Draw(RandomStream stream, long index, Span<double> row)
    {
        Span<double> uniforms = stackalloc double[draws];
        for (int i = 0; i < draws; i++) uniforms[i] = stream.Uniform(index * draws + i);
        rule(uniforms, row);
    }
}

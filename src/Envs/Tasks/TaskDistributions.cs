namespace MamlRobotics.Envs;

/// <summary>Distributions of tasks that families use. Lengths in m, angles in rad.</summary>
public static class TaskDistributions
{
    private const string X = "goal_x", Y = "goal_y";

    /// <summary>Every column is uniform within its bounds, independently of the others.</summary>
    public static ITaskDistribution Uniform(params Coordinate[] columns) => new DrawnTasks(columns, columns.Length, (uniforms, row) =>
    {
        for (int i = 0; i < row.Length; i++) row[i] = columns[i].Low + (columns[i].High - columns[i].Low) * uniforms[i];
    });

    /// <summary>Goals uniform in the square [-half, half] x [-half, half].</summary>
    public static ITaskDistribution GoalsInSquare(double half) => Uniform(Goal(half));

    /// <summary>Goals uniform on an arc around the origin, which is a whole circle by default.</summary>
    public static ITaskDistribution GoalsOnCircle(double radius, double from = 0, double to = Math.Tau) =>
        new DrawnTasks(Goal(radius), 1, (uniforms, row) => Polar(radius, from + (to - from) * uniforms[0], row));

    /// <summary>Goals uniform on the upper half of a circle around the origin.</summary>
    public static ITaskDistribution GoalsOnHalfCircle(double radius) => GoalsOnCircle(radius, 0, Math.PI);

    /// <summary>Evenly spaced goals on the upper half of a circle, both ends included.</summary>
    public static ListedTasks EvenGoalsOnHalfCircle(double radius, int count)
    {
        var rows = new double[2 * count];
        for (int i = 0; i < count; i++) Polar(radius, Math.PI * i / (count - 1), rows.AsSpan(2 * i, 2));
        return new ListedTasks(Goal(radius), new TaskBatch([X, Y], rows));
    }

    /// <summary>Goals in the four corners (+-half, +-half), each equally likely.</summary>
    public static ListedTasks GoalsInCorners(double half) => new(
        Goal(half), new TaskBatch([X, Y], [-half, -half, half, -half, -half, half, half, half]));

    /// <summary>Goals uniform over the area between two circles around the origin.</summary>
    public static ITaskDistribution GoalsInAnnulus(double inner, double outer) => new DrawnTasks(Goal(outer), 2, (uniforms, row) =>
        Polar(Math.Sqrt(inner * inner + (outer * outer - inner * inner) * uniforms[0]), Math.Tau * uniforms[1], row));

    /// <summary>Goals between two circles around the origin, with a uniform distance from the origin and a uniform angle.</summary>
    public static ITaskDistribution GoalsAtUniformRadius(double inner, double outer) => new DrawnTasks(Goal(outer), 2, (uniforms, row) =>
        Polar(inner + (outer - inner) * uniforms[0], Math.Tau * uniforms[1], row));

    /// <summary>Every combination of <paramref name="points"/> evenly spaced values per column, including its bounds.</summary>
    public static ListedTasks Grid(int points, params Coordinate[] columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        int count = (int)Math.Pow(points, columns.Length);
        var values = new double[count * columns.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int column = i % columns.Length, position = i / columns.Length / (int)Math.Pow(points, column) % points;
            values[i] = columns[column].Low + (columns[column].High - columns[column].Low) * position / (points - 1);
        }
        return new ListedTasks(columns, new TaskBatch([.. columns.Select(column => column.Name)], values));
    }

    /// <summary>The columns of a goal whose coordinates stay within +-<paramref name="bound"/>.</summary>
    public static Coordinate[] Goal(double bound) => [new(X, "m", -bound, bound), new(Y, "m", -bound, bound)];

    private static void Polar(double radius, double angle, Span<double> goal) =>
        (goal[0], goal[1]) = (radius * Math.Cos(angle), radius * Math.Sin(angle));
}

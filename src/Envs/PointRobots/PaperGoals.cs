using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>
/// The 40 goals on which the MAML paper's 2D navigation curve was measured: cbfinn/maml_rl, test_maml_point.py,
/// numpy.random.seed(1) and uniform(-0.5, 0.5, (40, 2)). They serve reports only; nothing is chosen by results on them.
/// </summary>
public static class PaperGoals
{
    /// <summary>The goals, [40, (goal_x, goal_y)], m.</summary>
    public static TaskBatch Tasks { get; } = Read();

    /// <summary>Mean return after 0 to 3 gradient steps, from the authors' published result files.</summary>
    public static IReadOnlyList<double> PublishedReturns { get; } = [-40.41, -11.68, -3.33, -3.23];

    private static TaskBatch Read()
    {
        using Stream stream = typeof(PaperGoals).Assembly.GetManifestResourceStream("maml-paper-goals.csv")!;
        using var reader = new StreamReader(stream);
        string[] columns = reader.ReadLine()!.Split(',');
        var values = new List<double>();
        while (reader.ReadLine() is { } line)
            values.AddRange(line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)));
        return new TaskBatch(columns, [.. values]);
    }
}

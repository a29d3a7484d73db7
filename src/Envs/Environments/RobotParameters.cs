using System.Globalization;
using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>One number that a robot is made of.</summary>
/// <param name="Value">Unless a preset says otherwise.</param>
/// <param name="Least">What nature allows; a mass, say, is never below zero</param>
public readonly record struct Parameter(string Name, string Unit, double Value, double Least = double.NegativeInfinity);

/// <summary>
/// The numbers that a robot is made of. Each is either the same for every task or, where a task column has its name,
/// read from the task; so any of them can be what a policy has to adapt to.
/// </summary>
public sealed class RobotParameters
{
    private readonly IReadOnlyList<Parameter> known;
    private readonly double[] values;
    private readonly int[] columns;

    /// <param name="known">Every parameter, in the order of its index.</param>
    /// <param name="changed">Index and value of those that differ from <see cref="Parameter.Value"/>.</param>
    public RobotParameters(IReadOnlyList<Parameter> known, IEnumerable<KeyValuePair<int, double>> changed, IReadOnlyList<Coordinate> taskColumns)
    {
        this.known = known;
        values = [.. known.Select(parameter => parameter.Value)];
        foreach ((int index, double value) in changed) values[index] = value;
        columns = new int[values.Length];
        Array.Fill(columns, -1);
        for (int column = 0; column < taskColumns.Count; column++)
        {
            int index = known.Select(parameter => parameter.Name).ToList().IndexOf(taskColumns[column].Name);
            if (index < 0) throw new ArgumentException($"The robot has no parameter '{taskColumns[column].Name}'.");
            columns[index] = column;
        }
        Settings =
        [
            .. known.Select((parameter, index) => (parameter, index)).Where(item => columns[item.index] < 0).Select(item =>
                new Setting(item.parameter.Name, values[item.index].ToString("R", CultureInfo.InvariantCulture), item.parameter.Unit)),
        ];
    }

    /// <summary>The parameters that are the same for every task.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>A value of the task that nature does not allow, in words; null where all are possible.</summary>
    /// <param name="task">[task columns]</param>
    public string? FlawOf(ReadOnlySpan<double> task)
    {
        for (int index = 0; index < columns.Length; index++)
        {
            if (columns[index] >= 0 && task[columns[index]] < known[index].Least)
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"{known[index].Name} is {task[columns[index]]:R} and cannot be below {known[index].Least:R}");
            }
        }
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get<T>(ReadOnlySpan<T> task, int index) where T : struct, IReal<T>
    {
        int column = columns[index];
        return column < 0 ? T.Of(values[index]) : task[column];
    }

    /// <summary>True if the parameter has this value in every task, so that dynamics may leave its effect out.</summary>
    public bool IsAlways(int index, double value) => columns[index] < 0 && values[index] == value;
}

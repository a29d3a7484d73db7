using System.Globalization;
using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>A parameter of a robot.</summary>
/// <param name="Value">Default value</param>
/// <param name="Least">Smallest possible value; a mass, for example, is never below zero</param>
public readonly record struct Parameter(string Name, string Unit, double Value, double Least = double.NegativeInfinity);

/// <summary>
/// The parameters of a robot. A parameter is read from the task where a task column has its name, and is the same for every task
/// otherwise. So a policy may have to adapt to any of them.
/// </summary>
public sealed class RobotParameters
{
    private readonly IReadOnlyList<Parameter> known;
    private readonly double[] values;
    private readonly int[] columns;

    /// <param name="known">Every parameter, in the order of its index</param>
    /// <param name="changed">Index and value of the parameters that differ from their default</param>
    public RobotParameters(
        IReadOnlyList<Parameter> known, IEnumerable<KeyValuePair<int, double>> changed, IReadOnlyList<Coordinate> taskColumns)
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
        Settings = [.. Enumerable.Range(0, values.Length).Where(index => columns[index] < 0).Select(SettingOf)];
    }

    /// <summary>The parameters that are the same for every task.</summary>
    public IReadOnlyList<Setting> Settings { get; }

    /// <summary>Says which value of the task is impossible; null if all are possible.</summary>
    /// <param name="task">[task columns]</param>
    public string? FlawOf(ReadOnlySpan<double> task)
    {
        for (int index = 0; index < columns.Length; index++)
        {
            if (columns[index] < 0) continue;
            (double value, Parameter parameter) = (task[columns[index]], known[index]);
            if (value >= parameter.Least) continue;
            return string.Create(CultureInfo.InvariantCulture, $"{parameter.Name} is {value:R} and cannot be below {parameter.Least:R}");
        }
        return null;
    }

    /// <summary>The value of a parameter in a task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Get<T>(ReadOnlySpan<T> task, int index) where T : struct, IReal<T>
    {
        int column = columns[index];
        return column < 0 ? T.Of(values[index]) : task[column];
    }

    /// <summary>Whether the parameter has this value in every task. The dynamics may then leave out its effect.</summary>
    public bool IsAlways(int index, double value) => columns[index] < 0 && values[index] == value;

    private Setting SettingOf(int index) =>
        new(known[index].Name, values[index].ToString("R", CultureInfo.InvariantCulture), known[index].Unit);
}

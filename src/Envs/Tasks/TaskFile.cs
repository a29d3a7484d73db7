using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>Reads and writes tasks as CSV files, with the column names in the first line and a row per task.</summary>
public static class TaskFile
{
    public static void Write(string path, TaskBatch tasks)
    {
        var lines = new List<string> { string.Join(',', tasks.Columns) };
        for (int task = 0; task < tasks.Count; task++)
        {
            var cells = new List<string>();
            foreach (double value in tasks.Row(task)) cells.Add(value.ToString("R", CultureInfo.InvariantCulture));
            lines.Add(string.Join(',', cells));
        }
        AtomicFile.WriteText(path, string.Join('\n', lines) + "\n");
    }

    /// <summary>Reads tasks of a family. The file must name the family's columns, in any order.</summary>
    /// <exception cref="InputException">The file is missing, or does not hold possible tasks of the family.</exception>
    public static TaskBatch Read(string path, EnvironmentSpec spec)
    {
        string[] lines = ReadLines(path), wanted = [.. spec.Task.Select(column => column.Name)];
        string[] header = lines.Length > 0 ? [.. lines[0].Split(',').Select(cell => cell.Trim())] : [];
        int[] order = [.. wanted.Select(name => Array.IndexOf(header, name))];
        if (order.Contains(-1) || header.Length != wanted.Length)
            throw new InputException($"{path} must begin with a line that names the columns {string.Join(',', wanted)}.");
        if (lines.Length == 1) throw new InputException($"{path} names its columns but holds no task.");
        var values = new double[(lines.Length - 1) * wanted.Length];
        for (int row = 0; row < lines.Length - 1; row++)
        {
            double[] numbers = Numbers(lines[row + 1], header.Length)
                ?? throw new InputException($"Row {row + 1} of {path} is not {header.Length} finite numbers: {lines[row + 1]}");
            for (int column = 0; column < wanted.Length; column++) values[row * wanted.Length + column] = numbers[order[column]];
        }
        var tasks = new TaskBatch(wanted, values);
        spec.RequirePossible(tasks, path);
        return tasks;
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return [.. InputFile.ReadText(path).ReplaceLineEndings("\n").Split('\n').Where(line => line.Trim().Length > 0)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot read the tasks {path}: {problem.Message}");
        }
    }

    /// <summary>The finite numbers of a line; null if it does not hold as many.</summary>
    private static double[]? Numbers(string line, int count)
    {
        double[] numbers = [.. line.Split(',').Select(Number)];
        return numbers.Length == count && numbers.All(double.IsFinite) ? numbers : null;
    }

    private static double Number(string cell) =>
        double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;
}

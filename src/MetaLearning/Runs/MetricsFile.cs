using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>metrics.csv of a run folder: a row for each iteration, with every number in its shortest exact form.</summary>
public sealed class MetricsFile : IDisposable
{
    // Runs of millions of iterations have large tables.
    private const int Longest = 1 << 30;

    private readonly FileStream file;
    private readonly StreamWriter writer;
    private readonly int validations;

    /// <param name="keep">
    /// The last iteration whose row is kept. Later rows are removed, because a resumed run does their iterations again.
    /// </param>
    /// <exception cref="InputException">A row that is to be kept is missing.</exception>
    public MetricsFile(string path, IExperiment experiment, int keep)
    {
        string header = string.Join(',', Columns(experiment));
        validations = experiment.Config.InnerSteps + 1;
        AtomicFile.WriteText(path, string.Concat(Kept(path, header, keep).Prepend(header).Select(line => line + "\n")));
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        writer = new StreamWriter(file) { AutoFlush = true };
    }

    /// <summary>Reads the numbers of each column, NaN for an empty cell. It leaves out a last row that is still being written.</summary>
    /// <exception cref="InputException">The file is damaged, holds no iteration yet, or holds a score that is not finite.</exception>
    public static IReadOnlyDictionary<string, double[]> Read(string path)
    {
        string text = InputFile.ReadText(path, Longest);
        string whole = text[..(text.LastIndexOf('\n') + 1)];
        string[][] rows = [.. whole.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        if (rows.Length < 2) throw new InputException($"{path} holds no iteration yet.");
        var columns = new Dictionary<string, double[]>();
        foreach ((int index, string name) in rows[0].Index())
        {
            columns[name] = [.. rows.Skip(1).Select((row, number) => row.Length == rows[0].Length
                ? Number(row[index], name, number + 1, path) : throw new InputException($"Row {number + 1} of {path} is damaged."))];
        }
        if (!columns.TryGetValue("iteration", out double[]? iterations))
            throw new InputException($"{path} is not a table of metrics: it has no column iteration.");
        return iterations.Zip(iterations.Skip(1)).All(pair => pair.First < pair.Second) ? columns
            : throw new InputException($"{path} has iterations twice or out of order.");
    }

    public static IEnumerable<string> Columns(IExperiment experiment) =>
    [
        "iteration", .. experiment.Columns.Data, .. OuterMetrics.Columns(experiment),
        .. Enumerable.Range(0, experiment.Config.InnerSteps + 1).Select(step => $"validation_{experiment.Config.ScoreName}_{step}"),
        "sampling_s", "adaptation_s", "outer_s", "validation_s",
    ];

    public void Append(IterationReport report)
    {
        IEnumerable<string> metrics = report.Metrics.Select(metric => double.IsFinite(metric.Value) ? Text(metric.Value) : "");
        IEnumerable<string> validation = report.Validation?.Select(step => Text(step.Mean)) ?? Enumerable.Repeat("", validations);
        writer.WriteLine(string.Join(',', (string[])
        [
            Text(report.Iteration), .. metrics, .. validation,
            Text(report.SamplingSeconds), Text(report.AdaptationSeconds), Text(report.OuterSeconds), Text(report.ValidationSeconds),
        ]));
    }

    /// <summary>Waits until all rows are on the disk.</summary>
    public void FlushToDisk() => file.Flush(flushToDisk: true);

    public void Dispose() => writer.Dispose();

    /// <summary>The rows of iterations 1 to <paramref name="keep"/>.</summary>
    private static string[] Kept(string path, string header, int keep)
    {
        if (keep == 0) return [];
        string[] lines = InNewColumns(File.Exists(path) ? File.ReadAllLines(path) : [], header);
        int cells = header.Split(',').Length;
        string[] rows = [.. lines.Skip(1).Where(line => IterationOf(line) <= keep && line.Split(',').Length == cells)];
        int[] numbers = [.. rows.Select(IterationOf)];
        int[] missing = [.. Enumerable.Range(1, keep).Except(numbers)];
        if (missing.Length > 0) throw CannotResume($"{path} lacks iteration {missing[0]} of the {keep} that the checkpoint has done");
        if (lines.FirstOrDefault() != header) throw CannotResume($"{path} is not the table of metrics of this run");
        if (!numbers.SequenceEqual(Enumerable.Range(1, keep))) throw CannotResume($"{path} has iterations twice or out of order");
        return rows;
    }

    private static InputException CannotResume(string reason) => new($"{reason}; restore the file to resume, or start a new run.");

    private static double Number(string cell, string column, int row, string path)
    {
        if (cell.Length == 0) return double.NaN;
        if (!double.TryParse(cell, CultureInfo.InvariantCulture, out double value))
            throw new InputException($"Row {row} of {path} is damaged.");
        // A score that is not finite must not look like an empty cell, which stands for a score that was not measured.
        return double.IsFinite(value) || !IsScore(column) ? value
            : throw new InputException($"Row {row} of {path} has a {column} that is not finite: the run diverged there; leave it out.");
    }

    private static bool IsScore(string column)
    {
        string[] starts = ["support_", "query_", "validation_"];
        return column != "validation_s" && starts.Any(start => column.StartsWith(start, StringComparison.Ordinal));
    }

    /// <summary>
    /// Brings a table of an earlier version into the columns of a header. Such a table lacks some columns, whose cells stay empty,
    /// or has them in another order.
    /// </summary>
    private static string[] InNewColumns(string[] lines, string header)
    {
        string[] before = lines.FirstOrDefault("").Split(','), now = header.Split(',');
        if (before.Except(now).Any() || now.Except(before).Any(IsScore)) return lines;
        int[] places = [.. now.Select(name => Array.IndexOf(before, name))];
        return [header, .. lines.Skip(1).Select(line => line.Split(',')).Where(row => row.Length == before.Length)
            .Select(row => string.Join(',', places.Select(place => place < 0 ? "" : row[place])))];
    }

    private static int IterationOf(string line) =>
        int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out int iteration) && line.Contains(',') ? iteration : int.MaxValue;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>metrics.csv: a row per iteration, every number in its shortest exact form.</summary>
public sealed class MetricsFile : IDisposable
{
    // A run of millions of iterations is no mistake.
    private const int Longest = 1 << 30;

    private readonly FileStream file;
    private readonly StreamWriter writer;
    private readonly int validations;

    /// <param name="keep">Rows of iterations up to this one are kept, later ones dropped: resuming repeats them.</param>
    /// <exception cref="InputException">A row that is to be kept is not there.</exception>
    public MetricsFile(string path, IExperiment experiment, int keep)
    {
        string header = string.Join(',', Columns(experiment));
        validations = experiment.Config.InnerSteps + 1;
        AtomicFile.WriteText(path, string.Concat(Kept(path, header, keep).Prepend(header).Select(line => line + "\n")));
        file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        writer = new StreamWriter(file) { AutoFlush = true };
    }

    /// <summary>The numbers of each column, NaN where a cell is empty. A last row that is still being written is left out.</summary>
    /// <exception cref="InputException">The file is damaged, holds no iteration yet, or a return that is not finite.</exception>
    public static IReadOnlyDictionary<string, double[]> Read(string path)
    {
        string text = InputFile.ReadText(path, Longest);
        string[][] rows = [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        if (rows.Length < 2) throw new InputException($"{path} holds no iteration yet.");
        var columns = new Dictionary<string, double[]>();
        foreach ((int index, string name) in rows[0].Index())
        {
            columns[name] = [.. rows.Skip(1).Select((row, number) => row.Length == rows[0].Length
                ? Number(row[index], name, number + 1, path) : throw new InputException($"Row {number + 1} of {path} is damaged."))];
        }
        if (!columns.TryGetValue("iteration", out double[]? iterations)) throw new InputException($"{path} is no table of metrics.");
        return iterations.Zip(iterations.Skip(1)).All(pair => pair.First < pair.Second) ? columns
            : throw new InputException($"{path} has iterations twice or out of order.");
    }

    public static IEnumerable<string> Columns(IExperiment experiment) =>
    [
        "iteration", .. experiment.Columns.Data, .. OuterMetrics.Columns(experiment),
        .. Enumerable.Range(0, experiment.Config.InnerSteps + 1).Select(step => $"validation_{experiment.ScoreName}_{step}"),
        "sampling_s", "adaptation_s", "outer_s", "validation_s",
    ];

    public void Append(IterationReport report)
    {
        IEnumerable<string> validation = report.Validation?.Select(step => Text(step.Mean)) ?? Enumerable.Repeat("", validations);
        writer.WriteLine(string.Join(',', (string[])
        [
            Text(report.Iteration), .. report.Metrics.Select(metric => double.IsFinite(metric.Value) ? Text(metric.Value) : ""), .. validation,
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
        if (missing.Length > 0) throw new InputException($"{path} lacks iteration {missing[0]} of the {keep} that the checkpoint has behind it; put the file back to resume, or start a new run.");
        if (lines.FirstOrDefault() != header) throw new InputException($"{path} is not the table of metrics of this run; put it back to resume, or start a new run.");
        return numbers.SequenceEqual(Enumerable.Range(1, keep)) ? rows : throw new InputException($"{path} has iterations twice or out of order; put the file back to resume, or start a new run.");
    }

    private static double Number(string cell, string column, int row, string path)
    {
        if (cell.Length == 0) return double.NaN;
        if (!double.TryParse(cell, CultureInfo.InvariantCulture, out double value))
            throw new InputException($"Row {row} of {path} is damaged.");
        // What was measured must not pass for what was not.
        return double.IsFinite(value) || !IsScore(column) ? value
            : throw new InputException($"Row {row} of {path} has a {column} that is not finite: the run diverged there; leave it out.");
    }

    private static bool IsScore(string column) =>
        ((string[])["support_", "query_", "validation_"]).Any(start => column.StartsWith(start, StringComparison.Ordinal)) && column != "validation_s";

    /// <summary>A table of an earlier version lacks some columns, whose cells are then empty, or has them in another order.</summary>
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

using System.Globalization;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>metrics.csv: a row per iteration, every number in its shortest exact form.</summary>
public sealed class MetricsFile : IDisposable
{
    private readonly StreamWriter writer;

    /// <param name="keep">Rows of iterations up to this one are kept, later ones dropped: resuming repeats them.</param>
    public MetricsFile(string path, int innerSteps, int keep)
    {
        if (keep > 0 && File.Exists(path))
        {
            string[] lines = File.ReadAllLines(path);
            AtomicFile.WriteText(path, string.Concat(lines.Take(1).Concat(lines.Skip(1).Where(line => IterationOf(line) <= keep)).Select(line => line + "\n")));
        }
        else
        {
            AtomicFile.WriteText(path, string.Join(',', Columns(innerSteps)) + "\n");
        }
        writer = new StreamWriter(path, append: true) { AutoFlush = true };
    }

    /// <summary>The numbers of each column, NaN where a cell is empty. A last row that is still being written is left out.</summary>
    /// <exception cref="InputException">The file is damaged, or holds no iteration yet.</exception>
    public static IReadOnlyDictionary<string, double[]> Read(string path)
    {
        string text;
        // A run that goes on keeps the file open for writing.
        using (var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite))) text = reader.ReadToEnd();
        string[][] rows = [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        if (rows.Length < 2) throw new InputException($"{path} holds no iteration yet.");
        var columns = new Dictionary<string, double[]>();
        foreach ((int index, string name) in rows[0].Index())
        {
            columns[name] = [.. rows.Skip(1).Select((row, number) => row.Length == rows[0].Length && Parse(row[index]) is { } value
                ? value : throw new InputException($"Row {number + 1} of {path} is damaged."))];
        }
        return columns.ContainsKey("iteration") ? columns : throw new InputException($"{path} is no table of metrics.");
    }

    public static IEnumerable<string> Columns(int innerSteps) =>
    [
        "iteration",
        .. Enumerable.Range(0, innerSteps).Select(step => $"support_return_{step}"),
        "query_return", "regret", "kl", "entropy", "accepted", "live_steps",
        .. Enumerable.Range(0, innerSteps + 1).Select(step => $"validation_return_{step}"),
        "sampling_s", "adaptation_s", "outer_s", "validation_s",
    ];

    public void Append(IterationReport report)
    {
        IEnumerable<string> validation = report.Validation?.Select(step => Text(step.Mean)) ?? report.Returns.Select(_ => "");
        writer.WriteLine(string.Join(',', (string[])
        [
            Text(report.Iteration), .. report.Returns.Select(value => Text(value)), Text(report.Regret), Text(report.Kl), Text(report.Entropy),
            report.Accepted ? "1" : "0", Text(report.LiveSteps), .. validation,
            Text(report.SamplingSeconds), Text(report.AdaptationSeconds), Text(report.OuterSeconds), Text(report.ValidationSeconds),
        ]));
    }

    public void Dispose() => writer.Dispose();

    private static double? Parse(string cell) => cell.Length == 0 ? double.NaN : double.TryParse(cell, CultureInfo.InvariantCulture, out double value) ? value : null;

    private static int IterationOf(string line) =>
        int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out int iteration) && line.Contains(',') ? iteration : int.MaxValue;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

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

    private static int IterationOf(string line) =>
        int.TryParse(line.Split(',')[0], CultureInfo.InvariantCulture, out int iteration) && line.Contains(',') ? iteration : int.MaxValue;

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);
}

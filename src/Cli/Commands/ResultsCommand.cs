using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml results`: evaluated runs side by side, a row each, and their medians.</summary>
internal static class ResultsCommand
{
    private sealed record Row(string Run, string Seed, double TrainingSeconds, IReadOnlyList<double> Returns);

    public static Command Create()
    {
        Argument<string[]> runs = new("RUN") { Description = "Run folders that hold an evaluation.json.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "results", "Print the evaluations of some runs side by side, with the median over runs.\n\n"
            + "Example: maml eval runs/a/checkpoints/best.safetensors --json runs/a/evaluation.json && maml results runs/a")
        { runs };
        command.SetAction(parsed =>
        {
            Row[] rows = [.. parsed.GetValue(runs)!.Select(Read)];
            int steps = rows.Min(row => row.Returns.Count);
            Console.WriteLine($"| run | seed | training s | {string.Join(" | ", Enumerable.Range(0, steps).Select(step => $"step {step}"))} |");
            Console.WriteLine($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", steps))}");
            foreach (Row row in rows) Print(row.Run, row.Seed, row.TrainingSeconds, row.Returns.Take(steps));
            Print("median", "", Statistics.Median(rows.Select(row => row.TrainingSeconds)), Enumerable.Range(0, steps).Select(step => Statistics.Median(rows.Select(row => row.Returns[step]))));
            return 0;
        });
        return command;
    }

    private static Row Read(string run)
    {
        var folder = new DirectoryInfo(run);
        string evaluation = Path.Combine(run, "evaluation.json"), metrics = Path.Combine(run, "metrics.csv"), config = Path.Combine(run, "config.json");
        if (!folder.Exists || !File.Exists(metrics) || !File.Exists(config)) throw new InputException($"{run} is no run folder: it has no metrics.csv and config.json.");
        if (!File.Exists(evaluation)) throw new InputException($"{run} has no evaluation.json; write one with: maml eval {run}/checkpoints/best.safetensors --json {evaluation}");
        try
        {
            JsonArray steps = JsonNode.Parse(File.ReadAllText(evaluation))!["steps"]!.AsArray();
            return new Row(
                folder.Name, ConfigReader.ReadFile(config, []).Seed.ToString(CultureInfo.InvariantCulture), TrainingSeconds(File.ReadAllLines(metrics)),
                [.. steps.Select(step => step!["mean"]!.GetValue<double>())]);
        }
        catch (Exception problem) when (problem is System.Text.Json.JsonException or NullReferenceException or InvalidOperationException or FormatException or IndexOutOfRangeException)
        {
            throw new InputException($"{evaluation} or {metrics} is damaged; evaluate the run again.");
        }
    }

    private static double TrainingSeconds(string[] lines)
    {
        string[] header = lines[0].Split(',');
        int[] timed = [.. header.Index().Where(column => column.Item.EndsWith("_s", StringComparison.Ordinal)).Select(column => column.Index)];
        return lines.Skip(1).Select(line => line.Split(',')).Sum(cells => timed.Sum(column => double.Parse(cells[column], CultureInfo.InvariantCulture)));
    }

    private static void Print(string run, string seed, double seconds, IEnumerable<double> returns) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {run} | {seed} | {seconds:F0} | {string.Join(" | ", returns.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)))} |"));
}

using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>The table of a sweep: a row for each grid point with its validation scores over the seeds.</summary>
internal static class SweepTable
{
    private const string Missing = "-";

    /// <summary>The validation scores of the seeds of a grid point that have any: [seeds][K + 1].</summary>
    private sealed record Row(SweepRun[] Runs, IReadOnlyList<double>[] Scores)
    {
        public bool IsHigherBetter => Runs[0].Config.HigherIsBetter;

        /// <summary>What the best checkpoints were chosen by, averaged over the seeds; higher is better here.</summary>
        public double Worth
        {
            get
            {
                int step = Runs[0].Config.ValidationStep;
                double worth = Scores.Average(scores => step > 0 ? scores[step] : scores.Skip(1).Sum());
                return IsHigherBetter ? worth : -worth;
            }
        }
    }

    public static void Print(IReadOnlyList<SweepRun> runs)
    {
        Row[] rows = [.. runs.GroupBy(run => run.Point).Select(group => RowOf([.. group]))];
        var bootstrap = new Bootstrap(RandomStream.FromSeed(0).Stream("sweep"));
        int steps = runs.Max(run => run.Config.InnerSteps);
        string score = runs[0].Config.ScoreName;
        Console.WriteLine(
            $"Validation {score} of each run's best checkpoint: interquartile mean over seeds, in brackets its 95 % bootstrap interval.");
        var table = new TextTable(
            ["grid point", "seeds", .. Enumerable.Range(0, steps + 1).Select(step => $"step {step}")],
            [.. rows.Select(row => (string[])
            [
                PointOf(row), Counted(row), .. Enumerable.Range(0, steps + 1).Select(step => Cell(row, step, bootstrap)),
            ])]);
        foreach (string line in table.Plain()) Console.WriteLine(line);
        Row[] scored = [.. rows.Where(row => row.Scores.Length > 0)];
        if (scored.Length > 1) Console.WriteLine($"Best on validation tasks: {PointOf(scored.MaxBy(row => row.Worth)!)}.");
    }

    private static Row RowOf(SweepRun[] runs) => new(runs, [.. runs.Select(SweepState.Validation).OfType<IReadOnlyList<double>>()]);

    private static string PointOf(Row row) => row.Runs[0].Point.Length > 0 ? row.Runs[0].Point : "all";

    private static string Counted(Row row) => row.Scores.Length == row.Runs.Length
        ? row.Runs.Length.ToString(CultureInfo.InvariantCulture)
        : FormattableString.Invariant($"{row.Scores.Length} of {row.Runs.Length}");

    private static string Cell(Row row, int step, Bootstrap bootstrap)
    {
        if (row.Scores.Length == 0 || step >= row.Scores[0].Count) return Missing;
        ScoreFormat format = ScoreFormat.Of(row.Runs[0].Config);
        RunScores scores = RunScores.Of([.. row.Scores.Select(seed => (double[])[seed[step]])], row.IsHigherBetter);
        return scores.Runs == 1 ? format.Text(scores[0, 0]) : format.Text(bootstrap.Of(scores, ScoreStatistics.InterquartileMean));
    }
}

using System.Globalization;

namespace MamlRobotics.Cli.Rendering;

/// <summary>The tables of a comparison of learners.</summary>
internal static class ComparisonTables
{
    /// <summary>A row for each gradient step and learner.</summary>
    public static TextTable Learners(ComparisonFigures figures, ScoreFormat format)
    {
        bool hasSolved = figures.Learners[0].Solved is not null;
        return new(
            ["learner", "runs", "step", format.Name, "IQM", .. hasSolved ? (string[])["solved"] : []],
            [.. figures.Learners.Select(row => (string[])
            [
                row.Learner, Whole(row.Runs), Whole(row.Step), format.Text(row.Mean), format.Text(row.InterquartileMean),
                .. row.Solved is { } solved ? (string[])[ScoreFormat.Success.Text(solved)] : [],
            ])]);
    }

    /// <summary>A row for each gradient step and learner but the first; without rows where there is only one.</summary>
    public static TextTable Pairs(ComparisonFigures figures, ScoreFormat format) => new(
        [$"against {figures.Learners[0].Learner}", "step", "difference", "probability of improvement"],
        [.. figures.Pairs.Select(row => (string[])
        [
            row.Learner, Whole(row.Step), format.Text(row.Difference), ScoreFormat.Success.Text(row.Improvement),
        ])]);

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}

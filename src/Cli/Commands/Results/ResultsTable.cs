using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// The table of `maml results`: a row for each run, with its evaluation, and for each configuration of which there are several, their
/// median.
/// </summary>
/// <param name="groups">Groups of which every run has its evaluation</param>
internal sealed class ResultsTable(IReadOnlyList<RunGroup> groups)
{
    // Stands for a step that a run was not evaluated on, and for a number that its folder does not hold.
    private const string Missing = "-";

    private readonly ScoreFormat format = ScoreFormat.Of(groups[0].Runs[0].Config);

    // Not every problem counts steps of environments.
    private readonly bool countsSteps = groups.SelectMany(group => group.Runs).Any(run => !double.IsNaN(run.SampledSteps));

    private readonly int[] steps =
        [.. Enumerable.Range(0, groups.SelectMany(group => group.Runs).Max(run => run.Evaluation!.Steps.Count))];

    public TextTable ToTable()
    {
        // A median is over runs of one configuration that have trained equally long.
        RecordedRun[][] comparable =
            [.. groups.SelectMany(group => group.Runs.GroupBy(run => run.Iterations)).Select(runs => runs.ToArray())];
        string[] sampled = countsSteps ? ["M steps"] : [];
        return new TextTable(
            ["run", "seed", "training s", .. sampled, .. steps.Select(step => $"step {step}")],
            [.. comparable.SelectMany(runs => Rows(runs, areAll: comparable.Length == 1))]);
    }

    /// <summary>The rows of runs that differ only by their seed, followed by their median if there are several.</summary>
    /// <param name="areAll">Whether the table has no other runs</param>
    private IEnumerable<string[]> Rows(RecordedRun[] runs, bool areAll)
    {
        foreach (RecordedRun run in runs)
        {
            string name = run.IsUnfinished ? $"{run.Name} ({run.Iterations} of {run.Config.Iterations} iterations)" : run.Name;
            IReadOnlyList<StepScores> measured = run.Evaluation!.Steps;
            yield return Row(
                name, run.Config.Seed.ToString(CultureInfo.InvariantCulture), run.TrainingSeconds, run.SampledSteps,
                steps.Select(step => step < measured.Count ? Text(measured[step]) : Missing));
        }
        if (runs.Length == 1) yield break;
        yield return Row(
            areAll ? "median" : $"median of the {runs.Length} above", "",
            Median(run => run.TrainingSeconds), Median(run => run.SampledSteps),
            steps.Select(step => HasStep(step) ? format.Text(Median(run => run.Evaluation!.Steps[step].Mean)) : Missing));

        bool HasStep(int step) => runs.All(run => step < run.Evaluation!.Steps.Count);
        double Median(Func<RecordedRun, double> figure) => runs.Select(figure).Median();
    }

    private string[] Row(string name, string seed, double seconds, double sampled, IEnumerable<string> scores)
    {
        string millions = double.IsNaN(sampled) ? Missing : (sampled / 1e6).ToString("F1", CultureInfo.InvariantCulture);
        return [name, seed, seconds.ToString("F0", CultureInfo.InvariantCulture), .. countsSteps ? [millions] : (string[])[], .. scores];
    }

    // A single task has no interval.
    private string Text(StepScores step) => step.Values.Count < 2 ? format.Text(step.Mean)
        : format.WithHalfInterval(step.Mean, step.Interval.High - step.Mean);
}

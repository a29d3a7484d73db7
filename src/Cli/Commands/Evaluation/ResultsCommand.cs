using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml results` prints a table with a row for each evaluated run, and the medians over seeds.</summary>
internal static class ResultsCommand
{
    // Stands for a step that a run was not evaluated on, and for a number that its folder does not hold.
    private const string Missing = "-";

    public static Command Create()
    {
        Argument<string[]> names = new("RUN")
        {
            Description = "Run folders of one family, whose evaluation.json files are of the same tasks.", Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(
            "results",
            "Print the evaluations of some runs as a Markdown table: seconds and millions of environment steps of training, "
            + "the return after each gradient step with half its 95 % interval over tasks, "
            + "and the median over the seeds of each configuration.")
        { names };
        command.SetAction(parsed =>
        {
            RecordedRun[] runs = [.. parsed.GetValue(names)!.Select(RecordedRun.Read)];
            if (runs.FirstOrDefault(run => run.Evaluation is null) is { } unevaluated) throw new InputException(unevaluated.WhyUnevaluated);
            IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
            Comparison.RequireOneProtocol(runs);
            foreach (string line in Table(groups).Markdown()) Console.WriteLine(line);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml eval runs/first --json runs/first/evaluation.json", "maml results runs/first runs/second");
    }

    /// <summary>A row for each run, with its evaluation, and for each configuration of which there are several, their median.</summary>
    public static TextTable Table(IReadOnlyList<RunGroup> groups)
    {
        int[] steps = [.. Enumerable.Range(0, groups.SelectMany(group => group.Runs).Max(run => run.Evaluation!.Steps.Count))];
        // A median is over runs of one configuration that have trained equally long.
        RecordedRun[][] comparable =
            [.. groups.SelectMany(group => group.Runs.GroupBy(run => run.Iterations)).Select(runs => runs.ToArray())];
        return new TextTable(
            ["run", "seed", "training s", "M steps", .. steps.Select(step => $"step {step}")],
            [.. comparable.SelectMany(runs => Rows(runs, areAll: comparable.Length == 1, steps))]);
    }

    /// <summary>The rows of runs that differ only by their seed, followed by their median if there are several.</summary>
    /// <param name="areAll">Whether the table has no other runs</param>
    private static IEnumerable<string[]> Rows(RecordedRun[] runs, bool areAll, int[] steps)
    {
        foreach (RecordedRun run in runs)
        {
            string name = run.IsUnfinished ? $"{run.Name} ({run.Iterations} of {run.Config.Iterations} iterations)" : run.Name;
            IReadOnlyList<StepEvaluation> measured = run.Evaluation!.Steps;
            yield return Row(
                name, run.Config.Seed.ToString(CultureInfo.InvariantCulture), run.TrainingSeconds, run.EnvironmentSteps,
                steps.Select(step => step < measured.Count ? Text(measured[step]) : Missing));
        }
        if (runs.Length == 1) yield break;
        yield return Row(
            areAll ? "median" : $"median of the {runs.Length} above", "",
            Median(run => run.TrainingSeconds), Median(run => run.EnvironmentSteps),
            steps.Select(step => HasStep(step) ? Number(Median(run => run.Evaluation!.Steps[step].Mean)) : Missing));

        bool HasStep(int step) => runs.All(run => step < run.Evaluation!.Steps.Count);
        double Median(Func<RecordedRun, double> figure) => runs.Select(figure).Median();
    }

    private static string[] Row(string name, string seed, double seconds, double steps, IEnumerable<string> returns) =>
    [
        name, seed, seconds.ToString("F0", CultureInfo.InvariantCulture),
        double.IsNaN(steps) ? Missing : (steps / 1e6).ToString("F1", CultureInfo.InvariantCulture), .. returns,
    ];

    /// <summary>A mean and half its interval with two digits. A single task has no interval.</summary>
    private static string Text(StepEvaluation step)
    {
        if (step.Returns.Count < 2) return Number(step.Mean);
        double half = step.Interval.High - step.Mean;
        string digits = half >= 10 ? "F0" : half >= 1 ? "F1" : "F2";
        return $"{Number(step.Mean)} ±{half.ToString(digits, CultureInfo.InvariantCulture)}";
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}

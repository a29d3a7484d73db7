using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml results`: evaluated runs side by side, a row each, and their medians.</summary>
internal static class ResultsCommand
{
    // What a run was not evaluated on, or does not tell.
    private const string Missing = "-";

    public static Command Create()
    {
        Argument<string[]> names = new("RUN") { Description = "Run folders of one family that hold an evaluation.json on the same tasks.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "results", "Print the evaluations of some runs as a Markdown table: seconds and millions of environment steps of training, the return after each gradient step with half the 95 % interval over tasks, and the median over the seeds of each configuration.")
        { names };
        command.SetAction(parsed =>
        {
            RecordedRun[] runs = [.. parsed.GetValue(names)!.Select(RecordedRun.Read)];
            if (runs.FirstOrDefault(run => run.Evaluation is null) is { } missing) throw new InputException(missing.WhyUnevaluated);
            IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
            Comparison.RequireOneProtocol(runs);
            foreach (string line in Table(groups).Markdown()) Console.WriteLine(line);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml eval runs/first --json runs/first/evaluation.json", "maml results runs/first runs/second");
    }

    private static TextTable Table(IReadOnlyList<RunGroup> groups)
    {
        int[] steps = [.. Enumerable.Range(0, groups.SelectMany(group => group.Runs).Max(run => run.Evaluation!.Steps.Count))];
        RecordedRun[][] alike = [.. groups.SelectMany(group => group.Runs.GroupBy(run => run.Iterations)).Select(runs => runs.ToArray())];
        return new TextTable(
            ["run", "seed", "training s", "M steps", .. steps.Select(step => $"step {step}")],
            [.. alike.SelectMany(runs => Rows(runs, isAll: alike.Length == 1, steps))]);
    }

    /// <summary>Runs that differ by the seed alone, and if there are several their median.</summary>
    private static IEnumerable<string[]> Rows(RecordedRun[] runs, bool isAll, int[] steps)
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
        bool AllHave(int step) => runs.All(run => step < run.Evaluation!.Steps.Count);
        yield return Row(
            isAll ? "median" : $"median of the {runs.Length} above", "",
            Median(run => run.TrainingSeconds), Median(run => run.EnvironmentSteps),
            steps.Select(step => AllHave(step) ? Number(Median(run => run.Evaluation!.Steps[step].Mean)) : Missing));

        double Median(Func<RecordedRun, double> figure) => runs.Select(figure).Median();
    }

    private static string[] Row(string name, string seed, double seconds, double steps, IEnumerable<string> returns) =>
    [
        name, seed, seconds.ToString("F0", CultureInfo.InvariantCulture),
        double.IsNaN(steps) ? Missing : (steps / 1e6).ToString("F1", CultureInfo.InvariantCulture), .. returns,
    ];

    /// <summary>A mean and, with two digits, half its interval; one task has none.</summary>
    private static string Text(StepEvaluation step)
    {
        double half = step.Interval.High - step.Mean;
        return step.Returns.Count < 2 ? Number(step.Mean)
            : $"{Number(step.Mean)} ±{half.ToString(half >= 10 ? "F0" : half >= 1 ? "F1" : "F2", CultureInfo.InvariantCulture)}";
    }

    private static string Number(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}

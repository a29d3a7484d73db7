using System.Globalization;
using System.Text;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>A page about some runs. Everything that it shows is in the page itself.</summary>
internal sealed class ReportPage(IReadOnlyList<RunGroup> groups, int threads)
{
    private readonly RunGroup[] evaluated =
    [
        .. groups.Select(group => group with { Runs = [.. group.Runs.Where(run => run.Evaluation is not null)] })
            .Where(group => group.Runs.Count > 0),
    ];

    private TrainingConfig First => groups[0].Runs[0].Config;

    private RecordedRun[] Runs => [.. groups.SelectMany(group => group.Runs)];

    public string ToHtml()
    {
        string title = $"{First.Subject}: {string.Join(", ", groups.Select(group => group.Name))}";
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        page.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
        page.Append($"<title>{HtmlText.Escaped(title)}</title>\n<style>\n{ReportStyle.Sheet}\n</style>\n</head>\n<body>\n<main>\n");
        page.Append($"<h1>{HtmlText.Escaped(title)}</h1>\n<p class=\"muted\">{HtmlText.Escaped(Summary())}</p>\n");
        page.Append(Curves());
        if (evaluated.Length > 0) page.Append(Evaluations()).Append(Comparison());
        page.Append(Trainings()).Append(new ReportConfigurations(groups).ToHtml()).Append(ReportPictures.Of(Runs));
        string command = $"maml report {string.Join(' ', Runs.Select(run => ShellWord.Quoted(run.Path)))}";
        string commit = Machine.Commit.Length > 0 ? Machine.Commit : "unknown";
        return page.Append($"<footer>Written by <code>{HtmlText.Escaped(command)}</code> at commit <code>{commit}</code>.</footer>\n")
            .Append("</main>\n</body>\n</html>\n").ToString();
    }

    private string Summary()
    {
        string Counted(int count, string noun) => FormattableString.Invariant($"{count} {noun}{(count == 1 ? "" : "s")}");
        string summary = First is MetaTrainingConfig policies ? TaskFamilies.Named(policies.Environment).Summary
            : $"The problem is {Choices.Of(First).Label}, after {Choices.Of(First).Source}.";
        return $"{Counted(Runs.Length, "run")} of {Counted(groups.Count, "configuration")}. {summary}";
    }

    private string Curves()
    {
        IReadOnlyList<PlotPanel> panels = RunPlot.Of(groups);
        return $"<h2>Curves</h2>\n{ReportFigure.Of(groups, panels)}";
    }

    private string Evaluations()
    {
        TextTable table = new ResultsTable(evaluated).ToTable();
        string Class(int row) => table.Rows[row][0].StartsWith("median", StringComparison.Ordinal) ? "strong" : "";
        string how = $"{evaluated[0].Runs[0].Evaluation!.Tasks}; half the 95 % interval over tasks (Student) after each mean.";
        return $"<h2>{RunPlot.Score(Runs)} after each {RunPlot.StepName(groups)}</h2>\n"
            + $"<p class=\"muted\">{HtmlText.Escaped(how)}</p>\n{HtmlText.Table(table, rowClass: Class)}";
    }

    private string Comparison()
    {
        MetaLearning.Comparison.RequireOneProtocol([.. evaluated.SelectMany(group => group.Runs)]);
        LearnerScores[] learners =
        [
            .. evaluated.Select(group => LearnerScores.Of(
                group.Name, [.. group.Runs.Select(run => run.Evaluation!.Steps)], First.HigherIsBetter)),
        ];
        var bootstrap = new Bootstrap(RandomStream.FromSeed(CheckpointEvaluation.DefaultSeed).Stream("comparison"));
        ComparisonFigures figures = ComparisonFigures.Of(learners, Thresholds(), bootstrap);
        string Mark(string name) => groups.FirstOrDefault(group => group.Name == name) is { Number: var number }
            ? FormattableString.Invariant($"<span class=\"dot\" style=\"background: var(--series-{number})\"></span>") : "";
        string LearnerClass(int row) => row > 0 && figures.Learners[row].Step != figures.Learners[row - 1].Step ? "first" : "";
        var html = new StringBuilder("<h2>Statistics over runs and tasks</h2>\n");
        string meaning = $"{CheckpointComparison.Describe(bootstrap)} IQM: interquartile mean.{Solved()}";
        html.Append($"<p class=\"muted\">{HtmlText.Escaped(meaning)}</p>\n");
        html.Append(HtmlText.Table(ComparisonTables.Learners(figures, ScoreFormat.Of(First)), rowClass: LearnerClass, mark: Mark));
        if (figures.Pairs.Count > 0)
            html.Append("<p class=\"muted\">Paired over tasks:</p>\n").Append(HtmlText.Table(
                ComparisonTables.Pairs(figures, ScoreFormat.Of(First)), mark: Mark));
        return html.Append(ReportFigure.Of(evaluated, [ProfilePlot.Of(evaluated)])).ToString();
    }

    private string Solved() => Policies?.Protocol is null ? "" : FormattableString.Invariant(
        $" A task is solved {100 * SolvedReturns.Share:F0} % of the way from a robot without a policy to the best known return.");

    // The first evaluation, where it is of policies.
    private PolicyEvaluation? Policies => evaluated[0].Runs[0].Evaluation as PolicyEvaluation;

    /// <summary>The returns from which tasks are solved; null where the evaluation does not name its tasks.</summary>
    private double[]? Thresholds()
    {
        if (Policies?.Protocol is not { Tasks: var tasks, Environment: var environment }) return null;
        TaskFamily family = TaskFamilies.Named(environment);
        using var progress = new PhaseProgress();
        string first = RunFolder.BestIn(evaluated[0].Runs[0].Path);
        IReadOnlyList<ReferenceReturn> references = ReferenceFile.Of(first).Find(family, tasks, threads, planned =>
            progress.Show($"planning best known returns, {planned} of {tasks.Count} tasks"));
        return SolvedReturns.Of(family, tasks, references);
    }

    private string Trainings()
    {
        string Number(double value, string format) => double.IsNaN(value) ? "-" : value.ToString(format, CultureInfo.InvariantCulture);
        string[] Row(RecordedRun run)
        {
            string machine = Path.Combine(run.Path, "machine.json"), commit = MachineFile.LastCommit(machine);
            string trained = run.IsUnfinished ? FormattableString.Invariant($"{run.Iterations} of {run.Config.Iterations}")
                : FormattableString.Invariant($"{run.Iterations}");
            return
            [
                run.Name, run.Config.Seed.ToString(CultureInfo.InvariantCulture), trained, Number(run.TrainingSeconds, "F0"),
                Number(run.SampledSteps / 1e6, "F1"), MachineFile.Last(machine, "processor"), MachineFile.Last(machine, "device"),
                MachineFile.Last(machine, "threads"), commit[..Math.Min(commit.Length, 10)],
            ];
        }
        string[] header = ["run", "seed", "iterations", "seconds", "M steps", "processor", "device", "threads", "commit"];
        return $"<h2>Trainings</h2>\n{HtmlText.Table(new TextTable(header, [.. Runs.Select(Row)]))}";
    }
}

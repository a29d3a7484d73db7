using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml results` prints a table with a row for each evaluated run, and the medians over seeds.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("RUN")
        {
            Description = "Run folders of one family or problem, whose evaluation.json files are of the same tasks.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command(
            "results",
            "Print the evaluations of some runs as a Markdown table: seconds and millions of environment steps of training, "
            + "the return, loss or accuracy after each gradient step with half its 95 % interval over tasks, "
            + "and the median over the seeds of each configuration.")
        { names };
        command.SetAction(parsed =>
        {
            RecordedRun[] runs = [.. parsed.GetValue(names)!.Select(RecordedRun.Read)];
            if (runs.FirstOrDefault(run => run.Evaluation is null) is { } unevaluated) throw new InputException(unevaluated.WhyUnevaluated);
            IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
            Comparison.RequireOneProtocol(runs);
            foreach (string line in new ResultsTable(groups).ToTable().Markdown()) Console.WriteLine(line);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml eval runs/first --json runs/first/evaluation.json", "maml results runs/first runs/second");
    }
}

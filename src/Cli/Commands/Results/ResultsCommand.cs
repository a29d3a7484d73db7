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
        Option<string?> bundle = new("--bundle")
        {
            Description = "Also pack the runs, the table and the curves into a .zip file, for `maml verify`.", HelpName = "FILE",
        };
        var command = new Command(
            "results",
            "Print the evaluations of some runs as a Markdown table: seconds and millions of environment steps of training, "
            + "the return, loss or accuracy after each gradient step with half its 95 % interval over tasks, "
            + "and the median over the seeds of each configuration.")
        { names, bundle };
        command.SetAction(parsed =>
        {
            string? packed = parsed.GetValue(bundle);
            CommonOptions.CheckWritable(packed);
            RecordedRun[] runs = [.. parsed.GetValue(names)!.Select(RecordedRun.Read)];
            if (runs.FirstOrDefault(run => run.Evaluation is null) is { } unevaluated) throw new InputException(unevaluated.WhyUnevaluated);
            IReadOnlyList<RunGroup> groups = RunGroup.Of(runs);
            Comparison.RequireOneProtocol(runs);
            foreach (string line in new ResultsTable(groups).ToTable().Markdown()) Console.WriteLine(line);
            if (packed is null) return 0;
            ResultBundle.Write(packed, groups);
            Console.WriteLine($"Wrote {packed}. Check it with: maml verify {ShellWord.Quoted(packed)}");
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml eval runs/first --json runs/first/evaluation.json", "maml results runs/first runs/second",
            "maml results runs/first runs/second --bundle paper.zip");
    }
}

using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml report` writes a page with everything about some runs.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("RUN")
        {
            Description = "Run folders of one family. Runs that differ only by their seed are one learner.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--out") { Description = "The page, an .html file.", HelpName = "FILE", Required = true };
        Option<int> threads = CommonOptions.Threads();
        var command = new Command(
            "report",
            "Write one HTML page about some runs, which needs no other file and no network: learning curves, evaluations, comparison, "
            + "configurations, machines and the pictures in the run folders.")
        { names, output, threads };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            string kind = Path.GetExtension(path).ToLowerInvariant();
            if (!AtomicFile.IsStandardOutput(path) && kind is not (".html" or ".htm"))
                throw new InputException($"A report is a page: name the file {Path.GetFileNameWithoutExtension(path)}.html, not '{path}'.");
            CommonOptions.CheckWritable(path);
            IReadOnlyList<RunGroup> groups = RunGroup.Of([.. parsed.GetValue(names)!.Select(RecordedRun.Read)]);
            AtomicFile.WriteText(path, new ReportPage(groups, parsed.GetValue(threads)).ToHtml());
            Console.WriteLine($"Wrote {path}.");
            foreach (RecordedRun run in groups.SelectMany(group => group.Runs).Where(run => run.Evaluation is null))
                Console.WriteLine($"Without its evaluation: {run.WhyUnevaluated}");
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml report runs/maml-1 runs/maml-2 runs/promp-1 runs/promp-2 --out report.html");
    }
}

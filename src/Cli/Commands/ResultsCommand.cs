using System.CommandLine;
using System.Globalization;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml results`: evaluated runs side by side, a row each, and their medians.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        Argument<string[]> names = new("RUN") { Description = "Run folders that hold an evaluation.json.", Arity = ArgumentArity.OneOrMore };
        var command = new Command(
            "results", "Print the evaluations of some runs side by side, with the median over runs.\n\n"
            + "Example: maml eval runs/a/checkpoints/best.safetensors --json runs/a/evaluation.json && maml results runs/a")
        { names };
        command.SetAction(parsed =>
        {
            (RecordedRun Run, IReadOnlyList<StepEvaluation> Steps)[] runs = [.. parsed.GetValue(names)!.Select(RecordedRun.Read).Select(run => (run, Evaluation(run)))];
            int steps = runs.Min(row => row.Steps.Count);
            Console.WriteLine($"| run | seed | training s | {string.Join(" | ", Enumerable.Range(0, steps).Select(step => $"step {step}"))} |");
            Console.WriteLine($"|---|---|---|{string.Concat(Enumerable.Repeat("---|", steps))}");
            foreach ((RecordedRun run, IReadOnlyList<StepEvaluation> evaluation) in runs)
                Print(run.Name, run.Config.Seed.ToString(CultureInfo.InvariantCulture), run.TrainingSeconds, evaluation.Take(steps).Select(step => step.Mean));
            Print("median", "", runs.Select(row => row.Run.TrainingSeconds).Median(), Enumerable.Range(0, steps).Select(step => runs.Select(row => row.Steps[step].Mean).Median()));
            return 0;
        });
        return command;
    }

    private static IReadOnlyList<StepEvaluation> Evaluation(RecordedRun run) => run.Evaluation
        ?? throw new InputException($"{run.Path} has no evaluation.json; write one with: maml eval {run.Path} --json {Path.Combine(run.Path, "evaluation.json")}");

    private static void Print(string run, string seed, double seconds, IEnumerable<double> returns) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"| {run} | {seed} | {seconds:F0} | {string.Join(" | ", returns.Select(value => value.ToString("F2", CultureInfo.InvariantCulture)))} |"));
}

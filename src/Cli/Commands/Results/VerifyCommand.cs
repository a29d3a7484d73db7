using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml verify` evaluates the runs of a bundle again and compares the scores with those that were recorded.</summary>
internal static class VerifyCommand
{
    private const string Same = "the same bits", Close = "within the interval", Apart = "DIFFERENT";

    // Other processors round differently. For a single task, which has no interval, this is allowed relative to the score.
    private const double Rounding = 1e-3;

    public static Command Create()
    {
        Argument<string> bundle = new("BUNDLE") { Description = "A .zip file that `maml results --bundle` wrote." };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command(
            "verify",
            "Evaluate the runs of a bundle again and compare: on the same kind of processor the scores are the same bits, on another they "
            + "differ by rounding; a mean outside the recorded 95 % interval ends with exit code 1.")
        { bundle, device, threads };
        command.SetAction(parsed =>
        {
            string folder = Directory.CreateTempSubdirectory("maml-verify-").FullName;
            try
            {
                EvaluatedRun[] runs = [.. ResultBundle.Unpack(parsed.GetValue(bundle)!, folder).Select(EvaluatedRun.Read)];
                return Verify(runs, CommonOptions.ParseDevice(parsed.GetValue(device)!), parsed.GetValue(threads));
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return HelpWithExamples.AddTo(command, "maml results runs/first runs/second --bundle paper.zip", "maml verify paper.zip");
    }

    private static int Verify(EvaluatedRun[] runs, torch.Device device, int threads)
    {
        var rows = new List<string[]>();
        using var progress = new PhaseProgress();
        foreach ((int i, EvaluatedRun run) in runs.Index())
        {
            progress.Show($"evaluating {run.Name}, {i + 1} of {runs.Length} runs");
            IReadOnlyList<StepScores> again = run.EvaluateAgain(device, threads);
            rows.AddRange(run.Recorded.Steps.Zip(again, (recorded, now) => Row(run.Name, recorded, now)));
        }
        foreach (string line in new TextTable(["run", "step", "recorded", "now", "largest difference", ""], rows).Plain())
            Console.WriteLine(line);
        int different = rows.Count(row => row[^1] == Apart);
        if (different == 0) return 0;
        throw new TrainingException($"{different} of {rows.Count} mean scores are outside the recorded intervals.");
    }

    private static string[] Row(string run, StepScores recorded, StepScores now)
    {
        double largest = recorded.Values.Zip(now.Values, (one, other) => Math.Abs(one - other)).Max();
        double half = Math.Max(recorded.Interval.High - recorded.Mean, Rounding * (1 + Math.Abs(recorded.Mean)));
        string verdict = largest == 0 ? Same : Math.Abs(recorded.Mean - now.Mean) <= half ? Close : Apart;
        return
        [
            run, recorded.Step.ToString(CultureInfo.InvariantCulture), Number(recorded.Mean), Number(now.Mean),
            largest.ToString("G2", CultureInfo.InvariantCulture), verdict,
        ];
    }

    private static string Number(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}

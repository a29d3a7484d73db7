using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml train`: a new run from a configuration, or the rest of an old one.</summary>
internal static class TrainCommand
{
    public static Option<string[]> SetOption() => new("--set")
    {
        Description = "Put a value over the configuration's; may be repeated.", HelpName = "key=value", AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        Argument<string?> file = new("CONFIG.json") { Description = "The configuration; configs/ has some.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = SetOption();
        Option<string?> resume = new("--resume") { Description = "Go on with the run in this folder, with its own configuration.", HelpName = "DIR" };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<long?> seed = CommonOptions.Seed("Seed of the run; goes over the configuration's.");
        Option<string?> output = CommonOptions.Out();
        var command = new Command("train", "Train a meta-policy. Ctrl-C stops cleanly; --resume goes on, exactly as if it had not stopped.")
        { file, set, resume, device, threads, seed, output };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            string[] settings = parsed.GetValue(set) ?? [];
            if (parsed.GetValue(resume) is { } folder)
            {
                if (parsed.GetValue(file) is not null || settings.Length > 0 || parsed.GetValue(seed) is not null || parsed.GetValue(output) is not null)
                    throw new InputException("--resume takes the configuration from the run folder: leave out CONFIG.json, --set, --seed and --out.");
                return Resume(RunFolder.Open(folder), CommonOptions.IsGiven(parsed, device) ? where : null, CommonOptions.IsGiven(parsed, threads) ? parsed.GetValue(threads) : null);
            }
            if (parsed.GetValue(file) is not { } path) throw new InputException("Give a configuration to train from, such as configs/maml-navigation.json, or --resume DIR.");
            if (parsed.GetValue(seed) is { } value) settings = [.. settings, $"seed={value}"];
            MetaTrainingConfig config = ConfigReader.ReadFile(path, settings);
            string to = parsed.GetValue(output) ?? CommonOptions.DefaultOut(Path.GetFileNameWithoutExtension(path));
            using TrainingRun run = TrainingRun.Start(RunFolder.Create(to), config, where, parsed.GetValue(threads));
            return Finish(run);
        });
        return HelpWithExamples.AddTo(
            command, "maml train configs/maml-navigation.json --out runs/first --set iterations=200 seed=2", "maml train --resume runs/first");
    }

    // A resumed run is exact only on the same device, so the checkpoint's is the default.
    private static int Resume(RunFolder folder, torch.Device? device, int? threads)
    {
        using (folder)
        {
            Checkpoint latest = Checkpoint.Read(folder.Latest);
            torch.Device where = device ?? CommonOptions.ParseDevice(latest.Device.Split(':')[0]);
            if (where.ToString() != latest.Device)
                Console.WriteLine($"Not on the device of before ({latest.Device}): the rest will differ in the last digits.");
            string before = MachineFile.LastCommit(folder.Machine);
            if (before != Machine.Commit && latest.Iteration < latest.Config.Iterations)
                Console.WriteLine($"Not at the commit of before ({Known(before)}, now {Known(Machine.Commit)}): the rest may differ. {folder.Machine} says which trained when.");
            using TrainingRun run = TrainingRun.Resume(folder, latest, where, threads ?? latest.Threads);
            return Finish(run);
        }
        static string Known(string commit) => commit.Length > 0 ? commit : "unknown";
    }

    private static int Finish(TrainingRun run)
    {
        if (TrainingProgress.Run(run)) Console.WriteLine($"Trained {run.Iteration} iterations. Evaluate with: maml eval {run.Folder.Best}");
        return 0;
    }
}

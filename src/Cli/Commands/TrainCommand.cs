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
        Option<string?> resume = new("--resume") { Description = "Go on with the run in this folder, with its own configuration; with --set iterations=N to another end.", HelpName = "DIR" };
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
                bool isConfigured = settings.Any(IsNotIterations) || settings.Length > 1 || parsed.GetValue(seed) is not null;
                if (parsed.GetValue(file) is not null || isConfigured || parsed.GetValue(output) is not null)
                {
                    throw new InputException(
                        "--resume takes the configuration from the run folder: leave out CONFIG.json, --seed, --out and --set, "
                        + "but for --set iterations=N, which prolongs the run.");
                }
                return Resume(RunFolder.Open(folder), settings, CommonOptions.IsGiven(parsed, device) ? where : null, CommonOptions.IsGiven(parsed, threads) ? parsed.GetValue(threads) : null);
            }
            if (parsed.GetValue(file) is not { } path) throw new InputException("Give a configuration to train from, such as configs/maml-navigation.json, or --resume DIR.");
            if (parsed.GetValue(seed) is { } value) settings = [.. settings, $"seed={value}"];
            TrainingConfig config = ConfigFormat.ReadFile(path, settings);
            RunFolder to = CommonOptions.CreateRun(parsed.GetValue(output), Path.GetFileNameWithoutExtension(path));
            using TrainingRun run = TrainingRun.Start(to, config, where, parsed.GetValue(threads));
            return Finish(run);
        });
        return HelpWithExamples.AddTo(
            command, "maml train configs/maml-navigation.json --out runs/first --set iterations=200 seed=2", "maml train --resume runs/first", "maml train --resume runs/first --set iterations=400");
    }

    // A resumed run is exact only on the same device, so the checkpoint's is the default.
    private static int Resume(RunFolder folder, string[] settings, torch.Device? device, int? threads)
    {
        using (folder)
        {
            Checkpoint latest = Checkpoint.Read(folder.Latest);
            if (settings.Length > 0) latest = Prolong(folder, latest, settings);
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

    private static Checkpoint Prolong(RunFolder folder, Checkpoint latest, string[] settings)
    {
        TrainingConfig config = ConfigFormat.Parse(ConfigFormat.ToJson(latest.Config), folder.Config, settings);
        int before = latest.Config.Iterations;
        Checkpoint prolonged = TrainingRun.Prolong(folder, latest, config);
        if (latest.Iteration == before && before % config.ValidationEvery != 0)
        {
            Console.WriteLine(
                $"Iteration {before} was validated for being the last; a run of {config.Iterations} from its start would not have done so, "
                + "and may have another best checkpoint.");
        }
        return prolonged;
    }

    private static bool IsNotIterations(string setting) => !setting.StartsWith("iterations=", StringComparison.Ordinal);

    private static int Finish(TrainingRun run)
    {
        if (run.Iteration >= run.Config.Iterations)
        {
            Console.WriteLine(
                $"{run.Folder.Path} is trained to its end. Train it further with: maml train --resume {ShellWord.Quoted(run.Folder.Path)} --set iterations=N");
        }
        int code = TrainingProgress.Run(run);
        if (code == 0) Console.WriteLine($"Trained {run.Iteration} iterations. Evaluate with: maml eval {ShellWord.Quoted(run.Folder.Best)}");
        return code;
    }
}

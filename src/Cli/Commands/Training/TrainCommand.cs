using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml train` starts a run from a configuration, or resumes one.</summary>
internal static class TrainCommand
{
    public static Option<string[]> SetOption() => new("--set")
    {
        Description = "Replace a value of the configuration; may be repeated.", HelpName = "key=value",
        AllowMultipleArgumentsPerToken = true,
    };

    public static Command Create()
    {
        Argument<string?> file = new("CONFIG.json")
        {
            Description = "The configuration; configs/ has some.", Arity = ArgumentArity.ZeroOrOne,
        };
        Option<string[]> set = SetOption();
        Option<string?> resume = new("--resume")
        {
            Description = "Resume the run in this folder with its own configuration; --set iterations=N changes how long it trains.",
            HelpName = "DIR",
        };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<long?> seed = CommonOptions.Seed("Seed of the run, instead of the configuration's.");
        Option<string?> output = CommonOptions.Out();
        var command = new Command(
            "train", "Train a meta-policy. Ctrl-C stops cleanly; --resume continues exactly as if it had not stopped.")
        { file, set, resume, device, threads, seed, output };
        command.SetAction(parsed => JointTraining.Run(CommonOptions.IsGiven(parsed, threads) ? parsed.GetValue(threads) : null, joint =>
        {
            string name = parsed.GetValue(device)!;
            torch.Device where = joint is null ? CommonOptions.ParseDevice(name) : JointTraining.Device(name);
            string[] settings = parsed.GetValue(set) ?? [];
            if (parsed.GetValue(resume) is { } folder)
            {
                bool hasOtherSettings = settings.Any(IsNotIterations) || settings.Length > 1;
                Option[] refused = [seed, output];
                if (parsed.GetValue(file) is not null || hasOtherSettings || refused.Any(option => CommonOptions.IsGiven(parsed, option)))
                    throw ConfiguredResume();
                int? count = joint?.Threads ?? (CommonOptions.IsGiven(parsed, threads) ? parsed.GetValue(threads) : null);
                bool choosesDevice = joint is not null || CommonOptions.IsGiven(parsed, device);
                return Resume(RunFolder.Open(folder), settings, choosesDevice ? where : null, count, joint);
            }
            if (parsed.GetValue(file) is not { } path)
                throw new InputException("Give a configuration to train from, such as configs/maml-navigation.json, or --resume DIR.");
            if (parsed.GetValue(seed) is { } value) settings = [.. settings, $"seed={value}"];
            return Start(path, settings, parsed.GetValue(output), where, joint?.Threads ?? parsed.GetValue(threads), joint);
        }));
        return HelpWithExamples.AddTo(
            command,
            "maml train configs/maml-navigation.json --out runs/first --set iterations=200 seed=2",
            "maml train --resume runs/first",
            "maml train --resume runs/first --set iterations=400",
            "mpirun -n 4 maml train configs/maml-navigation.json --threads 1");
    }

    private static InputException ConfiguredResume() => new(
        "--resume takes the configuration from the run folder: leave out CONFIG.json, --seed, --out and --set, "
        + "except for --set iterations=N, which changes how long the run trains.");

    private static bool IsNotIterations(string setting) => !setting.StartsWith("iterations=", StringComparison.Ordinal);

    private static int Start(
        string configuration, string[] settings, string? output, torch.Device device, int threads, JointTraining? joint)
    {
        TrainingConfig config = ConfigFormat.ReadFile(configuration, settings);
        RunFolder folder = CommonOptions.CreateRun(output, Path.GetFileNameWithoutExtension(configuration));
        using TrainingRun run = TrainingRun.Start(folder, config, device, threads, joint?.Group);
        return Train(run, joint);
    }

    // A resumed run is exact only on the same device, so the default is the checkpoint's device.
    private static int Resume(RunFolder folder, string[] settings, torch.Device? device, int? threads, JointTraining? joint)
    {
        using (folder)
        {
            Checkpoint latest = Checkpoint.Read(folder.Latest);
            if (settings.Length > 0) latest = Prolong(folder, latest, settings);
            torch.Device where = device ?? CommonOptions.ParseDevice(latest.Device.Split(':')[0]);
            WarnOfDifferences(folder, latest, where);
            using TrainingRun run = TrainingRun.Resume(folder, latest, where, threads ?? latest.Threads, joint?.Group);
            return Train(run, joint);
        }
    }

    private static void WarnOfDifferences(RunFolder folder, Checkpoint latest, torch.Device device)
    {
        if (device.ToString() != latest.Device)
        {
            Console.WriteLine(
                $"This run was trained on {latest.Device} and continues on {device}: its results will differ in the last digits.");
        }
        string before = MachineFile.LastCommit(folder.Machine);
        if (before != Machine.Commit && latest.Iteration < latest.Config.Iterations)
        {
            Console.WriteLine(
                $"This run was trained at commit {NameOf(before)} and continues at commit {NameOf(Machine.Commit)}: "
                + $"its results may differ. {folder.Machine} lists the commits of all its parts.");
        }

        static string NameOf(string commit) => commit.Length > 0 ? commit : "unknown";
    }

    private static Checkpoint Prolong(RunFolder folder, Checkpoint latest, string[] settings)
    {
        TrainingConfig config = ConfigFormat.Parse(ConfigFormat.ToJson(latest.Config), folder.Config, settings);
        int before = latest.Config.Iterations;
        Checkpoint prolonged = TrainingRun.Prolong(folder, latest, config);
        if (latest.Iteration == before && before % config.ValidationEvery != 0)
        {
            Console.WriteLine(
                $"Iteration {before} was validated because it was the last. A run of {config.Iterations} iterations from the start "
                + "would not have validated it, and might have another best checkpoint.");
        }
        return prolonged;
    }

    private static int Train(TrainingRun run, JointTraining? joint)
    {
        joint?.Begin(run);
        if (run.Iteration >= run.Config.Iterations)
        {
            string command = $"maml train --resume {ShellWord.Quoted(run.Folder.Path)} --set iterations=N";
            Console.WriteLine($"{run.Folder.Path} has already trained all its iterations. Train it further with: {command}");
        }
        int code = StoppableTraining.Run(run);
        if (code != 0) return code;
        Console.WriteLine($"Trained {run.Iteration} iterations. Evaluate with: maml eval {ShellWord.Quoted(run.Folder.Best)}");
        return 0;
    }
}

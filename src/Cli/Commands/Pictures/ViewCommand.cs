using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml view` opens a window in which a policy adapts to a goal that the user clicks.</summary>
internal static class ViewCommand
{
    public static Command Create()
    {
        Argument<string[]> files = new("CHECKPOINT")
        {
            Description = "A run folder, a checkpoint file or a replay by `maml record`; two checkpoints to compare them; "
                + "without any, the newest run in ./runs.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> task = AdaptationOptions.Task("The test task to begin with; of a classifier, the episode.");
        Option<string> theme = CommonOptions.Theme();
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("view", "Watch a checkpoint's policy adapt to a goal that you click. F1 in the window lists the keys.")
        { files, task, theme, device, threads };
        var classifier = new ClassifierOptions();
        classifier.AddTo(command);
        command.SetAction(parsed =>
        {
            string[] named = parsed.GetValue(files)!;
            Theme colours = CommonOptions.ParseTheme(parsed.GetValue(theme)!);
            if (named.Length == 0) named = [NewestRun()];
            Checkpoint? supervised = named.Length == 1 ? SupervisedRun.Of(named[0]) : null;
            if (supervised is { Config: ClassificationConfig trained })
            {
                torch.Device machine = CommonOptions.ParseDevice(parsed.GetValue(device)!);
                new ClassificationView(named[0], supervised, classifier.Of(parsed, trained), machine, parsed.GetValue(threads))
                    .Show(parsed.GetValue(task), colours);
                return 0;
            }
            classifier.Refuse(parsed);
            if (supervised is { Config: SinusoidConfig sinusoid })
            {
                SinusoidView.Show((supervised, sinusoid), named[0], parsed.GetValue(task), colours);
                return 0;
            }
            if (named.Length == 1 && ReplayFile.IsNamed(named[0]))
            {
                AdaptationOptions.RefuseWithReplay(parsed, task, device, threads);
                var recorded = new ViewerControls(ReplayFile.Read(named[0]), colours);
                Show(recorded, recorded.Advance, named[0]);
                return 0;
            }
            string[] paths = CheckpointsOf(named);
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            using ViewerSession session = Session(paths, parsed.GetValue(task), colours, where, parsed.GetValue(threads));
            Show(session.Controls, session.Tick, paths[0]);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml view", "maml view runs/first --task 7", "maml view runs/first runs/second", "maml view adaptation.replay");
    }

    /// <summary>Creates a session in which one checkpoint, or two that are compared, adapt to the same task.</summary>
    /// <param name="number">The test task to begin with, from 1</param>
    public static ViewerSession Session(string[] paths, int number, Theme theme, torch.Device device, int threads)
    {
        Checkpoint[] checkpoints = [.. paths.Select(Checkpoint.Read)];
        string[] names = [.. checkpoints.Select(checkpoint => checkpoint.PolicyConfig().Environment)];
        if (names.Distinct().Count() > 1)
        {
            throw new InputException(
                $"Two checkpoints are compared on the same task, but {paths[0]} is of {names[0]} and {paths[1]} of {names[1]}.");
        }
        TaskFamily family = VariedFamily.Of(TaskFamilies.ByName[names[0]]);
        AdaptationRequest first = FirstRequest(family, number);
        int threadsEach = Math.Max(1, threads / paths.Length);
        AdaptationWorker[] workers =
            [.. checkpoints.Zip(paths, (checkpoint, path) => new AdaptationWorker(checkpoint, family, path, device, threadsEach))];
        return new ViewerSession(family, workers, first, theme);
    }

    private static string[] CheckpointsOf(string[] named)
    {
        if (named.Length > 2) throw new InputException("view shows one checkpoint, or two side by side.");
        if (named.FirstOrDefault(ReplayFile.IsNamed) is { } replay)
            throw new InputException($"view compares two checkpoints, and {replay} is a replay.");
        return [.. named.Select(EvalCommand.CheckpointOf)];
    }

    private static void Show(ViewerControls controls, Action<double> tick, string path)
    {
        using ViewerWindow window = Open(controls, tick, path);
        window.Run();
    }

    private static ViewerWindow Open(ViewerControls controls, Action<double> tick, string path)
    {
        ViewerWindow? window = null;
        try
        {
            window = new ViewerWindow(controls, tick, $"{path} – maml");
            window.Open();
            return window;
        }
        catch (PlatformNotSupportedException problem)
        {
            window?.Dispose();
            string picture = $"maml render {ShellWord.Quoted(path)} --out adaptation.png";
            throw new PlatformNotSupportedException($"{problem.Message.TrimEnd('.')}. Without a display, draw a picture: {picture}");
        }
    }

    private static AdaptationRequest FirstRequest(TaskFamily family, int number)
    {
        if (number > family.TestTasks.Count)
            throw new InputException($"{family.Name} has {family.TestTasks.Count} test tasks, so there is no task {number}.");
        double[] task = family.TestTasks.Row(number - 1).ToArray();
        return new AdaptationRequest(
            task, number, IsChosen: false, CheckpointEvaluation.DefaultSteps, AdaptationOptions.DefaultTrajectories,
            StepScale: 1, CheckpointEvaluation.DefaultSeed);
    }

    private static string NewestRun()
    {
        string[] runs = Directory.Exists("runs") ? Directory.GetDirectories("runs") : [];
        return runs.Where(run => File.Exists(EvalCommand.FileOf(run)))
            .OrderByDescending(run => File.GetLastWriteTimeUtc(EvalCommand.FileOf(run))).FirstOrDefault()
            ?? throw new InputException("There is no run in ./runs to view; name a checkpoint, or make a run with: maml demo");
    }
}

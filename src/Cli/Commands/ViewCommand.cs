using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml view`: a window in which a policy adapts to a goal that is clicked.</summary>
internal static class ViewCommand
{
    public static Command Create()
    {
        Argument<string?> file = new("CHECKPOINT") { Description = "A run folder, a checkpoint file or a replay by `maml record`; without it, the newest run in ./runs.", Arity = ArgumentArity.ZeroOrOne };
        Option<int> task = CommonOptions.Whole("--task", "The test task to begin with.", minimum: 1, AdaptationOptions.DefaultTask);
        Option<string> theme = CommonOptions.Theme();
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("view", "Watch a checkpoint's policy adapt to a goal that you click. F1 in the window lists the keys.") { file, task, theme, device, threads };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(file) ?? NewestRun();
            Theme colours = CommonOptions.ParseTheme(parsed.GetValue(theme)!);
            if (ReplayFile.IsNamed(path))
            {
                AdaptationOptions.RefuseWithReplay(parsed, task, device, threads);
                ShowReplay(path, colours);
                return 0;
            }
            path = EvalCommand.CheckpointOf(path);
            Checkpoint checkpoint = Checkpoint.Read(path);
            TaskFamily family = TaskFamily.ByName[checkpoint.Config.Environment];
            AdaptationRequest first = Request(family, parsed.GetValue(task));
            using var worker = new AdaptationWorker(checkpoint, path, CommonOptions.ParseDevice(parsed.GetValue(device)!), parsed.GetValue(threads));
            Show(new ViewerControls(family, colours, first, worker.Ask), worker.Take, family.Name, path);
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml view", "maml view runs/first --task 7", "maml view adaptation.replay");
    }

    private static void ShowReplay(string path, Theme theme)
    {
        Replay recorded = ReplayFile.Read(path);
        Replay? next = recorded;
        Show(new ViewerControls(recorded, theme), () => Interlocked.Exchange(ref next, null), recorded.Title.Family, path);
    }

    private static void Show(ViewerControls controls, Func<Replay?> take, string family, string path)
    {
        try
        {
            using var window = new ViewerWindow(controls, take, $"{family} – maml");
            window.Run();
        }
        catch (PlatformNotSupportedException problem)
        {
            throw new PlatformNotSupportedException($"{problem.Message.TrimEnd('.')}. Without a display, draw a picture: maml render {path} --out adaptation.png");
        }
    }

    /// <summary>`maml bench view`: frames a second, and the time from a click to the replay.</summary>
    public static Command CreateBenchmark()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A run folder or a checkpoint file." };
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("view", "Measure the viewer: frames a second, and milliseconds from a click to the replay.") { file, threads };
        command.SetAction(parsed =>
        {
            string path = EvalCommand.CheckpointOf(parsed.GetValue(file)!);
            Checkpoint checkpoint = Checkpoint.Read(path);
            TaskFamily family = TaskFamily.ByName[checkpoint.Config.Environment];
            using var worker = new AdaptationWorker(checkpoint, path, CPU, parsed.GetValue(threads));
            ViewBenchmarkResult result = ViewBenchmark.Run(family, Request(family, AdaptationOptions.DefaultTask), worker, RenderCommand.Width, RenderCommand.Height);
            Console.WriteLine(Machine.Summary(CPU, parsed.GetValue(threads)));
            Console.WriteLine($"{result.Driver}, {result.Width}x{result.Height}");
            Console.WriteLine($"one task, nothing computes  {result.IdleFramesPerS,8:F0} frames/s");
            Console.WriteLine($"while the map fills in      {result.FillingFramesPerS,8:F0} frames/s");
            Console.WriteLine($"click to replay             {result.ClickMs,8:F0} ms");
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench view runs/first");
    }

    private static AdaptationRequest Request(TaskFamily family, int number) => number <= family.TestTasks.Count
        ? new AdaptationRequest(
            family.TestTasks.Row(number - 1).ToArray(), number, false, EvalCommand.DefaultSteps, AdaptationOptions.DefaultTrajectories, 1, EvalCommand.DefaultSeed)
        : throw new InputException($"{family.Name} has {family.TestTasks.Count} test tasks, so there is no task {number}.");

    private static string NewestRun() =>
        (Directory.Exists("runs") ? Directory.GetDirectories("runs") : [])
            .Where(run => File.Exists(EvalCommand.CheckpointOf(run))).OrderByDescending(run => File.GetLastWriteTimeUtc(EvalCommand.CheckpointOf(run))).FirstOrDefault()
        ?? throw new InputException("There is no run in ./runs to view; name a checkpoint, or make a run with: maml demo");
}

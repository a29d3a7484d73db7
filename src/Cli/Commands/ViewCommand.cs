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
        Argument<string?> file = new("CHECKPOINT") { Description = "A run folder or a checkpoint file; without it, the newest run in ./runs.", Arity = ArgumentArity.ZeroOrOne };
        Option<int> task = CommonOptions.Whole("--task", "The test task to begin with.", minimum: 1, RenderCommand.DefaultTask);
        Option<string> theme = new("--theme") { Description = "dark or light.", HelpName = "dark|light", DefaultValueFactory = _ => Theme.Dark.Name };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("view", "Watch a checkpoint's policy adapt to a goal that you click. F1 in the window lists the keys.") { file, task, theme, device, threads };
        command.SetAction(parsed =>
        {
            string path = EvalCommand.CheckpointOf(parsed.GetValue(file) ?? NewestRun());
            Checkpoint checkpoint = Checkpoint.Read(path);
            TaskFamily family = TaskFamily.ByName[checkpoint.Config.Environment];
            AdaptationRequest first = Request(family, parsed.GetValue(task));
            using var worker = new AdaptationWorker(checkpoint, path, CommonOptions.ParseDevice(parsed.GetValue(device)!), parsed.GetValue(threads));
            using var window = new ViewerWindow(new ViewerControls(family, RenderCommand.ParseTheme(parsed.GetValue(theme)!), first, worker.Ask), worker.Take, $"{family.Name} – maml");
            try
            {
                window.Run();
            }
            catch (PlatformNotSupportedException problem)
            {
                throw new PlatformNotSupportedException($"{problem.Message.TrimEnd('.')}. Without a display, draw a picture: maml render {path} --out adaptation.png");
            }
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml view", "maml view runs/first --task 7");
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
            ViewBenchmarkResult result = ViewBenchmark.Run(family, Request(family, RenderCommand.DefaultTask), worker, RenderCommand.Width, RenderCommand.Height);
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
            family.TestTasks.Row(number - 1).ToArray(), number, false, EvalCommand.DefaultSteps, RenderCommand.DefaultTrajectories, 1, EvalCommand.DefaultSeed)
        : throw new InputException($"{family.Name} has {family.TestTasks.Count} test tasks, so there is no task {number}.");

    private static string NewestRun() =>
        (Directory.Exists("runs") ? Directory.GetDirectories("runs") : [])
            .Where(run => File.Exists(EvalCommand.CheckpointOf(run))).OrderByDescending(run => File.GetLastWriteTimeUtc(EvalCommand.CheckpointOf(run))).FirstOrDefault()
        ?? throw new InputException("There is no run in ./runs to view; name a checkpoint, or make a run with: maml demo");
}

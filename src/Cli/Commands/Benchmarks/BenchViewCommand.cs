using System.CommandLine;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench view` measures the viewer's frames per second, and the time from a click to the replay.</summary>
internal static class BenchViewCommand
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true };

    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A checkpoint file, or a run folder, whose best checkpoint is used." };
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command(
            "view",
            "Measure the viewer, in a window where there is a display: frames per second, and milliseconds from a click to the replay.")
        { file, threads, json };
        command.SetAction(parsed =>
        {
            string path = EvalCommand.CheckpointOf(parsed.GetValue(file)!);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            using ViewerSession session = ViewCommand.Session(
                [path], AdaptationOptions.DefaultTask, Theme.Dark, CPU, parsed.GetValue(threads));
            TaskFamily family = TaskFamilies.ByName[Checkpoint.Read(path).PolicyConfig().Environment];
            Console.WriteLine(Machine.Summary(CPU, parsed.GetValue(threads)));
            ViewBenchmarkResult result = ViewBenchmark.Run(session, family, RenderCommand.Width, RenderCommand.Height);
            Print(result);
            if (parsed.GetValue(json) is { } to) AtomicFile.WriteText(to, JsonSerializer.Serialize(result, JsonOptions));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench view runs/first", "maml bench view runs/first --json view.json");
    }

    private static void Print(ViewBenchmarkResult result)
    {
        string size = $"{result.Width}x{result.Height}, {result.Driver}";
        Console.WriteLine(result.Shown == "window" ? $"a window of {size}" : $"no display, so headless at {size}");
        Console.WriteLine($"one task, nothing computes  {result.IdleFramesPerS,8:F0} frames/s");
        Console.WriteLine($"while the map fills in      {result.FillingFramesPerS,8:F0} frames/s");
        Console.WriteLine($"{result.Robots,5} robots with trails   {result.PopulationFramesPerS,8:F0} frames/s");
        Console.WriteLine($"click to replay             {result.ClickMs,8:F0} ms");
    }
}

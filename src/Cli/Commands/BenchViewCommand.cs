using System.CommandLine;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench view`: frames a second, and the time from a click to the replay.</summary>
internal static class BenchViewCommand
{
    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A run folder or a checkpoint file." };
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command("view", "Measure the viewer, in a window where there is a display: frames a second, and milliseconds from a click to the replay.") { file, threads, json };
        command.SetAction(parsed =>
        {
            string path = EvalCommand.CheckpointOf(parsed.GetValue(file)!);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            using ViewerSession session = ViewCommand.Session([path], AdaptationOptions.DefaultTask, Theme.Dark, CPU, parsed.GetValue(threads));
            TaskFamily family = TaskFamilies.ByName[Checkpoint.Read(path).PolicyConfig().Environment];
            Console.WriteLine(Machine.Summary(CPU, parsed.GetValue(threads)));
            ViewBenchmarkResult result = ViewBenchmark.Run(session, family, RenderCommand.Width, RenderCommand.Height);
            Console.WriteLine(result.Shown == "window" ? $"a window of {result.Width}x{result.Height}, {result.Driver}" : $"no display, so headless at {result.Width}x{result.Height}, {result.Driver}");
            Console.WriteLine($"one task, nothing computes  {result.IdleFramesPerS,8:F0} frames/s");
            Console.WriteLine($"while the map fills in      {result.FillingFramesPerS,8:F0} frames/s");
            Console.WriteLine($"{result.Robots,5} robots with trails   {result.PopulationFramesPerS,8:F0} frames/s");
            Console.WriteLine($"click to replay             {result.ClickMs,8:F0} ms");
            if (parsed.GetValue(json) is { } to) AtomicFile.WriteText(to, JsonSerializer.Serialize(result, new JsonSerializerOptions { WriteIndented = true }));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench view runs/first", "maml bench view runs/first --json view.json");
    }
}

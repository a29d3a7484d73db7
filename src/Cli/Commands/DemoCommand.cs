using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml demo`: trains on 2D navigation from scratch and evaluates on the paper's 40 goals.</summary>
internal static class DemoCommand
{
    private const double FilmSeconds = 10;

    // A film is looked at in a page or a message, where its letters must stay legible.
    private const int FilmWidth = 960, FilmHeight = 540;

    // Its goal is far enough from the start for the eye to see the policy find it.
    private const int TellingTask = 8;

    /// <summary>What is trained.</summary>
    public static string Configuration => Path.Combine(AppContext.BaseDirectory, "configs", "demo.json");

    public static Command Create()
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<long?> seed = CommonOptions.Seed("Seed of the run.");
        Option<string?> output = CommonOptions.Out();
        var command = new Command("demo", "Train a policy for 2D navigation from scratch (a few minutes) and evaluate it on the MAML paper's 40 goals.")
        { device, threads, seed, output };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            string[] settings = parsed.GetValue(seed) is { } value ? [$"seed={value}"] : [];
            MetaTrainingConfig config = ConfigReader.ReadFile(Configuration, settings);
            using TrainingRun run = TrainingRun.Start(CommonOptions.CreateRun(parsed.GetValue(output), "demo"), config, where, count);
            int code = TrainingProgress.Run(run);
            if (code == 0) Report(run, where, count);
            return code;
        });
        return HelpWithExamples.AddTo(command, "maml demo", "maml demo --seed 2 --out runs/demo");
    }

    private static void Report(TrainingRun run, torch.Device device, int threads)
    {
        Checkpoint best = Checkpoint.Read(run.Folder.Best);
        var evaluation = new CheckpointEvaluation(run.Folder.Best, best, EvaluationTasks.OfPaper, device, threads);
        IReadOnlyList<StepEvaluation> result = evaluation.Run();
        Console.WriteLine($"The paper's 40 goals, {CheckpointEvaluation.DefaultEpisodes} episodes per goal and step, evaluation seed {CheckpointEvaluation.DefaultSeed}, checkpoint of iteration {best.Iteration},");
        Console.WriteLine($"{Machine.Summary(device, threads)}:");
        TaskFamily family = TaskFamily.ByName[best.Config.Environment];
        EvaluationTable.Print(result, onPaperTasks: true, PassiveReturn.Of(family, EvaluationTasks.OfPaper.Tasks));
        evaluation.Write(run.Folder.Evaluation, result);
        Console.WriteLine($"Optimal control returns {result[0].Mean + result[0].Regret:F3}. Everything is in {run.Folder.Path}.");
        Draw(run.Folder, device, threads);
    }

    /// <summary>Draws the best policy's adaptation; a machine that cannot draw has still trained and evaluated.</summary>
    private static void Draw(RunFolder folder, torch.Device device, int threads)
    {
        AdaptationSource source = AdaptationSource.Of(
            folder.Best, TellingTask, CheckpointEvaluation.DefaultSteps, AdaptationOptions.DefaultTrajectories, CheckpointEvaluation.DefaultSeed, device, threads);
        string still = Path.Combine(folder.Path, "adaptation.png"), film = Path.Combine(folder.Path, "adaptation.gif");
        try
        {
            var replay = new Lazy<Replay>(source.Sample);
            AdaptationPicture.Write(() => replay.Value, still, RenderCommand.Width, RenderCommand.Height, Theme.Dark, FilmSeconds);
            AdaptationPicture.Write(() => replay.Value, film, FilmWidth, FilmHeight, Theme.Dark, FilmSeconds);
            Console.WriteLine($"How it adapts to one of these goals: {still} and {film}.");
        }
        catch (PlatformNotSupportedException problem)
        {
            Console.WriteLine($"{problem.Message} Pictures can be drawn later with: maml render {ShellWord.Quoted(folder.Path)} --out adaptation.gif");
        }
    }
}

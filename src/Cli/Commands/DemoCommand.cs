using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml demo`: trains from scratch, on 2D navigation or with an arm, and evaluates on the family's test tasks.</summary>
internal static class DemoCommand
{
    private const double FilmSeconds = 10;

    // A film is looked at in a page or a message, where its letters must stay legible.
    private const int FilmWidth = 960, FilmHeight = 540;

    private static readonly Subject Navigation = new("demo.json", TellingTask: 8), Arm = new("demo-arm.json", TellingTask: 1);

    /// <summary>What the demo of 2D navigation trains.</summary>
    public static string Configuration => Navigation.Configuration;

    public static Command Create()
    {
        Command command = Of(
            Navigation, "demo",
            "Train a policy for 2D navigation from scratch (a few minutes) and evaluate it on the MAML paper's 40 goals.");
        command.Add(HelpWithExamples.AddTo(
            Of(Arm, "arm", "The same with a two-link arm that reaches for hidden goals, evaluated on 40 goals."), "maml demo arm"));
        return HelpWithExamples.AddTo(command, "maml demo", "maml demo arm", "maml demo --seed 2 --out runs/demo");
    }

    private static Command Of(Subject shown, string name, string description)
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<long?> seed = CommonOptions.Seed("Seed of the run.");
        Option<string?> output = CommonOptions.Out();
        var command = new Command(name, description) { device, threads, seed, output };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            string[] settings = parsed.GetValue(seed) is { } value ? [$"seed={value}"] : [];
            MetaTrainingConfig config = ConfigReader.ReadFile(shown.Configuration, settings);
            RunFolder folder = CommonOptions.CreateRun(parsed.GetValue(output), Path.GetFileNameWithoutExtension(shown.File));
            using TrainingRun run = TrainingRun.Start(folder, config, where, count);
            int code = TrainingProgress.Run(run);
            if (code == 0) Report(run, shown, where, count);
            return code;
        });
        return command;
    }

    private static void Report(TrainingRun run, Subject shown, torch.Device device, int threads)
    {
        Checkpoint best = Checkpoint.Read(run.Folder.Best);
        TaskFamily family = TaskFamilies.Named(best.PolicyConfig().Environment);
        EvaluationTasks tasks = EvaluationTasks.Of(EvaluationTasks.Test, family, RandomStream.FromSeed(CheckpointEvaluation.DefaultSeed));
        var evaluation = new CheckpointEvaluation(run.Folder.Best, best, tasks, device, threads);
        IReadOnlyList<StepEvaluation> result = evaluation.Run();
        Console.WriteLine(
            $"{(tasks.ArePaper ? "The paper's 40 goals" : tasks.Describe(family))}, "
            + $"{CheckpointEvaluation.DefaultEpisodes} episodes per task and step, "
            + $"evaluation seed {CheckpointEvaluation.DefaultSeed}, checkpoint of iteration {best.Iteration},");
        Console.WriteLine($"{Machine.Summary(device, threads)}:");
        EvaluationTable.Print(result, tasks.ArePaper, PassiveReturn.Of(family, tasks.Tasks));
        evaluation.Write(run.Folder.Evaluation, result);
        string reference = result[0].RegretTo == ReturnKind.Optimal ? "Optimal control returns" : "The best known return is";
        Console.WriteLine($"{reference} {result[0].Mean + result[0].Regret:F3}. Everything is in {run.Folder.Path}.");
        Draw(run.Folder, shown, device, threads);
    }

    /// <summary>Draws the best policy's adaptation; a machine that cannot draw has still trained and evaluated.</summary>
    private static void Draw(RunFolder folder, Subject shown, torch.Device device, int threads)
    {
        AdaptationSource source = AdaptationSource.Of(
            folder.Best, shown.TellingTask, CheckpointEvaluation.DefaultSteps, AdaptationOptions.DefaultTrajectories,
            CheckpointEvaluation.DefaultSeed, device, threads);
        string still = Path.Combine(folder.Path, "adaptation.png"), film = Path.Combine(folder.Path, "adaptation.gif");
        try
        {
            var replay = new Lazy<Replay>(source.Sample);
            AdaptationPicture.Write(() => replay.Value, still, RenderCommand.Width, RenderCommand.Height, Theme.Dark, FilmSeconds);
            AdaptationPicture.Write(() => replay.Value, film, FilmWidth, FilmHeight, Theme.Dark, FilmSeconds);
            Console.WriteLine($"How it adapts to one of these tasks: {still} and {film}.");
        }
        catch (PlatformNotSupportedException problem)
        {
            string later = $"maml render {ShellWord.Quoted(folder.Path)} --out adaptation.gif";
            Console.WriteLine($"{problem.Message} Pictures can be drawn later with: {later}");
        }
    }

    /// <summary>What a demo is about.</summary>
    /// <param name="TellingTask">
    /// The number of a test task, from 1, whose goal is far enough from the start for the eye to see the policy find it
    /// </param>
    private sealed record Subject(string File, int TellingTask)
    {
        public string Configuration => Path.Combine(AppContext.BaseDirectory, "configs", File);
    }
}

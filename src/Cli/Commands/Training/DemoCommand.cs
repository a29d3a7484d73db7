using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml demo` trains a policy from scratch, for 2D navigation or an arm, and evaluates it on the family's test tasks.</summary>
internal static class DemoCommand
{
    private const double FilmSeconds = 10;

    // Films are shown in pages and messages, where text must stay legible.
    private const int FilmWidth = 960, FilmHeight = 540;

    private static readonly Demo Navigation = new("demo.json", ShownTask: 8), Arm = new("demo-arm.json", ShownTask: 1);

    /// <summary>The configuration that the demo of 2D navigation trains with.</summary>
    public static string Configuration => Navigation.Configuration;

    public static Command Create()
    {
        Command command = CreateFor(
            Navigation, "demo",
            "Train a policy for 2D navigation from scratch (a few minutes) and evaluate it on the MAML paper's 40 goals.");
        Command arm = CreateFor(Arm, "arm", "Do the same for a two-link arm that reaches for hidden goals, and evaluate it on 40 goals.");
        command.Add(HelpWithExamples.AddTo(arm, "maml demo arm"));
        return HelpWithExamples.AddTo(command, "maml demo", "maml demo arm", "maml demo --seed 2 --out runs/demo");
    }

    private static Command CreateFor(Demo demo, string name, string description)
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<long?> seed = CommonOptions.Seed("Seed of the run.");
        Option<string?> output = CommonOptions.Out();
        var command = new Command(name, description) { device, threads, seed, output };
        command.SetAction(parsed =>
        {
            JointTraining.Refuse("maml demo");
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            string[] settings = parsed.GetValue(seed) is { } value ? [$"seed={value}"] : [];
            MetaTrainingConfig config = ConfigReader.ReadFile(demo.Configuration, settings);
            RunFolder folder = CommonOptions.CreateRun(parsed.GetValue(output), Path.GetFileNameWithoutExtension(demo.File));
            using TrainingRun run = TrainingRun.Start(folder, config, where, count);
            int code = StoppableTraining.Run(run);
            if (code == 0) Evaluate(run, demo, where, count);
            return code;
        });
        return command;
    }

    private static void Evaluate(TrainingRun run, Demo demo, torch.Device device, int threads)
    {
        Checkpoint best = Checkpoint.Read(run.Folder.Best);
        TaskFamily family = TaskFamilies.Named(best.PolicyConfig().Environment);
        EvaluationTasks tasks = EvaluationTasks.Of(EvaluationTasks.Test, family, RandomStream.FromSeed(CheckpointEvaluation.DefaultSeed));
        int steps = best.PolicyConfig().InnerSteps;
        var evaluation = new CheckpointEvaluation(run.Folder.Best, best, tasks, device, threads) { Steps = steps };
        IReadOnlyList<StepEvaluation> result = evaluation.Run();
        Console.WriteLine(
            $"{(tasks.ArePaper ? "The paper's 40 goals" : tasks.Describe(family))}, "
            + $"{CheckpointEvaluation.DefaultEpisodes} episodes per task and step, "
            + $"evaluation seed {CheckpointEvaluation.DefaultSeed}, checkpoint of iteration {best.Iteration},");
        Console.WriteLine($"{Machine.Summary(device, threads)}:");
        EvaluationTable.Print(evaluation, family, result);
        if (tasks.ArePaper) Console.WriteLine(Published());
        evaluation.Write(run.Folder.Evaluation, result);
        string reference = result[0].RegretTo == ReturnKind.Optimal ? "Optimal control returns" : "The best known return is";
        Console.WriteLine($"{reference} {result[0].Mean + result[0].Regret:F3}. Everything is in {run.Folder.Path}.");
        DrawAdaptation(run.Folder, demo, steps, device, threads);
    }

    private static string Published() => string.Create(CultureInfo.InvariantCulture,
        $"The MAML paper's own policy returns {PaperGoals.PublishedReturns[1]:F2} after one gradient step and "
        + $"{PaperGoals.PublishedReturns[^1]:F2} after {PaperGoals.PublishedReturns.Count - 1}.");

    /// <summary>Draws how the best policy adapts. Where a machine cannot draw, the demo still succeeds.</summary>
    private static void DrawAdaptation(RunFolder folder, Demo demo, int steps, torch.Device device, int threads)
    {
        AdaptationSource source = AdaptationSource.Of(
            folder.Best, demo.ShownTask, steps, AdaptationOptions.DefaultTrajectories, CheckpointEvaluation.DefaultSeed, device, threads);
        string still = Path.Combine(folder.Path, "adaptation.png"), film = Path.Combine(folder.Path, "adaptation.gif");
        try
        {
            var replay = new Lazy<Replay>(source.Sample);
            AdaptationPicture.Write(() => replay.Value, new(still, RenderCommand.Width, RenderCommand.Height, Theme.Dark, FilmSeconds));
            AdaptationPicture.Write(() => replay.Value, new(film, FilmWidth, FilmHeight, Theme.Dark, FilmSeconds));
            Console.WriteLine($"{still} and {film} show how the policy adapts to one of these tasks.");
        }
        catch (PlatformNotSupportedException problem)
        {
            string later = $"maml render {ShellWord.Quoted(folder.Path)} --out adaptation.gif";
            Console.WriteLine($"{problem.Message} Pictures can be drawn later with: {later}");
        }
    }

    /// <param name="File">The configuration's file name</param>
    /// <param name="ShownTask">
    /// Number of the test task, from 1, whose adaptation is drawn. Its goal is so far from the start that one can see the policy find it.
    /// </param>
    private sealed record Demo(string File, int ShownTask)
    {
        public string Configuration => Path.Combine(AppContext.BaseDirectory, "configs", File);
    }
}

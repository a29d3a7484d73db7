using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml eval` measures the return of a checkpoint's policy after 0 to K gradient steps.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT")
        {
            Description = "A checkpoint, such as runs/first/checkpoints/best.safetensors, or a run folder: "
                + "its best checkpoint, or its latest before the first validation.",
        };
        Option<string> tasks = TasksOption();
        Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, CheckpointEvaluation.DefaultSteps);
        Option<int> episodes = CommonOptions.Whole(
            "--episodes", "Fresh episodes per task and step.", minimum: 1, CheckpointEvaluation.DefaultEpisodes);
        Option<long?> seed = CommonOptions.Seed($"Seed of the evaluation. [default: {CheckpointEvaluation.DefaultSeed}]");
        Option<bool> deterministic = new("--deterministic")
        {
            Description = "Report returns of the policy's mean actions. Gradient steps still use sampled actions.",
        };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command(
            "eval", "Evaluate a checkpoint: return, 95 % interval and regret to optimal control after each gradient step.")
        { file, tasks, steps, episodes, seed, deterministic, device, threads, json };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            string path = CheckpointOf(parsed.GetValue(file)!);
            Checkpoint checkpoint = Checkpoint.Read(path);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            long from = parsed.GetValue(seed) ?? CheckpointEvaluation.DefaultSeed;
            if (checkpoint.Config is SinusoidConfig sinusoid)
            {
                if (((Option[])[episodes, deterministic]).FirstOrDefault(option => CommonOptions.IsGiven(parsed, option)) is { } given)
                    throw new InputException($"A sinusoid has neither episodes nor actions: leave out {given.Name}.");
                new SinusoidEvaluation(path, checkpoint, sinusoid, where, parsed.GetValue(threads))
                {
                    Steps = CommonOptions.IsGiven(parsed, steps) ? parsed.GetValue(steps) : SinusoidEvaluation.DefaultSteps, Seed = from,
                }.Run(SinusoidEvaluation.TasksOf(parsed.GetValue(tasks)!), parsed.GetValue(json));
                return 0;
            }
            TaskFamily family = TaskFamilies.ByName[checkpoint.PolicyConfig().Environment];
            EvaluationTasks chosen = EvaluationTasks.Of(parsed.GetValue(tasks)!, family, RandomStream.FromSeed(from));
            var evaluation = new CheckpointEvaluation(path, checkpoint, chosen, where, parsed.GetValue(threads))
            {
                Steps = parsed.GetValue(steps),
                Episodes = parsed.GetValue(episodes),
                Seed = from,
                Deterministic = parsed.GetValue(deterministic),
            };
            Print(evaluation, family, parsed.GetValue(json));
            return 0;
        });
        return HelpWithExamples.AddTo(
            command,
            "maml eval runs/first",
            "maml eval runs/first/checkpoints/latest.safetensors --tasks heldout:100 --steps 2 --json result.json");
    }

    /// <summary>
    /// The checkpoint that a path names. For a run folder this is its best one or, before the first validation, its latest one,
    /// in which case a line says so.
    /// </summary>
    public static string CheckpointOf(string path)
    {
        string file = FileOf(path);
        if (file == RunFolder.LatestIn(path))
            Console.WriteLine($"{path} has not been validated yet, so it has no best checkpoint; its latest one is used.");
        return file;
    }

    /// <summary>The same as <see cref="CheckpointOf"/>, but prints nothing.</summary>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path)) return path;
        (string best, string latest) = (RunFolder.BestIn(path), RunFolder.LatestIn(path));
        return !File.Exists(best) && File.Exists(latest) ? latest : best;
    }

    private static Option<string> TasksOption() => new("--tasks")
    {
        Description = "test (the family's test tasks; for 2D navigation the MAML paper's 40 goals), paper (those goals), "
            + "heldout:N (N tasks that training did not draw) or a CSV file.",
        HelpName = "TASKS", DefaultValueFactory = _ => EvaluationTasks.Test,
    };

    private static void Print(CheckpointEvaluation evaluation, TaskFamily family, string? json)
    {
        Console.WriteLine(
            $"{evaluation.Tasks.Describe(family)}, {evaluation.Episodes} episodes per task and step, seed {evaluation.Seed}, "
            + $"iteration {evaluation.Checkpoint.Iteration}, {Machine.Summary(evaluation.Device, evaluation.Threads)}");
        IReadOnlyList<StepEvaluation> result = evaluation.Run();
        // The table comes before the file, so that minutes of work are not lost where the file cannot be written.
        EvaluationTable.Print(result, evaluation.Tasks.ArePaper, PassiveReturn.Of(family, evaluation.Tasks.Tasks));
        if (json is not null) evaluation.Write(json, result);
    }
}

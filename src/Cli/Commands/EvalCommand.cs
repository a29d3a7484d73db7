using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml eval`: the return of a checkpoint's policy after 0 to K gradient steps.</summary>
internal static class EvalCommand
{
    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A checkpoint, such as runs/first/checkpoints/best.safetensors, or a run folder: its best one, or its latest before the first validation." };
        Option<string> tasks = new("--tasks")
        {
            Description = "test (the family's test tasks, of 2D navigation the 40 goals of the MAML paper), paper (those goals), heldout:N (N tasks not trained on) or a CSV file.",
            HelpName = "TASKS", DefaultValueFactory = _ => EvaluationTasks.Test,
        };
        Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, CheckpointEvaluation.DefaultSteps);
        Option<int> episodes = CommonOptions.Whole("--episodes", "Fresh episodes per task and step.", minimum: 1, CheckpointEvaluation.DefaultEpisodes);
        Option<long?> seed = CommonOptions.Seed($"Seed of the evaluation. [default: {CheckpointEvaluation.DefaultSeed}]");
        Option<bool> deterministic = new("--deterministic") { Description = "Report the policy's mean actions; inner steps still see sampled ones." };
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command("eval", "Evaluate a checkpoint: return, 95 % interval and regret to optimal control after each gradient step.")
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
                Steps = parsed.GetValue(steps), Episodes = parsed.GetValue(episodes), Seed = from, Deterministic = parsed.GetValue(deterministic),
            };
            Console.WriteLine(
                $"{chosen.Describe(family)}, {evaluation.Episodes} episodes per task and step, seed {from}, iteration {checkpoint.Iteration}, {Machine.Summary(where, evaluation.Threads)}");
            IReadOnlyList<StepEvaluation> result = evaluation.Run();
            // Before the file: minutes of work are not lost where it cannot be written.
            EvaluationTable.Print(result, chosen.ArePaper, PassiveReturn.Of(family, chosen.Tasks));
            if (parsed.GetValue(json) is { } to) evaluation.Write(to, result);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml eval runs/first", "maml eval runs/first/checkpoints/latest.safetensors --tasks heldout:100 --steps 2 --json result.json");
    }

    /// <summary>The checkpoint that a path names: of a run folder its best, or before its first validation its latest, and says so.</summary>
    public static string CheckpointOf(string path)
    {
        string file = FileOf(path);
        if (file == RunFolder.LatestIn(path))
            Console.WriteLine($"{path} has not been validated yet, so there is no best checkpoint: this is its latest.");
        return file;
    }

    /// <summary>The same, without a word.</summary>
    public static string FileOf(string path)
    {
        if (!Directory.Exists(path)) return path;
        (string best, string latest) = (RunFolder.BestIn(path), RunFolder.LatestIn(path));
        return !File.Exists(best) && File.Exists(latest) ? latest : best;
    }
}

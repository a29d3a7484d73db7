using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml eval`: the return of a checkpoint's policy after 0 to K gradient steps.</summary>
internal static class EvalCommand
{
    /// <summary>The fixed seed of evaluations, so that a figure means one thing.</summary>
    public const long DefaultSeed = 40;

    public const int DefaultSteps = 3, DefaultEpisodes = 40;

    private const string Paper = "paper", HeldOut = "heldout:";

    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A checkpoint, such as runs/first/checkpoints/best.safetensors, or a run folder: its best one." };
        Option<string> tasks = new("--tasks")
        {
            Description = "paper (the 40 goals of the MAML paper), heldout:N (N tasks not trained on) or a CSV file.", HelpName = "TASKS", DefaultValueFactory = _ => Paper,
        };
        Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, DefaultSteps);
        Option<int> episodes = CommonOptions.Whole("--episodes", "Fresh episodes per task and step.", minimum: 1, DefaultEpisodes);
        Option<long?> seed = CommonOptions.Seed($"Seed of the evaluation. [default: {DefaultSeed}]");
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
            RandomStream stream = RandomStream.FromSeed(parsed.GetValue(seed) ?? DefaultSeed);
            TaskBatch chosen = ChooseTasks(parsed.GetValue(tasks)!, TaskFamily.ByName[checkpoint.Config.Environment], stream);
            Console.WriteLine(
                $"{chosen.Count} tasks, {parsed.GetValue(episodes)} episodes per task and step, seed {parsed.GetValue(seed) ?? DefaultSeed}, iteration {checkpoint.Iteration}, {Machine.Summary(where, parsed.GetValue(threads))}");
            IReadOnlyList<StepEvaluation> result = Evaluate(
                checkpoint, chosen, parsed.GetValue(steps), parsed.GetValue(episodes), stream, parsed.GetValue(deterministic), where, parsed.GetValue(threads));
            EvaluationTable.Print(result, parsed.GetValue(tasks) == Paper);
            if (parsed.GetValue(json) is { } target) EvaluationFile.Write(target, path, result);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml eval runs/first", "maml eval runs/first/checkpoints/latest.safetensors --tasks heldout:100 --steps 2 --json result.json");
    }

    public static IReadOnlyList<StepEvaluation> Evaluate(
        Checkpoint checkpoint, TaskBatch tasks, int steps, int episodes, RandomStream stream, bool deterministic, torch.Device device, int threads)
    {
        return TensorScope.Free(() =>
        {
            using var experiment = new Experiment(checkpoint.Config, device, threads);
            return Evaluator.Evaluate(
                experiment.Sampler, experiment.Family, checkpoint.Meta(device), tasks, steps, episodes, stream.Stream("evaluation"), deterministic, plan: true);
        });
    }

    public static string CheckpointOf(string path) => Directory.Exists(path) ? Path.Combine(path, "checkpoints", "best.safetensors") : path;

    private static TaskBatch ChooseTasks(string name, TaskFamily family, RandomStream stream)
    {
        if (name == Paper)
        {
            return ReferenceEquals(family.TestTasks, PaperGoals.Tasks) ? PaperGoals.Tasks
                : throw new InputException($"The paper's goals are tasks of 2D navigation, not of {family.Name}; take --tasks heldout:N.");
        }
        if (!name.StartsWith(HeldOut, StringComparison.Ordinal))
        {
            return File.Exists(name) ? TaskFile.Read(name, family.Spec)
                : throw new InputException($"--tasks must be paper, heldout:N or a CSV file; there is no file '{name}'.");
        }
        if (!int.TryParse(name[HeldOut.Length..], CultureInfo.InvariantCulture, out int count) || count is < 1 or > 1_000_000)
            throw new InputException($"--tasks heldout:N takes a number of tasks, such as heldout:40, not '{name}'.");
        if (family.Tasks is not ListedTasks) return family.Tasks.Sample(stream.Stream("held-out-tasks"), count);
        return count <= family.TestTasks.Count ? family.TestTasks.Slice(0, count)
            : throw new InputException($"{family.Name} has a fixed list of tasks, of which {family.TestTasks.Count} are held out; take --tasks heldout:{family.TestTasks.Count} or fewer.");
    }
}

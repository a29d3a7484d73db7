using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

namespace MamlRobotics.Cli.Commands;

/// <summary>
/// `maml adapt` writes the parameters of a checkpoint's policy after 0 to K gradient steps on some tasks, for programs in other languages.
/// </summary>
internal sealed class AdaptCommand
{
    private readonly Argument<string> run = new("CHECKPOINT")
    {
        Description = "A checkpoint file, or a run folder, whose best checkpoint is used.",
    };

    private readonly Option<string> output = new("--out")
    {
        Description = "The safetensors file to write.", HelpName = "FILE", Required = true,
    };

    private readonly Option<string> tasks = new("--tasks")
    {
        Description = "test, paper, heldout:N or a CSV file, as for `maml eval`.", HelpName = "TASKS",
        DefaultValueFactory = _ => EvaluationTasks.Test,
    };

    private readonly Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, CheckpointEvaluation.DefaultSteps);
    private readonly Option<int> trajectories = CommonOptions.Whole(
        "--trajectories", "Episodes per task and gradient step.", minimum: 1, AdaptationOptions.DefaultTrajectories);
    private readonly Option<long?> seed = CommonOptions.Seed($"Seed of the episodes. [default: {CheckpointEvaluation.DefaultSeed}]");
    private readonly Option<string> device = CommonOptions.Device();
    private readonly Option<int> threads = CommonOptions.Threads();

    private AdaptCommand()
    {
    }

    public static Command Create()
    {
        var adapt = new AdaptCommand();
        var command = new Command("adapt", "Write a policy's parameters after each gradient step on some tasks, for Python.")
        {
            adapt.run, adapt.output, adapt.tasks, adapt.steps, adapt.trajectories, adapt.seed, adapt.device, adapt.threads,
        };
        command.SetAction(adapt.Run);
        return HelpWithExamples.AddTo(command, "maml adapt runs/first --out adapted.safetensors --tasks heldout:10 --steps 1");
    }

    private int Run(ParseResult parsed)
    {
        torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
        var checkpoint = Checkpoint.Read(EvalCommand.CheckpointOf(parsed.GetValue(run)!));
        string path = parsed.GetValue(output)!;
        CommonOptions.CheckWritable(path);
        RandomStream stream = RandomStream.FromSeed(parsed.GetValue(seed) ?? CheckpointEvaluation.DefaultSeed);
        TaskFamily family = TaskFamilies.ByName[checkpoint.PolicyConfig().Environment];
        TaskBatch chosen = EvaluationTasks.Of(parsed.GetValue(tasks)!, family, stream).Tasks;
        TensorScope.Free(() =>
        {
            using var experiment = new Experiment(checkpoint.PolicyConfig(), where, parsed.GetValue(threads));
            if (experiment.Policy.MemorySize > 0)
                throw new InputException("This policy adapts by its memory and not by its parameters, so there is nothing to write.");
            AdaptationData data = experiment.Sampler.Sample(
                checkpoint.Meta(where), chosen, parsed.GetValue(steps), parsed.GetValue(trajectories), stream.Stream("adaptation"));
            FileOf(experiment, chosen, data).Write(path);
        });
        Console.WriteLine($"Wrote {path}. Read it with maml_robotics.read_adapted.");
        return 0;
    }

    private static Safetensors FileOf(Experiment experiment, TaskBatch tasks, AdaptationData data)
    {
        long count = tasks.Count, policies = data.Parameters.Count;
        double[] values = [.. Enumerable.Range(0, tasks.Count).SelectMany(task => tasks.Row(task).ToArray())];
        double[] returns = [.. data.Batches.SelectMany(batch => batch.Returns.Select(task => task.Average()))];
        var arrays = new Dictionary<string, NamedArray>
        {
            ["tasks"] = new([count, tasks.Columns.Count], values), ["returns"] = new([policies, count], returns),
        };
        Tensor all = torch.stack(data.Parameters);
        foreach (ParameterBlock block in experiment.Policy.Layout.Blocks)
        {
            float[] numbers = all.narrow(2, block.Offset, block.Length).contiguous().cpu().data<float>().ToArray();
            arrays["theta." + block.Name] = new([policies, count, .. block.Shape.Select(size => (long)size)], numbers);
        }
        return new Safetensors(arrays, new Dictionary<string, string>
        {
            ["kind"] = "maml-robotics adapted 1",
            ["config"] = ConfigFormat.ToJson(experiment.Config),
            ["task_columns"] = string.Join(',', tasks.Columns),
            ["action_unit"] = experiment.Config.ActionUnit.ToString("R", CultureInfo.InvariantCulture),
        });
    }
}

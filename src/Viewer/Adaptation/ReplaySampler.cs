using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

namespace MamlRobotics.Viewer;

/// <summary>
/// Lets a checkpoint's policy adapt to tasks, by the same sampler as training and evaluation, and keeps everything that is
/// shown of it.
/// </summary>
public sealed class ReplaySampler : IDisposable
{
    /// <summary>The name of a task of the family's own list.</summary>
    public const string TestTask = "test task";

    // A click has to wait until the tasks that are being sampled are done.
    private const int MapTasksAtOnce = 8;

    private readonly Checkpoint checkpoint;
    private readonly Experiment experiment;
    private readonly MapTasks mapTasks;
    private readonly Tensor meta;

    /// <param name="family">A family that behaves like the checkpoint's own, which is taken where none is given</param>
    public ReplaySampler(Checkpoint checkpoint, torch.Device device, int threads, TaskFamily? family = null)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        this.checkpoint = checkpoint;
        experiment = new Experiment(checkpoint.PolicyConfig(), device, threads, family: family);
        meta = checkpoint.Meta(device);
        mapTasks = new MapTasks(experiment.Family);
    }

    public TaskFamily Family => experiment.Family;

    /// <summary>Adapts to one task.</summary>
    /// <param name="trajectories">B, the number of trajectories in each batch</param>
    /// <param name="plans">Whether to search for the best known return where no optimum is known, which may take a while</param>
    public Replay Sample(
        ReplayTitle title, TaskBatch task, int steps, int trajectories, RandomStream stream, ReturnMap map,
        bool plans = true) => TensorScope.Free(() =>
    {
        RandomStream draws = stream.Stream("replay");
        AdaptationData data = experiment.Sampler.Sample(meta, task, steps, trajectories, draws, keepTrajectories: true);
        float[][] parameters = [.. data.Parameters.Select(policy => policy.cpu().contiguous().data<float>().ToArray())];
        Tensor initial = experiment.CreateInitialMeta();
        AdaptationData untrained = experiment.Sampler.Sample(initial, task, 0, trajectories, stream.Stream("random"));
        ReferenceReturn reference = plans ? VariedFamily.FoundReturn(Family, task) : VariedFamily.KnownReturn(Family, task);
        ReplayStep Step(Rollouts batch, int step)
        {
            Trajectory shown = experiment.Sampler.Act(data.Parameters[step], task, step, draws, data.Pasts[step])[0];
            return new ReplayStep(batch.Trajectories[0], shown, step == 0 ? [] : Change(parameters[step - 1], parameters[step]));
        }
        ReplayStep[] batches = [.. data.Batches.Select(Step)];
        World world = World.Of(Family, task.Row(0)).Scaled(batches.SelectMany(batch => batch.Trajectories.Append(batch.Shown)));
        ActionField field = FieldOf(task, parameters, data.Pasts, world, batches);
        var replay = new Replay(
            title, Family.Spec.Task, task.Row(0).ToArray(), world, Goals(world), Family.Spec.Horizon, batches,
            [.. Layers.Select(layer => layer.Name)], reference, untrained.Batches[0].MeanReturn, map, field);
        return replay.MeasuredAgainst(reference);
    });

    /// <summary>Adapts to every test task.</summary>
    /// <param name="task">Gives the columns which the checkpoint's own family does not have</param>
    public Population SampleAll(string path, IReadOnlyList<double> task, int steps, int trajectories, RandomStream stream)
    {
        int ownColumns = TaskFamilies.ByName[checkpoint.PolicyConfig().Environment].Spec.Task.Count;
        TaskBatch test = Family.TestTasks;
        double[] Row(int number) => [.. test.Row(number)[..ownColumns], .. task.Skip(ownColumns)];
        var tasks = new TaskBatch(test.Columns, [.. Enumerable.Range(0, test.Count).SelectMany(Row)]);
        ReplayTitle title = Title(path, AllTasks(task, ownColumns), 0, 0);
        return PopulationSampler.Sample(experiment, meta, title, tasks, steps, trajectories, stream);
    }

    /// <summary>Names all test tasks, and those of the added columns whose values are not the family's own.</summary>
    private string AllTasks(IReadOnlyList<double> task, int ownColumns)
    {
        string[] changes =
        [
            .. Family.Spec.Task.Index().Skip(ownColumns)
                .Where(column => task[column.Index] != Family.TestTasks[0, column.Index])
                .Select(column => Printed(column.Item, task[column.Index])),
        ];
        return changes.Length == 0 ? "all test tasks" : $"changed to {string.Join(", ", changes)}: all test tasks";
    }

    private static string Printed(Coordinate column, double value) => string.Create(
        CultureInfo.InvariantCulture, $"{Columns.PrintedName(column.Name)} {value:G3}{Columns.UnitAfterNumber(column.Unit)}");

    /// <summary>A map of which no cell is sampled yet.</summary>
    public ReturnMap EmptyMap() => mapTasks.Empty();

    /// <summary>Samples the missing cells of a map, some of them at a time.</summary>
    /// <param name="task">Gives the columns that the map does not vary</param>
    /// <param name="stop">Is asked between the parts whether to stop</param>
    public void Fill(ReturnMap map, TaskBatch task, int steps, int trajectories, RandomStream stream, Func<bool> stop)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(stop);
        (int Cell, double[] Row)[] cells =
        [
            .. mapTasks.Reached(map).Where(cell => double.IsNaN(map.Adapted[cell])).Select(cell => (cell, mapTasks.Row(map, task, cell))),
        ];
        foreach ((int Cell, double[] Row)[] part in cells.Chunk(MapTasksAtOnce))
        {
            if (stop()) return;
            var tasks = new TaskBatch(task.Columns, [.. part.SelectMany(cell => cell.Row)]);
            (double[] prior, double[] adapted) = ReturnsBeforeAndAfter(tasks, steps, trajectories, stream.Stream("map", part[0].Cell));
            for (int i = 0; i < part.Length; i++) map.Set(part[i].Cell, prior[i], adapted[i]);
            map.Publish();
        }
        map.IsWhole = true;
        map.Publish();
    }

    /// <summary>The mean return of each task, before the first gradient step and after the last.</summary>
    private (double[] Prior, double[] Adapted) ReturnsBeforeAndAfter(
        TaskBatch tasks, int steps, int trajectories, RandomStream stream) => TensorScope.Free(() =>
    {
        AdaptationData data = experiment.Sampler.Sample(meta, tasks, steps, trajectories, stream);
        double[] Means(Rollouts batch) => [.. batch.Returns.Select(returns => returns.Average())];
        return (Means(data.Batches[0]), Means(data.Batches[^1]));
    });

    /// <param name="kind">One of the test tasks, or what else the task is called</param>
    public ReplayTitle Title(string path, string kind, int number, int count)
    {
        // A checkpoint lies in RUN/checkpoints/.
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        string? run = Path.GetFileName(folder) == "checkpoints" ? Path.GetFileName(Path.GetDirectoryName(folder)) : null;
        Recipe algorithm = checkpoint.PolicyConfig().Algorithm;
        string task = kind == TestTask ? string.Create(CultureInfo.InvariantCulture, $"{TestTask} {number} of {count}") : kind;
        return new ReplayTitle(Family.Name, Choices.Of(algorithm).Label, run ?? Path.GetFileName(path), checkpoint.Iteration, task)
        {
            StepName = algorithm.StepName,
        };
    }

    public void Dispose()
    {
        meta.Dispose();
        experiment.Dispose();
    }

    /// <summary>The goals of all test tasks, in the units of the world.</summary>
    private IReadOnlyList<Vector2> Goals(World shown)
    {
        TaskBatch tasks = Family.TestTasks;
        IEnumerable<World> worlds = Enumerable.Range(0, tasks.Count).Select(task => World.Of(Family, tasks.Row(task)));
        Vector2 scale = shown.Plane?.Scale ?? Vector2.One;
        return [.. worlds.Where(world => world.Goal is not null).Select(world => scale * world.Coordinates(world.Goal!.Value)).Distinct()];
    }

    private ActionField FieldOf(
        TaskBatch task, float[][] parameters, IReadOnlyList<Past?> pasts, World world, ReplayStep[] steps)
    {
        (Vector2 low, Vector2 high) = FieldBounds(world, steps);
        return ActionField.Of(
            experiment.ObservedFamily, task.Row(0), experiment.Policy, experiment.Config.ActionUnit, parameters, pasts, low, high);
    }

    /// <summary>
    /// The part of the state that the field of actions covers: a square around the robot's places and the goals, all angles of an
    /// arm, or the part of the state plane that is reached.
    /// </summary>
    private (Vector2, Vector2) FieldBounds(World world, ReplayStep[] steps)
    {
        if (world.IsArm) return (new(-MathF.PI), new(MathF.PI));
        Vector2[] points = [.. Goals(world), .. steps.SelectMany(step => world.Tips(step.Shown))];
        (Vector2 low, Vector2 high) = (points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));
        // The axes of a state plane have different units, and so different ends.
        if (world.Plane is not null) return (world.Coordinates(low), world.Coordinates(high));
        Vector2 middle = (low + high) / 2, half = new(MathF.Max(high.X - low.X, high.Y - low.Y) * 0.55f);
        return (middle - half, middle + half);
    }

    /// <summary>The parameters of each layer. Weights and biases are taken together, since a bias alone may start at zero.</summary>
    private IEnumerable<(string Name, int From, int To)> Layers
    {
        get
        {
            ParameterLayout layout = experiment.Policy.Layout;
            IReadOnlyList<ParameterBlock> blocks = layout.Blocks;
            int logStd = blocks.Index().First(block => block.Item.Name == GaussianPolicy.LogStdBlock).Index;
            IEnumerable<IGrouping<string, ParameterBlock>> layers = blocks.Take(logStd).GroupBy(block => block.Name.Split('.')[0]);
            foreach ((int number, IGrouping<string, ParameterBlock> layer) in layers.Index())
            {
                string name = $"layer {number + 1}  {string.Join('×', layer.First().Shape)}";
                yield return (name, layer.First().Offset, layer.Last().Offset + layer.Last().Length);
            }
            bool hasContext = blocks[^1].Name == ParameterLayout.ContextWeight;
            int end = hasContext ? layout.Block(ParameterLayout.Context).Offset : layout.Count;
            yield return ("log σ", blocks[logStd].Offset, end);
            // It may start at zero too.
            if (hasContext) yield return ("context", end, layout.Count);
        }
    }

    private double[] Change(float[] before, float[] after) =>
        [.. Layers.Select(layer => Change(before.AsSpan(layer.From..layer.To), after.AsSpan(layer.From..layer.To)))];

    private static double Change(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        double moved = 0, size = 0;
        for (int i = 0; i < before.Length; i++)
        {
            moved += Math.Pow(after[i] - before[i], 2);
            size += Math.Pow(before[i], 2);
        }
        return size > 0 ? Math.Sqrt(moved / size) : double.NaN;
    }
}

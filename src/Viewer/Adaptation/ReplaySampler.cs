using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;

namespace MamlRobotics.Viewer;

/// <summary>Lets a checkpoint's policy adapt to tasks, by the sampler that training and evaluation use, and keeps what there is to see.</summary>
public sealed class ReplaySampler : IDisposable
{
    /// <summary>What a task of the family's own list is called.</summary>
    public const string TestTask = "test task";

    // A click waits for those that are under way.
    private const int MapTasksAtOnce = 8;

    private readonly Checkpoint checkpoint;
    private readonly Experiment experiment;
    private readonly MapTasks mapTasks;
    private readonly Tensor meta;

    /// <param name="family">One that behaves like the checkpoint's own, which is taken where there is none</param>
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
    /// <param name="trajectories">B, of each batch</param>
    /// <param name="plans">Search for the best known return where no optimum is known, which may take a while</param>
    public Replay Sample(
        ReplayTitle title, TaskBatch task, int steps, int trajectories, RandomStream stream, ReturnMap map, bool plans = true) => TensorScope.Free(() =>
    {
        RandomStream draws = stream.Stream("replay");
        AdaptationData data = experiment.Sampler.Sample(meta, task, steps, trajectories, draws, keepTrajectories: true);
        float[][] parameters = [.. data.Parameters.Select(policy => policy.cpu().contiguous().data<float>().ToArray())];
        AdaptationData untrained = experiment.Sampler.Sample(experiment.CreateInitialMeta(), task, 0, trajectories, stream.Stream("random"));
        ReferenceReturn reference = plans ? VariedFamily.FoundReturn(Family, task) : VariedFamily.KnownReturn(Family, task);
        ReplayStep[] batches = [.. data.Batches.Select((batch, step) => new ReplayStep(
            batch.Trajectories[0], experiment.Sampler.Act(data.Parameters[step], task, step, draws)[0], step == 0 ? [] : Change(parameters[step - 1], parameters[step])))];
        World world = World.Of(Family, task.Row(0)).Scaled(batches.SelectMany(batch => batch.Trajectories.Append(batch.Shown)));
        (Vector2 low, Vector2 high) = FieldBounds(world, batches);
        ActionField field = ActionField.Of(Family.Spec, Family.Environment, task.Row(0), experiment.Policy, experiment.Config.ActionUnit, parameters, low, high);
        return new Replay(
            title, Family.Spec.Task, task.Row(0).ToArray(), world, Goals(world), Family.Spec.Horizon,
            batches, [.. Layers.Select(layer => layer.Name)], reference, untrained.Batches[0].MeanReturn, map, field).MeasuredAgainst(reference);
    });

    /// <summary>Adapts to every test task.</summary>
    /// <param name="like">A task that gives the columns which the checkpoint's own family does not have</param>
    public Population SampleAll(string path, IReadOnlyList<double> like, int steps, int trajectories, RandomStream stream)
    {
        int own = TaskFamilies.ByName[checkpoint.PolicyConfig().Environment].Spec.Task.Count;
        TaskBatch test = Family.TestTasks;
        var tasks = new TaskBatch(test.Columns, [.. Enumerable.Range(0, test.Count).SelectMany(task => (double[])[.. test.Row(task)[..own], .. like.Skip(own)])]);
        return PopulationSampler.Sample(experiment, meta, Title(path, AllTasks(like, own), 0, 0), tasks, steps, trajectories, stream);
    }

    /// <summary>All test tasks, and what of the family's own physics is not as it is in them.</summary>
    private string AllTasks(IReadOnlyList<double> like, int own)
    {
        string[] changes =
        [
            .. Family.Spec.Task.Index().Skip(own).Where(column => like[column.Index] != Family.TestTasks[0, column.Index]).Select(column => string.Create(
                CultureInfo.InvariantCulture, $"{column.Item.Name.Replace('_', ' ')} {like[column.Index]:G3}{(column.Item.Unit == "1" ? "" : " " + Brush.Unit(column.Item.Unit))}")),
        ];
        return changes.Length == 0 ? "all test tasks" : $"changed to {string.Join(", ", changes)}: all test tasks";
    }

    /// <summary>A map of which nothing is sampled yet.</summary>
    public ReturnMap EmptyMap() => mapTasks.Empty();

    /// <summary>Fills in what a map lacks, some cells at a time.</summary>
    /// <param name="task">Gives the columns that the map does not vary</param>
    /// <param name="stop">Asked between the parts</param>
    public void Fill(ReturnMap map, TaskBatch task, int steps, int trajectories, RandomStream stream, Func<bool> stop)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(stop);
        (int Cell, double[] Row)[] cells = [.. mapTasks.Reached(map).Where(cell => double.IsNaN(map.Adapted[cell])).Select(cell => (cell, mapTasks.Row(map, task, cell)))];
        foreach ((int Cell, double[] Row)[] part in cells.Chunk(MapTasksAtOnce))
        {
            if (stop()) return;
            var tasks = new TaskBatch(task.Columns, [.. part.SelectMany(cell => cell.Row)]);
            double[][] returns = TensorScope.Free(() =>
            {
                AdaptationData data = experiment.Sampler.Sample(meta, tasks, steps, trajectories, stream.Stream("map", part[0].Cell));
                return new[] { data.Batches[0], data.Batches[^1] }.Select(batch => batch.Returns.Select(all => all.Average()).ToArray()).ToArray();
            });
            for (int i = 0; i < part.Length; i++) map.Set(part[i].Cell, returns[0][i], returns[1][i]);
            map.Publish();
        }
        map.IsWhole = true;
        map.Publish();
    }

    /// <param name="kind">What the task is: one of the test tasks, or the user's own</param>
    public ReplayTitle Title(string path, string kind, int number, int count)
    {
        // A checkpoint lies in RUN/checkpoints/.
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        string? run = Path.GetFileName(folder) == "checkpoints" ? Path.GetFileName(Path.GetDirectoryName(folder)) : null;
        string algorithm = Choices.Of(checkpoint.PolicyConfig().Algorithm).Label;
        return new ReplayTitle(Family.Name, algorithm, run ?? Path.GetFileName(path), checkpoint.Iteration, kind == TestTask ? string.Create(CultureInfo.InvariantCulture, $"test task {number} of {count}") : kind);
    }

    public void Dispose()
    {
        meta.Dispose();
        experiment.Dispose();
    }

    private IReadOnlyList<Vector2> Goals(World like)
    {
        TaskBatch tasks = Family.TestTasks;
        IEnumerable<World> worlds = Enumerable.Range(0, tasks.Count).Select(task => World.Of(Family, tasks.Row(task)));
        Vector2 scale = like.Plane?.Scale ?? Vector2.One;
        return [.. worlds.Where(world => world.Goal is not null).Select(world => scale * world.Coordinates(world.Goal!.Value)).Distinct()];
    }

    /// <summary>A square around where the robot and its goals are, all angles of an arm, or the part of the state plane that is reached.</summary>
    private (Vector2, Vector2) FieldBounds(World world, ReplayStep[] steps)
    {
        if (world.IsArm) return (new(-MathF.PI), new(MathF.PI));
        Vector2[] points = [.. Goals(world), .. steps.SelectMany(step => Enumerable.Range(0, step.Shown.Steps + 1).Select(t => world.Tip(step.Shown.State(t))))];
        (Vector2 low, Vector2 high) = (points.Aggregate(Vector2.Min), points.Aggregate(Vector2.Max));
        // In a plane of its own units each axis has its own ends.
        if (world.Plane is not null) return (world.Coordinates(low), world.Coordinates(high));
        Vector2 middle = (low + high) / 2, half = new(MathF.Max(high.X - low.X, high.Y - low.Y) * 0.55f);
        return (middle - half, middle + half);
    }

    /// <summary>Weights and biases of a layer together, since a bias alone may start at zero.</summary>
    private IEnumerable<(string Name, int From, int To)> Layers
    {
        get
        {
            IReadOnlyList<ParameterBlock> blocks = experiment.Policy.Layout.Blocks;
            for (int i = 0; i + 1 < blocks.Count; i += 2)
                yield return ($"layer {i / 2 + 1}  {string.Join('×', blocks[i].Shape)}", blocks[i].Offset, blocks[i + 1].Offset + blocks[i + 1].Length);
            yield return ("log σ", blocks[^1].Offset, blocks[^1].Offset + blocks[^1].Length);
        }
    }

    private double[] Change(float[] before, float[] after) =>
    [
        .. Layers.Select(layer =>
        {
            double moved = 0, size = 0;
            for (int i = layer.From; i < layer.To; i++)
            {
                moved += Math.Pow(after[i] - before[i], 2);
                size += Math.Pow(before[i], 2);
            }
            return size > 0 ? Math.Sqrt(moved / size) : double.NaN;
        }),
    ];
}

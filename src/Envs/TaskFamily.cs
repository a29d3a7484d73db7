using System.Collections.Concurrent;

namespace MamlRobotics.Envs;

/// <summary>Undiscounted return of optimal control, in closed form.</summary>
/// <param name="task">[task columns]</param>
/// <param name="start">[state]</param>
public delegate double OptimalControlReturn(ReadOnlySpan<double> task, ReadOnlySpan<double> start);

/// <summary>Chooses an action with full knowledge, [action].</summary>
/// <param name="task">[task columns]</param>
/// <param name="state">[state]</param>
public delegate double[] TaskController(double[] task, double[] state);

/// <summary>A named family of tasks: an environment, the distribution of its tasks, and what is known of its optimum.</summary>
public sealed record TaskFamily
{
    private static readonly ConcurrentDictionary<string, TaskFamily> Families =
        new(PointPresets.All.Concat(ArmPresets.All).Select(family => KeyValuePair.Create(family.Name, family)));

    // The share of random starting states over which a return is averaged has to be the same for every caller.
    private const int StartSamples = 64;

    // A planner takes a fraction of a second for each.
    private const int PlannedStarts = 2;

    private readonly ConcurrentDictionary<string, double> plannedReturns = new();
    private readonly Func<TaskBatch, int, SimulatorOptions, BatchSimulator> createSimulator;

    private TaskFamily(
        string name, IEnvironment environment, ITaskDistribution tasks, Func<TaskBatch, int, SimulatorOptions, BatchSimulator> createSimulator)
    {
        Name = name;
        Environment = environment;
        Spec = environment.Spec;
        Tasks = tasks;
        double largest = environment.Spec.Action.Max(action => action.High);
        ActionUnit = double.IsFinite(largest) ? largest : 1;
        TestTasks = (tasks is ListedTasks list ? list.Tasks : tasks.Sample(RandomStream.FromSeed(0).Stream("test tasks"), 40)).Distinct();
        this.createSimulator = createSimulator;
    }

    /// <summary>Every family, by the name that configurations use.</summary>
    public static IReadOnlyDictionary<string, TaskFamily> ByName => Families;

    public string Name { get; }

    public EnvironmentSpec Spec { get; }

    /// <summary>The dynamics, for any number type; a simulator is the fast way to many steps.</summary>
    public IEnvironment Environment { get; }

    public ITaskDistribution Tasks { get; }

    /// <summary>What it is and where it differs from its source.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The program or paper that defines it.</summary>
    public string Source { get; init; } = "";

    /// <summary>Tasks for reporting: those that the family names; else draws of their own, or of a list all that is on it.</summary>
    public TaskBatch TestTasks { get; init; }

    /// <summary>Whether it is certain that training draws no test task.</summary>
    public bool TestTasksAreHeldOut => !Tasks.DrawsRepeat || (Tasks is ListedTasks list && list.Tasks.IsApartFrom(TestTasks));

    /// <summary>What a policy's action of 1 is, in action units: the largest action, unless the family says otherwise.</summary>
    public double ActionUnit { get; init; }

    /// <summary>Null where no closed form is known.</summary>
    public OptimalControlReturn? OptimalControl { get; init; }

    /// <summary>Controllers with full knowledge that a best known return is the best of, besides what a planner finds.</summary>
    public IReadOnlyList<TaskController> Controllers { get; init; } = [];

    /// <param name="environment">A struct, so that the simulator is compiled for it.</param>
    public static TaskFamily Of<TEnvironment>(string name, TEnvironment environment, ITaskDistribution tasks)
        where TEnvironment : struct, IEnvironment =>
        new(name, environment, tasks, (batch, count, options) => LaneWidth.Bits switch
        {
            512 => new LaneSimulator<TEnvironment, Lanes512>(environment, batch, count, options),
            256 => new LaneSimulator<TEnvironment, Lanes256>(environment, batch, count, options),
            _ => new LaneSimulator<TEnvironment, Lanes128>(environment, batch, count, options),
        });

    /// <exception cref="InputException">There is no such family.</exception>
    public static TaskFamily Named(string name) => ByName.TryGetValue(name, out TaskFamily? family)
        ? family
        : throw new InputException($"There is no environment '{name}'{Spelling.DidYouMean(name, ByName.Keys)} `maml envs` lists them all.");

    /// <summary>Makes a family known by its name; a name is taken once.</summary>
    public static void Register(TaskFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        if (!Families.TryAdd(family.Name, family)) throw new ArgumentException($"There is a family '{family.Name}' already.");
    }

    /// <summary>A CPU simulator of some tasks with B trajectories each.</summary>
    public BatchSimulator CreateSimulator(TaskBatch tasks, int trajectoriesPerTask, SimulatorOptions options = default) =>
        createSimulator(tasks, trajectoriesPerTask, options);

    /// <summary>
    /// Undiscounted return of optimal control on one task, on average over random starts; NaN where no closed form is known.
    /// </summary>
    public double OptimalReturn(TaskBatch tasks, int task)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (OptimalControl is null) return double.NaN;
        int samples = Spec.ResetDraws == 0 ? 1 : StartSamples;
        double total = 0;
        for (int sample = 0; sample < samples; sample++) total += OptimalControl(tasks.Row(task), Start(tasks.Row(task), sample));
        return total / samples;
    }

    /// <summary>The average of <see cref="OptimalReturn"/> over some tasks.</summary>
    public double MeanOptimalReturn(TaskBatch tasks)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        return Enumerable.Range(0, tasks.Count).Average(task => OptimalReturn(tasks, task));
    }

    /// <summary>
    /// Undiscounted return to measure others against on one task, on average over random starts: of optimal control
    /// where that is known, else the best that a planner finds, which takes it a moment and is kept.
    /// </summary>
    public ReferenceReturn ReferenceReturn(TaskBatch tasks, int task)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (OptimalControl is not null) return new(OptimalReturn(tasks, task), ReturnKind.Optimal);
        double[] row = [.. tasks.Row(task)];
        return new(plannedReturns.GetOrAdd(Key(row), _ => PlannedReturn(row)), ReturnKind.BestKnown);
    }

    /// <summary>The <see cref="ReferenceReturn(TaskBatch, int)"/> of every task.</summary>
    /// <param name="threads">That plan at once; the result does not depend on their number</param>
    /// <param name="found">Called with each task and its return, one at a time, in the order in which they are found</param>
    public IReadOnlyList<ReferenceReturn> ReferenceReturns(TaskBatch tasks, int threads, Action<int, ReferenceReturn>? found = null)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var returns = new ReferenceReturn[tasks.Count];
        Parallel.For(0, tasks.Count, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
        {
            returns[task] = ReferenceReturn(tasks, task);
            if (found is null) return;
            lock (returns) found(task, returns[task]);
        });
        return returns;
    }

    /// <summary>
    /// Keeps a return that was reached on a task, so that no planner is asked about that task and its
    /// <see cref="ReferenceReturn(TaskBatch, int)"/> is never below. Without effect where the optimum is known.
    /// </summary>
    public void Remember(TaskBatch tasks, int task, double reached)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        if (double.IsFinite(reached)) plannedReturns.AddOrUpdate(Key(tasks.Row(task)), reached, (_, known) => Math.Max(known, reached));
    }

    private static string Key(ReadOnlySpan<double> task) => string.Join(',', task.ToArray().Select(BitConverter.DoubleToInt64Bits));

    private double PlannedReturn(double[] task)
    {
        int samples = Spec.ResetDraws == 0 ? 1 : PlannedStarts;
        var planner = new ShootingPlanner(this);
        double total = 0;
        for (int sample = 0; sample < samples; sample++)
        {
            total += planner.BestReturn(task, Start(task, sample));
        }
        return total / samples;
    }

    /// <summary>One of the starting states that reference returns are taken at, [state].</summary>
    public double[] Start(ReadOnlySpan<double> task, int sample)
    {
        RandomStream stream = RandomStream.FromSeed(0).Stream("reference start");
        var row = new Scalar[task.Length];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        var uniforms = new Scalar[Spec.ResetDraws];
        for (int i = 0; i < uniforms.Length; i++) uniforms[i] = new(stream.Uniform((long)sample * uniforms.Length + i));
        var state = new Scalar[Spec.State.Count];
        Environment.Reset<Scalar>(row, uniforms, state);
        return [.. state.Select(coordinate => coordinate.Value)];
    }
}

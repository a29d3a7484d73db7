using System.Collections.Concurrent;

namespace MamlRobotics.Envs;

/// <summary>Undiscounted return of optimal control, in closed form.</summary>
/// <param name="task">[task columns]</param>
/// <param name="start">[state]</param>
public delegate double OptimalControlReturn(ReadOnlySpan<double> task, ReadOnlySpan<double> start);

/// <summary>Chooses an action, [action], with full knowledge of the task.</summary>
/// <param name="task">[task columns]</param>
/// <param name="state">[state]</param>
public delegate double[] TaskController(double[] task, double[] state);

/// <summary>A named family of tasks: an environment, the distribution of its tasks, and what is known of its optimum.</summary>
public sealed record TaskFamily
{
    // Every caller averages returns over the same random starting states, so that the averages can be compared.
    private const int StartSamples = 64;

    private readonly Func<TaskBatch, int, SimulatorOptions, BatchSimulator> createSimulator;

    private TaskFamily(
        string name, IEnvironment environment, ITaskDistribution tasks,
        Func<TaskBatch, int, SimulatorOptions, BatchSimulator> createSimulator)
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

    public string Name { get; }

    public EnvironmentSpec Spec { get; }

    /// <summary>The dynamics, for any number type; a simulator is the fast way to many steps.</summary>
    public IEnvironment Environment { get; }

    /// <summary>The distribution that training draws tasks from.</summary>
    public ITaskDistribution Tasks { get; }

    /// <summary>What the family is, and where it differs from its source.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The program or paper that defines the family.</summary>
    public string Source { get; init; } = "";

    /// <summary>
    /// The tasks that results are reported on. Unless the family names them, they are the whole list where tasks come from a list,
    /// and 40 draws that training does not make where the distribution is continuous.
    /// </summary>
    public TaskBatch TestTasks { get; init; }

    /// <summary>Whether it is certain that training draws no test task.</summary>
    public bool TestTasksAreHeldOut => !Tasks.DrawsRepeat || (Tasks is ListedTasks list && list.Tasks.IsApartFrom(TestTasks));

    /// <summary>What a policy's action of 1 is, in the units of the action: its upper limit, unless the family says otherwise.</summary>
    public double ActionUnit { get; init; }

    /// <summary>Null where no closed form is known.</summary>
    public OptimalControlReturn? OptimalControl { get; init; }

    /// <summary>Controllers that know the task. A best known return is at least that of the best of them.</summary>
    public IReadOnlyList<TaskController> Controllers { get; init; } = [];

    /// <summary>The best return known so far, by task. Planners and policies add to it.</summary>
    internal ConcurrentDictionary<string, double> KnownReturns { get; } = new();

    /// <param name="environment">A struct, so that the simulator is compiled for it.</param>
    public static TaskFamily Of<TEnvironment>(string name, TEnvironment environment, ITaskDistribution tasks)
        where TEnvironment : struct, IEnvironment =>
        new(name, environment, tasks, (batch, count, options) => LaneWidth.Bits switch
        {
            512 => new LaneSimulator<TEnvironment, Lanes512>(environment, batch, count, options),
            256 => new LaneSimulator<TEnvironment, Lanes256>(environment, batch, count, options),
            _ => new LaneSimulator<TEnvironment, Lanes128>(environment, batch, count, options),
        });

    /// <summary>The same tasks and dynamics, where a policy also observes the first columns of its task.</summary>
    public TaskFamily WithTaskObserved(int columns) => Of(Name, new TaskObserved(Environment, columns), Tasks);

    /// <summary>Creates a CPU simulator of some tasks with B trajectories each.</summary>
    public BatchSimulator CreateSimulator(TaskBatch tasks, int trajectoriesPerTask, SimulatorOptions options = default) =>
        createSimulator(tasks, trajectoriesPerTask, options);

    /// <summary>
    /// The undiscounted return of optimal control on one task, averaged over random starts; NaN where no closed form is known.
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

    /// <summary>One of the starting states, [state], that optimal and best known returns are averaged over.</summary>
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

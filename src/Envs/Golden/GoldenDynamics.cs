using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>A number that the present code computes differently from a recording.</summary>
/// <param name="Task">Index of the recorded task.</param>
/// <param name="Step">Index of the step within the task's recording.</param>
/// <param name="Coordinate">What differs: a state coordinate, "reward" or "terminated".</param>
public sealed record Deviation(int Task, int Step, string Coordinate, double Recorded, double Now)
{
    public double Size => Math.Abs(Now - Recorded);
}

/// <summary>
/// Recorded steps of a family in double precision, with its parameters and integrator. They show when a change of the code changes the
/// dynamics. Axes: N task, T step.
/// </summary>
/// <param name="Family">Name of the family.</param>
/// <param name="Settings">The settings that were the same for all tasks, by name</param>
/// <param name="Tasks">N tasks, exact in single precision, so that every number type computes with the same tasks</param>
/// <param name="States">[N * T][state], before the step</param>
/// <param name="Actions">[N * T][action], exact in single precision</param>
/// <param name="Next">[N * T][state], after the step</param>
/// <param name="Rewards">[N * T]</param>
/// <param name="Terminated">[N * T]</param>
public sealed record GoldenDynamics(
    string Family, IReadOnlyDictionary<string, string> Settings, TaskBatch Tasks,
    double[][] States, double[][] Actions, double[][] Next, double[] Rewards, bool[] Terminated)
{
    private static RandomStream Seed => RandomStream.FromSeed(2026);

    private int StepsPerTask => States.Length / Tasks.Count;

    /// <summary>Plays episodes with random actions, one after the other.</summary>
    public static GoldenDynamics Record(TaskFamily family, int tasks, int steps)
    {
        ArgumentNullException.ThrowIfNull(family);
        TaskBatch rounded = InSinglePrecision(family.Tasks.Sample(Seed.Stream("tasks"), tasks));
        var walk = new ScalarSubject(family, rounded, 1, autoReset: true);
        walk.Reset(Seed);
        (var states, var actions) = (new double[tasks * steps][], new double[tasks * steps][]);
        for (int t = 0; t < steps; t++)
        {
            double[][] chosen = ContractActions.Draw(family.Spec, Seed, tasks, t, scale: 1);
            for (int task = 0; task < tasks; task++)
                (states[task * steps + t], actions[task * steps + t]) = (walk.States[task], chosen[task]);
            walk.Step(chosen);
        }
        IContractSubject after = Step(
            family, rounded, states, actions, (of, batch, count, autoReset) => new ScalarSubject(of, batch, count, autoReset));
        return new GoldenDynamics(family.Name, SettingsOf(family), rounded, states, actions, after.States, after.Rewards, after.Terminated);
    }

    /// <summary>Repeats every recorded step from its recorded state, and returns the first number that differs, or null.</summary>
    /// <param name="tolerance">Largest difference, relative to one plus the size of the number.</param>
    /// <exception cref="InputException">There is no such family any more, or its columns have changed.</exception>
    public Deviation? FirstDeviation(SubjectFactory create, double tolerance)
    {
        TaskFamily family = KnownFamily();
        IContractSubject now = Step(family, Tasks, States, Actions, create);
        (double[][] next, double[] rewards, bool[] terminated) = (now.States, now.Rewards, now.Terminated);
        for (int row = 0; row < States.Length; row++)
        {
            (int task, int step) = (row / StepsPerTask, row % StepsPerTask);
            for (int i = 0; i < next[row].Length; i++)
                if (Differs(Next[row][i], next[row][i])) return new(task, step, family.Spec.State[i].Name, Next[row][i], next[row][i]);
            if (Differs(Rewards[row], rewards[row])) return new(task, step, "reward", Rewards[row], rewards[row]);
            if (Terminated[row] != terminated[row]) return new(task, step, "terminated", Terminated[row] ? 1 : 0, terminated[row] ? 1 : 0);
        }
        return null;

        bool Differs(double recorded, double present) => !(Math.Abs(present - recorded) <= tolerance * (1 + Math.Abs(recorded)));
    }

    /// <summary>The settings that differ from the recorded ones, as lines of text.</summary>
    public IEnumerable<string> ChangedSettings()
    {
        IReadOnlyDictionary<string, string> present = SettingsOf(KnownFamily());
        foreach (string name in Settings.Keys.Union(present.Keys))
        {
            string recorded = Settings.GetValueOrDefault(name, "nothing"), now = present.GetValueOrDefault(name, "nothing");
            if (recorded != now) yield return $"{name} was {recorded} and is {now}";
        }
    }

    private static IContractSubject Step(TaskFamily family, TaskBatch tasks, double[][] states, double[][] actions, SubjectFactory create)
    {
        IContractSubject subject = create(family, tasks, states.Length / tasks.Count, autoReset: false);
        subject.Reset(Seed);
        subject.SetStates(states);
        subject.Step(actions);
        return subject;
    }

    private static Dictionary<string, string> SettingsOf(TaskFamily family)
    {
        var settings = family.Spec.Settings.ToDictionary(setting => setting.Name, setting => $"{setting.Value} {setting.Unit}".Trim());
        settings["horizon"] = string.Create(CultureInfo.InvariantCulture, $"{family.Spec.Horizon}");
        foreach (Coordinate coordinate in family.Spec.Action) settings[$"action {coordinate.Name}"] = Bounds(coordinate);
        foreach (Coordinate coordinate in family.Spec.State) settings[$"state {coordinate.Name}"] = Bounds(coordinate);
        return settings;
    }

    private static string Bounds(Coordinate coordinate) =>
        string.Create(CultureInfo.InvariantCulture, $"{coordinate.Low:R} to {coordinate.High:R} {coordinate.Unit}");

    private static TaskBatch InSinglePrecision(TaskBatch tasks)
    {
        IEnumerable<double> values = Enumerable.Range(0, tasks.Count).SelectMany(task => tasks.Row(task).ToArray());
        return new TaskBatch(tasks.Columns, [.. values.Select(value => (double)(float)value)]);
    }

    private TaskFamily KnownFamily()
    {
        TaskFamily family = TaskFamilies.Named(Family);
        bool fits = Tasks.Columns.SequenceEqual(family.Spec.Task.Select(column => column.Name))
            && States[0].Length == family.Spec.State.Count && Actions[0].Length == family.Spec.Action.Count;
        return fits ? family : throw new InputException($"The columns of {Family} have changed since it was recorded.");
    }
}

using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// A family in which the user may also change what is the same in all its tasks. Wind, payload, lengths and friction become
/// additional task columns, which have the family's value in every test task.
/// </summary>
public static class VariedFamily
{
    private static readonly PointParameter[] OfPoints =
        [PointParameter.WindX, PointParameter.WindY, PointParameter.Gain, PointParameter.Rotation];

    private static readonly PointParameter[] OfPushedPoints = [PointParameter.Mass, PointParameter.Damping];

    private static readonly ArmParameter[] OfArms =
    [
        ArmParameter.Length1, ArmParameter.Length2, ArmParameter.Payload, ArmParameter.Gravity,
        ArmParameter.Damping1, ArmParameter.Damping2, ArmParameter.Coulomb1, ArmParameter.Coulomb2,
    ];

    /// <summary>The family with the additional columns. A family of an environment that the project does not know stays the same.</summary>
    public static TaskFamily Of(TaskFamily family)
    {
        ArgumentNullException.ThrowIfNull(family);
        return family.Environment switch
        {
            PointRobot point => Widen(family, [.. Extras(family, point.Design)], columns => new PointRobot(point.Design, columns)),
            TwoLinkArm arm => Widen(family, [.. Extras(family, arm.Design)], columns => new TwoLinkArm(arm.Design, columns)),
            _ => family,
        };
    }

    /// <summary>The return of optimal control where a closed form gives it; NaN elsewhere.</summary>
    public static ReferenceReturn KnownReturn(TaskFamily family, TaskBatch task)
    {
        ArgumentNullException.ThrowIfNull(family);
        double optimal = family.OptimalReturn(task, 0);
        return new(optimal, double.IsNaN(optimal) ? ReturnKind.BestKnown : ReturnKind.Optimal);
    }

    /// <summary>The known return, or otherwise the return that a planner finds.</summary>
    public static ReferenceReturn FoundReturn(TaskFamily family, TaskBatch task)
    {
        ReferenceReturn known = KnownReturn(family, task);
        return known.Kind == ReturnKind.Optimal ? known : (family with { OptimalControl = null }).ReferenceReturn(task, 0);
    }

    private static TaskFamily Widen<T>(
        TaskFamily family, (Coordinate Column, double Value)[] extras, Func<IReadOnlyList<Coordinate>, T> make)
        where T : struct, IEnvironment
    {
        double[] usual = [.. extras.Select(extra => extra.Value)];
        T environment = make([.. family.Spec.Task, .. extras.Select(extra => extra.Column)]);
        Coordinate[] constants = [.. extras.Select(extra => extra.Column with { Low = extra.Value, High = extra.Value })];
        ITaskDistribution tasks = new JointTasks(family.Tasks, TaskDistributions.Uniform(constants));
        double[] TestTask(int number) => [.. family.TestTasks.Row(number), .. usual];
        return TaskFamily.Of(family.Name, environment, tasks) with
        {
            Source = family.Source,
            Summary = family.Summary,
            TestTasks = new TaskBatch(tasks.Columns, [.. Enumerable.Range(0, family.TestTasks.Count).SelectMany(TestTask)]),
            OptimalControl = OptimalControlOf(family, usual),
            Controllers = family.Controllers,
        };
    }

    /// <summary>The family's own optimum, which is known only where the additional columns have the family's values.</summary>
    private static OptimalControlReturn? OptimalControlOf(TaskFamily family, double[] usual)
    {
        if (family.OptimalControl is not { } optimum) return null;
        int ownColumns = family.Spec.Task.Count;
        return (task, start) => task[ownColumns..].SequenceEqual(usual) ? optimum(task[..ownColumns], start) : double.NaN;
    }

    private static IEnumerable<(Coordinate Column, double Value)> Extras(TaskFamily family, PointRobotDesign design)
    {
        bool isPushed = design.Control == PointControl.Force;
        return (isPushed ? [.. OfPoints, .. OfPushedPoints] : OfPoints).Select(parameter =>
        {
            Parameter known = PointRobot.Parameters[(int)parameter];
            // Wind is a velocity for a robot that is moved by velocities.
            if (parameter is PointParameter.WindX or PointParameter.WindY) known = known with { Unit = isPushed ? "N" : "m/s" };
            return Extra(family, known, design.Parameters.GetValueOrDefault(parameter, known.Value));
        }).OfType<(Coordinate, double)>();
    }

    private static IEnumerable<(Coordinate Column, double Value)> Extras(TaskFamily family, ArmDesign design) => OfArms.Select(parameter =>
    {
        Parameter known = TwoLinkArm.Parameters[(int)parameter];
        return Extra(family, known, design.Parameters.GetValueOrDefault(parameter, known.Value));
    }).OfType<(Coordinate, double)>();

    /// <summary>An additional column and its value in the family; null where the tasks have the column already.</summary>
    private static (Coordinate Column, double Value)? Extra(TaskFamily family, Parameter known, double value)
    {
        if (family.Spec.Task.Any(column => column.Name == known.Name)) return null;
        (double low, double high) = Range(known.Name, value, family.Spec.Action);
        return (new Coordinate(known.Name, known.Unit, low, high), value);
    }

    /// <summary>The range of a slider: around the robot's own value or, where that is zero, as much as its motors can resist.</summary>
    private static (double Low, double High) Range(string name, double value, IReadOnlyList<Coordinate> actions)
    {
        const double Earth = 9.81;
        double strength = actions.Max(action => double.IsFinite(action.High) ? action.High : 1);
        return name switch
        {
            "rotation" => (-Math.PI, Math.PI),
            "wind_x" or "wind_y" => (-0.5 * strength, 0.5 * strength),
            _ when value > 0 => (value / 4, value * (name.StartsWith("damping", StringComparison.Ordinal) ? 8 : 2)),
            "gravity" => (0, 2 * Earth),
            _ => (0, 1),
        };
    }
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>What there is to see of one task besides the robot's motion. Lengths in m.</summary>
/// <param name="Goal">Null where the family has none</param>
/// <param name="GoalRadius">Of the disc around the goal that <paramref name="GoalMeaning"/> tells of; zero where there is none</param>
/// <param name="Links">Lengths of an arm's links; empty for a point</param>
/// <param name="ZeroIsDown">An arm hangs down where its angles are zero</param>
/// <param name="Wind">m/s or N</param>
/// <param name="Gaps">Angles of the gaps in the ring walls, from the innermost; empty where there are no walls</param>
/// <param name="RelocatesAtGoal">A step that begins within the goal's radius ends at a newly drawn start</param>
/// <param name="GoalMeaning">What happens within the goal's radius</param>
/// <param name="Payload">Mass at an arm's tip, kg</param>
/// <param name="Gravity">Downwards, m/s²</param>
/// <param name="Bound">Neither coordinate of a point gets further from zero; zero where there is no bound</param>
/// <param name="Height">What an arm's tip has to rise above; null where nothing says so</param>
/// <param name="Plane">The first two state coordinates, of a robot that is neither a point nor an arm; null for those</param>
public sealed record World(
    Vector2? Goal, float GoalRadius, IReadOnlyList<float> Links, bool ZeroIsDown, Vector2 Wind, IReadOnlyList<float> Gaps, bool RelocatesAtGoal = false,
    string GoalMeaning = "", float Payload = 0, float Gravity = 0, float Bound = 0, float? Height = null, StatePlane? Plane = null)
{
    private const string Rewards = "reward within", Ends = "ends within";

    public bool IsArm => Links.Count == 2;

    public float Reach => Links.Sum();

    /// <summary>Whether the robot cannot get to the goal, wherever it starts.</summary>
    public bool GoalIsOutOfReach
    {
        get
        {
            if (Goal is not { } goal) return false;
            if (Bound > 0 && Math.Max(Math.Abs(goal.X), Math.Abs(goal.Y)) > Bound) return true;
            return IsArm && (goal.Length() > Reach || goal.Length() < Math.Abs(Links[0] - Links[1]));
        }
    }

    public static World Of(TaskFamily family, ReadOnlySpan<double> task)
    {
        double[] row = task.ToArray();
        float Get(string name) => (float)(Parameter(family.Spec, row, name) ?? 0);
        Vector2? goal = Parameter(family.Spec, row, "goal_x") is null || Parameter(family.Spec, row, "goal_y") is null
            ? null : new Vector2(Get("goal_x"), Get("goal_y"));
        if (family.Environment is TwoLinkArm arm)
        {
            ArmDesign build = arm.Design;
            bool isLifted = build.Reward == ArmReward.StepsToHeight;
            float[] links = [Get("length_1"), Get("length_2")];
            return new World(isLifted ? null : goal, (float)build.RewardRadius, links, build.ZeroIsDown, Vector2.Zero, [])
            {
                GoalMeaning = build.RewardRadius > 0 ? Rewards : "",
                Payload = Get("payload"),
                Gravity = Get("gravity"),
                Height = isLifted ? (float)build.TerminalHeight : null,
            };
        }
        if (family.Environment is not PointRobot point)
            return new World(goal, 0, [], false, Vector2.Zero, [], Plane: StatePlane.Of(family.Spec));
        PointRobotDesign design = point.Design;
        (float radius, string meaning) = Disc(design);
        return new World(
            goal, radius, [], false, new Vector2(Get("wind_x"), Get("wind_y")), design.Walls ? [Get("gap_1"), Get("gap_2")] : [],
            family.Spec.Relocates)
        {
            GoalMeaning = meaning,
            Bound = double.IsFinite(design.PositionBound) ? (float)design.PositionBound : 0,
        };
    }

    /// <summary>With a state plane that is as wide as it is high where the episodes are. Any other world stays as it is.</summary>
    public World Scaled(IEnumerable<Trajectory> episodes)
    {
        if (Plane is null) return this;
        StatePlane scaled = Plane.Scaled(episodes);
        return this with { Plane = scaled, Goal = Goal * scaled.Scale / Plane.Scale };
    }

    /// <summary>The coordinates that are printed for a point of the world.</summary>
    public Vector2 Coordinates(Vector2 point) => Plane is null ? point : point / Plane.Scale;

    /// <summary>Whether the robot did not move from one point to the next, but was put there, or its angle began anew.</summary>
    public bool Jumps(Vector2 from, Vector2 to) =>
        RelocatesAtGoal && Goal is { } goal && Vector2.Distance(from, goal) < GoalRadius || Plane?.Wraps(from, to) == true;

    /// <summary>Whether the robot may jump at all.</summary>
    public bool CanJump => RelocatesAtGoal || Plane is not null;

    /// <summary>The joint between an arm's links.</summary>
    public Vector2 Elbow(ReadOnlySpan<float> state) => Links[0] * Along(state[0]);

    /// <summary>Where the robot is: the point itself, the arm's tip, or the place in the state plane.</summary>
    public Vector2 Tip(ReadOnlySpan<float> state) =>
        IsArm ? Elbow(state) + Links[1] * Along(state[0] + state[1]) : new Vector2(state[0], state[1]) * (Plane?.Scale ?? Vector2.One);

    private Vector2 Along(float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        return ZeroIsDown ? new Vector2(sin, -cos) : new Vector2(cos, sin);
    }

    /// <summary>The disc around the goal that a point robot's reward or its episode's end depends on.</summary>
    private static (float Radius, string Meaning) Disc(PointRobotDesign design) => design.Reward switch
    {
        PointReward.SparseCloseness or PointReward.SparseSuccess or PointReward.Cone or PointReward.Progress or PointReward.Tolerance =>
            ((float)design.RewardRadius, Rewards),
        _ => design.Termination == PointTermination.Never ? (0, "") : ((float)design.TerminationRadius, Ends),
    };

    /// <summary>A number of the robot, from the task where it has the column, else from the family's settings; null where neither has it.</summary>
    private static double? Parameter(EnvironmentSpec spec, double[] task, string name)
    {
        if (spec.Task.IndexOf(name) is >= 0 and int column) return task[column];
        Setting? setting = spec.Settings.FirstOrDefault(setting => setting.Name == name);
        return setting is null ? null : double.Parse(setting.Value, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Everything of one task that is drawn besides the robot's motion. Lengths are in m.</summary>
/// <param name="Goal">Null where the family has no goals</param>
/// <param name="GoalRadius">Radius of the disc around the goal that has <paramref name="GoalMeaning"/>; zero where there is none</param>
/// <param name="Links">Lengths of an arm's links; empty for other robots</param>
/// <param name="ZeroIsDown">Whether an arm hangs down when its angles are zero</param>
/// <param name="Wind">In m/s, or in N for a robot that is moved by forces</param>
/// <param name="Gaps">Angles of the gaps in the ring walls, from the innermost; empty where there are no walls</param>
/// <param name="RelocatesAtGoal">Whether a step that begins within the goal's radius ends at a newly drawn start</param>
/// <param name="GoalMeaning">Says what happens within the goal's radius</param>
/// <param name="Payload">Mass at an arm's tip, kg</param>
/// <param name="Gravity">Downwards, m/s²</param>
/// <param name="Bound">The largest absolute value of a point's coordinates; zero where there is no bound</param>
/// <param name="Height">The height above which an arm's tip has to rise; null where the task is another</param>
/// <param name="Plane">The plane in which a robot is shown that is neither a point nor an arm; null for points and arms</param>
public sealed record World(
    Vector2? Goal, float GoalRadius, IReadOnlyList<float> Links, bool ZeroIsDown, Vector2 Wind, IReadOnlyList<float> Gaps,
    bool RelocatesAtGoal = false,
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
        double? Find(string name) => Parameter(family.Spec, row, name);
        float Get(string name) => (float)(Find(name) ?? 0);
        Vector2? goal = Find("goal_x") is { } x && Find("goal_y") is { } y ? new Vector2((float)x, (float)y) : null;
        return family.Environment switch
        {
            TwoLinkArm arm => OfArm(arm.Design, goal, Get),
            PointRobot point => OfPoint(point.Design, goal, Get, family.Spec.Relocates),
            _ => new World(goal, 0, [], false, Vector2.Zero, [], Plane: StatePlane.Of(family.Spec)),
        };
    }

    private static World OfArm(ArmDesign design, Vector2? goal, Func<string, float> get)
    {
        bool isLifted = design.Reward == ArmReward.StepsToHeight;
        float[] links = [get("length_1"), get("length_2")];
        return new World(isLifted ? null : goal, (float)design.RewardRadius, links, design.ZeroIsDown, Vector2.Zero, [])
        {
            GoalMeaning = design.RewardRadius > 0 ? Rewards : "",
            Payload = get("payload"),
            Gravity = get("gravity"),
            Height = isLifted ? (float)design.TerminalHeight : null,
        };
    }

    private static World OfPoint(PointRobotDesign design, Vector2? goal, Func<string, float> get, bool relocates)
    {
        (float radius, string meaning) = Disc(design);
        var wind = new Vector2(get("wind_x"), get("wind_y"));
        float[] gaps = design.Walls ? [get("gap_1"), get("gap_2")] : [];
        return new World(goal, radius, [], false, wind, gaps, relocates)
        {
            GoalMeaning = meaning,
            Bound = double.IsFinite(design.PositionBound) ? (float)design.PositionBound : 0,
        };
    }

    /// <summary>The world with its state plane scaled to the part of it that the episodes reach. Other worlds stay the same.</summary>
    public World Scaled(IEnumerable<Trajectory> episodes)
    {
        if (Plane is null) return this;
        StatePlane scaled = Plane.Scaled(episodes);
        return this with { Plane = scaled, Goal = Goal * scaled.Scale / Plane.Scale };
    }

    /// <summary>The coordinates that are printed for a point of the world.</summary>
    public Vector2 Coordinates(Vector2 point) => Plane is null ? point : point / Plane.Scale;

    /// <summary>Whether the robot did not go from one point to the next, but was put there, or its angle wrapped round.</summary>
    public bool Jumps(Vector2 from, Vector2 to) =>
        RelocatesAtGoal && Goal is { } goal && Vector2.Distance(from, goal) < GoalRadius || Plane?.Wraps(from, to) == true;

    /// <summary>Whether the robot may jump at all.</summary>
    public bool CanJump => RelocatesAtGoal || Plane is not null;

    /// <summary>The joint between an arm's links.</summary>
    public Vector2 Elbow(ReadOnlySpan<float> state) => Links[0] * Along(state[0]);

    /// <summary>Where the robot is: the point itself, the arm's tip, or the place in the state plane.</summary>
    public Vector2 Tip(ReadOnlySpan<float> state) =>
        IsArm ? Elbow(state) + Links[1] * Along(state[0] + state[1]) : new Vector2(state[0], state[1]) * (Plane?.Scale ?? Vector2.One);

    /// <summary>[steps + 1], where the robot is after each step of an episode.</summary>
    internal Vector2[] Tips(Trajectory episode) => [.. Enumerable.Range(0, episode.Steps + 1).Select(step => Tip(episode.State(step)))];

    private Vector2 Along(float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        return ZeroIsDown ? new Vector2(sin, -cos) : new Vector2(cos, sin);
    }

    /// <summary>The disc around the goal on which a point robot's reward or the end of its episode depends.</summary>
    private static (float Radius, string Meaning) Disc(PointRobotDesign design) => design.Reward switch
    {
        PointReward.SparseCloseness or PointReward.SparseSuccess or PointReward.Cone or PointReward.Progress or PointReward.Tolerance =>
            ((float)design.RewardRadius, Rewards),
        _ => design.Termination == PointTermination.Never ? (0, "") : ((float)design.TerminationRadius, Ends),
    };

    /// <summary>A number of the robot: the task's where it has such a column, else the family's setting, else null.</summary>
    private static double? Parameter(EnvironmentSpec spec, double[] task, string name)
    {
        if (spec.Task.IndexOf(name) is >= 0 and int column) return task[column];
        Setting? setting = spec.Settings.FirstOrDefault(setting => setting.Name == name);
        return setting is null ? null : double.Parse(setting.Value, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>What there is to see of one task besides the robot's motion. Lengths in m.</summary>
/// <param name="Goal">Null where the family has none</param>
/// <param name="GoalRadius">Within which the goal counts as reached; zero where nothing says so</param>
/// <param name="Links">Lengths of an arm's links; empty for a point</param>
/// <param name="ZeroIsDown">An arm hangs down where its angles are zero</param>
/// <param name="Wind">m/s or N</param>
/// <param name="Gaps">Angles of the gaps in the ring walls, from the innermost; empty where there are no walls</param>
/// <param name="RelocatesAtGoal">A step that begins within the goal's radius ends at a newly drawn start</param>
public sealed record World(
    Vector2? Goal, float GoalRadius, IReadOnlyList<float> Links, bool ZeroIsDown, Vector2 Wind, IReadOnlyList<float> Gaps, bool RelocatesAtGoal = false)
{
    public bool IsArm => Links.Count == 2;

    public float Reach => Links.Sum();

    public static World Of(TaskFamily family, ReadOnlySpan<double> task)
    {
        double[] row = task.ToArray();
        float Get(string name) => (float)Parameter(family.Spec, row, name);
        if (family.Environment is TwoLinkArm arm)
        {
            bool hasGoal = arm.Design.Reward != ArmReward.StepsToHeight;
            return new World(
                hasGoal ? new Vector2(Get("goal_x"), Get("goal_y")) : null, (float)arm.Design.RewardRadius, [Get("length_1"), Get("length_2")],
                arm.Design.ZeroIsDown, Vector2.Zero, []);
        }
        PointRobotDesign? design = (family.Environment as PointRobot?)?.Design;
        float radius = design is null ? 0 : (float)Math.Max(design.RewardRadius, design.TerminationRadius);
        return new World(
            new Vector2(Get("goal_x"), Get("goal_y")), radius, [], false, new Vector2(Get("wind_x"), Get("wind_y")),
            design?.Walls == true ? [Get("gap_1"), Get("gap_2")] : [], family.Spec.Relocates);
    }

    /// <summary>Whether the environment moves a robot whose step begins here to a new start.</summary>
    public bool Relocates(Vector2 from) => RelocatesAtGoal && Goal is { } goal && Vector2.Distance(from, goal) < GoalRadius;

    /// <summary>The joint between an arm's links.</summary>
    public Vector2 Elbow(ReadOnlySpan<float> state) => Links[0] * Along(state[0]);

    /// <summary>Where the robot is: the point itself, or the arm's tip.</summary>
    public Vector2 Tip(ReadOnlySpan<float> state) =>
        IsArm ? Elbow(state) + Links[1] * Along(state[0] + state[1]) : new Vector2(state[0], state[1]);

    private Vector2 Along(float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        return ZeroIsDown ? new Vector2(sin, -cos) : new Vector2(cos, sin);
    }

    /// <summary>A number of the robot, from the task where it has a column for it, else from the family's settings.</summary>
    private static double Parameter(EnvironmentSpec spec, double[] task, string name)
    {
        if (spec.Task.IndexOf(name) is >= 0 and int column) return task[column];
        Setting? setting = spec.Settings.FirstOrDefault(setting => setting.Name == name);
        return setting is null ? 0 : double.Parse(setting.Value, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>The specification that follows from an arm's design.</summary>
internal static class ArmSpec
{
    public static EnvironmentSpec Of(ArmDesign design, RobotParameters parameters, IReadOnlyList<Coordinate> taskColumns)
    {
        bool isRandom = design.StartSpread != (0, 0) || design.StartSpeed > 0;
        Coordinate torque1 = new("control_1", "of gear_1", -1, 1), torque2 = new("control_2", "of gear_2", -1, 1);
        (Coordinate v1, Coordinate v2) = (
            Within("velocity_1", "rad/s", design.VelocityLimits.First), Within("velocity_2", "rad/s", design.VelocityLimits.Second));
        Coordinate[] angles =
        [
            Within("angle_1", "rad", design.WrapsAngles ? Math.PI : design.JointLimits.First),
            Within("angle_2", "rad", design.WrapsAngles ? Math.PI : design.JointLimits.Second),
        ];
        return new EnvironmentSpec(
            State: [.. angles, v1, v2],
            Observation: [.. design.Observes.SelectMany(group => Observed(group, [.. angles, v1, v2], taskColumns))],
            Action: design.Actuated switch { ArmActuation.Both => [torque1, torque2], ArmActuation.First => [torque1], _ => [torque2] },
            Task: taskColumns,
            Horizon: design.Horizon,
            ResetDraws: isRandom ? 4 : 0)
        {
            Settings = [.. Settings(design), .. parameters.Settings],
        };
    }

    private static Coordinate[] Observed(ArmObservation group, Coordinate[] state, IReadOnlyList<Coordinate> taskColumns) => group switch
    {
        ArmObservation.Cosines => [Within("cos_1", "1", 1), Within("cos_2", "1", 1)],
        ArmObservation.Sines => [Within("sin_1", "1", 1), Within("sin_2", "1", 1)],
        ArmObservation.Direction1 => [Within("cos_1", "1", 1), Within("sin_1", "1", 1)],
        ArmObservation.Direction2 => [Within("cos_2", "1", 1), Within("sin_2", "1", 1)],
        ArmObservation.Angles => state[..2],
        ArmObservation.Velocities => state[2..],
        ArmObservation.Tip => [new("tip_x", "m"), new("tip_y", "m")],
        ArmObservation.Goal => [.. taskColumns.Where(column => column.Name is "goal_x" or "goal_y")],
        ArmObservation.TipFromGoal => [new("tip_from_goal_x", "m"), new("tip_from_goal_y", "m")],
        _ => [new("goal_from_tip_x", "m"), new("goal_from_tip_y", "m")],
    };

    private static Coordinate Within(string name, string unit, double bound) => new(name, unit, -bound, bound);

    private static IEnumerable<Setting> Settings(ArmDesign design)
    {
        yield return new("integrator", design.Integrator.ToString());
        yield return new("time step", Text(design.TimeStep), "s");
        yield return new("sub-steps", Text(design.SubSteps));
        yield return new("actuated joints", design.Actuated switch { ArmActuation.Both => "1, 2", ArmActuation.First => "1", _ => "2" });
        string angles = design.AbsoluteAngles ? "of each link to the ground" : "of each joint";
        yield return new("angles", angles + (design.ZeroIsDown ? ", zero hanging down" : ", zero along x"));
        yield return new("start", $"{Text(design.StartAngles)} +- {Text(design.StartSpread)}", "rad");
        yield return new("start velocity", $"+- {Text(design.StartSpeed)}", "rad/s");
        yield return new("reward", design.Reward.ToString());
        if (design.RewardRadius > 0) yield return new("reward radius", Text(design.RewardRadius), "m");
        yield return new("control weight", Text(design.ControlWeight));
        if (double.IsFinite(design.TerminalHeight)) yield return new("terminal height", Text(design.TerminalHeight), "m");
        yield return new("coulomb width", Text(design.CoulombWidth), "rad/s");
    }

    private static string Text((double First, double Second) pair) => $"({Text(pair.First)}, {Text(pair.Second)})";

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

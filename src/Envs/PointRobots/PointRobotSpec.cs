using System.Globalization;

namespace MamlRobotics.Envs;

/// <summary>The specification that follows from a point robot's design.</summary>
internal static class PointRobotSpec
{
    public static EnvironmentSpec Of(PointRobotDesign design, RobotParameters parameters, IReadOnlyList<Coordinate> taskColumns)
    {
        bool isForce = design.Control == PointControl.Force;
        Coordinate[] position = Pair("", "m", design.PositionBound);
        Coordinate[] velocity = Pair("v", "m/s", double.PositiveInfinity);
        Coordinate[] noise = design.Observes.Contains(PointObservation.EpisodeNoise) ? [Noise(1), Noise(2)] : [];
        int draws = StartDraws(design) + noise.Length;
        return new EnvironmentSpec(
            State: [.. position, .. isForce ? velocity : [], .. noise],
            Observation: [.. design.Observes.SelectMany(group => group switch
            {
                PointObservation.Position => position,
                PointObservation.Velocity => velocity,
                PointObservation.EpisodeNoise => noise,
                _ => Goal(taskColumns),
            })],
            Action: Pair(isForce ? "force_" : "velocity_", isForce ? "N" : "m/s", design.ActionLimit),
            Task: taskColumns,
            Horizon: design.Horizon,
            ResetDraws: draws)
        {
            Relocates = design.RelocatesAtGoal,
            Settings = [.. Settings(design), .. parameters.Settings],
        };
    }

    /// <summary>The uniform draws for a start, without those for the noise of the episode.</summary>
    public static int StartDraws(PointRobotDesign design) =>
        design.Start switch { PointStart.Fixed => 0, PointStart.Square => design.Control == PointControl.Force ? 4 : 2, _ => 2 };

    private static Coordinate Noise(int number) => new($"noise_{number}", "1", -1, 1);

    private static Coordinate[] Pair(string prefix, string unit, double bound) =>
        [new(prefix + "x", unit, -bound, bound), new(prefix + "y", unit, -bound, bound)];

    private static Coordinate[] Goal(IReadOnlyList<Coordinate> taskColumns) =>
        [.. taskColumns.Where(column => column.Name is "goal_x" or "goal_y")];

    private static IEnumerable<Setting> Settings(PointRobotDesign design)
    {
        yield return new("control", design.Control.ToString());
        yield return new("time step", Text(design.TimeStep), "s");
        yield return new("walls", design.Walls ? "rings of radius 1 and 2 with gaps" : "none");
        string spread = design.Start == PointStart.Fixed ? "" : $" and around, {design.Start} of {Text(design.StartSize)}";
        yield return new("start", $"({Text(design.StartPosition.X)}, {Text(design.StartPosition.Y)}){spread}", "m");
        yield return new("reward", design.Reward.ToString());
        if (design.RewardRadius > 0) yield return new("reward radius", Text(design.RewardRadius), "m");
        bool neverEnds = design.Termination == PointTermination.Never;
        yield return new("termination", neverEnds ? "never" : $"{design.Termination} of {Text(design.TerminationRadius)}", "m");
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}

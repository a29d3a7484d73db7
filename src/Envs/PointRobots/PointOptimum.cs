namespace MamlRobotics.Envs;

/// <summary>
/// The return of optimal control of a velocity-controlled point, in closed form. Along each axis the robot closes the distance at full
/// speed, wind included, without overshooting. After every number of steps the distance is then as small as it can be, so this control is
/// optimal for every reward that falls with the distance.
/// </summary>
internal static class PointOptimum
{
    /// <summary>Whether the closed form holds for the robot.</summary>
    public static bool IsKnown(PointRobot robot)
    {
        PointRobotDesign design = robot.Design;
        bool fallsWithDistance = design.Reward is PointReward.Distance or PointReward.SquaredDistance
            or PointReward.SparseCloseness or PointReward.Cone or PointReward.StepCost;
        PointParameter[] directions = [PointParameter.Rotation, PointParameter.Direction1, PointParameter.Direction2];
        bool actsAlongAxes = directions.All(robot.IsDefault);
        return design.Control == PointControl.Velocity && !design.Walls && !design.RelocatesAtGoal && fallsWithDistance
            && (actsAlongAxes || double.IsPositiveInfinity(design.ActionLimit));
    }

    /// <summary>Undiscounted return.</summary>
    /// <param name="task">[task columns]</param>
    /// <param name="start">[state]</param>
    public static double Return(PointRobot robot, ReadOnlySpan<double> task, ReadOnlySpan<double> start)
    {
        PointRobotDesign design = robot.Design;
        double speed = design.ActionLimit * robot.Number(task, PointParameter.Gain);
        double toX = robot.Number(task, PointParameter.GoalX) - start[0], toY = robot.Number(task, PointParameter.GoalY) - start[1];
        double windX = robot.Number(task, PointParameter.WindX), windY = robot.Number(task, PointParameter.WindY);
        double total = 0;
        for (int step = 0; step < design.Horizon; step++)
        {
            toX -= design.TimeStep * Math.Clamp(toX / design.TimeStep, windX - speed, windX + speed);
            toY -= design.TimeStep * Math.Clamp(toY / design.TimeStep, windY - speed, windY + speed);
            double distance = Math.Sqrt(toX * toX + toY * toY);
            total += Reward(design, distance);
            if (Ends(design, Math.Abs(toX), Math.Abs(toY), distance)) break;
        }
        return total;
    }

    private static double Reward(PointRobotDesign design, double distance) => design.Reward switch
    {
        PointReward.Distance => -distance,
        PointReward.SquaredDistance => -distance * distance,
        PointReward.SparseCloseness => distance <= design.RewardRadius ? 1 - distance : 0,
        PointReward.Cone => Math.Max(design.RewardRadius - distance, 0),
        _ => -1,
    };

    private static bool Ends(PointRobotDesign design, double x, double y, double distance) => design.Termination switch
    {
        PointTermination.Box => x < design.TerminationRadius && y < design.TerminationRadius,
        PointTermination.Disc => distance < design.TerminationRadius,
        _ => false,
    };
}

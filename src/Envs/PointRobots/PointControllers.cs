namespace MamlRobotics.Envs;

/// <summary>Controllers that know a point robot's task. Best known returns start from them.</summary>
internal static class PointControllers
{
    private static readonly double[] Stiffnesses = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

    /// <summary>
    /// Under velocity control, straight towards the goal. Under force control, a damped spring to the goal, in several stiffnesses.
    /// </summary>
    public static IReadOnlyList<TaskController> Of(PointRobot robot)
    {
        if (robot.Design.Control == PointControl.Force) return [.. Stiffnesses.Select(stiffness => SpringController(robot, stiffness))];
        double rate = 1 / robot.Design.TimeStep;
        return [(task, state) => ActionFor(robot, task, TowardsGoal(robot, task, state, rate))];
    }

    private static TaskController SpringController(PointRobot robot, double stiffness) =>
        (task, state) => ActionFor(robot, task, SpringForce(robot, task, state, stiffness));

    /// <summary>The action that gives the robot this velocity or force, wind included.</summary>
    private static double[] ActionFor(PointRobot robot, double[] task, (double X, double Y) push)
    {
        double Of(PointParameter parameter) => robot.Number(task, parameter);
        double gain = Of(PointParameter.Gain), rotation = Of(PointParameter.Rotation);
        double x = (push.X - Of(PointParameter.WindX)) / gain, y = (push.Y - Of(PointParameter.WindY)) / gain;
        double first = Of(PointParameter.Direction1) + rotation, second = Of(PointParameter.Direction2) + rotation;
        double determinant = Math.Sin(second - first);
        return [(x * Math.Sin(second) - y * Math.Cos(second)) / determinant, (y * Math.Cos(first) - x * Math.Sin(first)) / determinant];
    }

    private static (double, double) TowardsGoal(PointRobot robot, double[] task, double[] state, double rate) =>
        (rate * (robot.Number(task, PointParameter.GoalX) - state[0]), rate * (robot.Number(task, PointParameter.GoalY) - state[1]));

    private static (double, double) SpringForce(PointRobot robot, double[] task, double[] state, double stiffness)
    {
        double mass = robot.Number(task, PointParameter.Mass), damping = robot.Number(task, PointParameter.Damping);
        double brake = 2 * Math.Sqrt(stiffness) * mass - damping;
        (double x, double y) = TowardsGoal(robot, task, state, stiffness * mass);
        return (x - brake * state[2], y - brake * state[3]);
    }
}

namespace MamlRobotics.Envs;

/// <summary>Controllers that know a point robot's task, for best known returns.</summary>
internal static class PointControllers
{
    private static readonly double[] Stiffnesses = [0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300];

    /// <summary>Straight at the goal; under force control as a damped spring, in several stiffnesses.</summary>
    public static IReadOnlyList<TaskController> Of(PointRobot robot) => robot.Design.Control == PointControl.Velocity
        ? [(task, state) => Action(robot, task, Target(robot, task, state, 1 / robot.Design.TimeStep))]
        : [.. Stiffnesses.Select(stiffness => (TaskController)((task, state) => Action(robot, task, Spring(robot, task, state, stiffness))))];

    /// <summary>The action that gives this velocity or force, wind included.</summary>
    private static double[] Action(PointRobot robot, double[] task, (double X, double Y) push)
    {
        double Of(PointParameter parameter) => robot.Number(task, parameter);
        (double x, double y) = ((push.X - Of(PointParameter.WindX)) / Of(PointParameter.Gain), (push.Y - Of(PointParameter.WindY)) / Of(PointParameter.Gain));
        double first = Of(PointParameter.Direction1) + Of(PointParameter.Rotation), second = Of(PointParameter.Direction2) + Of(PointParameter.Rotation);
        double determinant = Math.Sin(second - first);
        double[] action = [(x * Math.Sin(second) - y * Math.Cos(second)) / determinant, (y * Math.Cos(first) - x * Math.Sin(first)) / determinant];
        return action;
    }

    private static (double, double) Target(PointRobot robot, double[] task, double[] state, double rate) =>
        (rate * (robot.Number(task, PointParameter.GoalX) - state[0]), rate * (robot.Number(task, PointParameter.GoalY) - state[1]));

    private static (double, double) Spring(PointRobot robot, double[] task, double[] state, double stiffness)
    {
        double mass = robot.Number(task, PointParameter.Mass), damping = robot.Number(task, PointParameter.Damping);
        double brake = 2 * Math.Sqrt(stiffness) * mass - damping;
        (double x, double y) = Target(robot, task, state, stiffness * mass);
        return (x - brake * state[2], y - brake * state[3]);
    }
}

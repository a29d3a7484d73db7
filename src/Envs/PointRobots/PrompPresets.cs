namespace MamlRobotics.Envs;

/// <summary>The point robots of ProMP, whose goals are the corners of a square. Rothfuss et al. 2019, arXiv 1810.06784.</summary>
internal static class PrompPresets
{
    private const string Folder = "jonasrothfuss/ProMP, meta_policy_search/envs/point_envs/";

    private static readonly PointRobotDesign Corner = new() { ActionLimit = 0.2, Start = PointStart.Square, StartSize = 0.2 };

    private static readonly PointRobotDesign Momentum = Corner with
    {
        Control = PointControl.Force, ActionLimit = 0.1, StartSpeed = 0.1,
        Observes = [PointObservation.Position, PointObservation.Velocity],
    };

    private static ListedTasks Corners => TaskDistributions.GoalsInCorners(2);

    private static ITaskDistribution CornersAndGaps => new JointTasks(Corners, TaskDistributions.Uniform(
        new Coordinate("gap_1", "rad", -Math.PI, Math.PI), new Coordinate("gap_2", "rad", -Math.PI, Math.PI)));

    public static IEnumerable<TaskFamily> All =>
    [
        PointPresets.Preset(
            "promp-corners", Corner, Corners, Folder + "point_env_2d_corner.py",
            "Four goals and a dense reward."),
        PointPresets.Preset(
            "promp-corners-squared", Corner with { Reward = PointReward.SquaredDistance }, Corners, Folder + "point_env_2d_corner.py",
            "Four goals; the reward is the negative squared distance."),
        PointPresets.Preset(
            "promp-corners-sparse", Corner with { Reward = PointReward.CornerProgress, RewardRadius = 0.5 }, Corners,
            Folder + "point_env_2d_corner.py",
            "Four goals; progress is rewarded in the goal's own quadrant, away from the start."),
        PointPresets.Preset(
            "promp-momentum", Momentum, Corners, Folder + "point_env_2d_momentum.py",
            "Actions change the velocity, and the reward depends on the position alone. "
            + "The source's reward slices rows where it means columns."),
        PointPresets.Preset(
            "promp-momentum-sparse", Momentum with { Reward = PointReward.Cone, RewardRadius = 2 }, Corners,
            Folder + "point_env_2d_momentum.py",
            "Like promp-momentum, with a reward within 2 m of the goal, which is the source's default."),
        PointPresets.Preset(
            "promp-walls", Corner with { Walls = true }, CornersAndGaps, Folder + "point_env_2d_walls.py",
            "Two rings with a gap each lie between start and goal. The dense reward is that of the position where the robot ends up; "
            + "the source takes the position before a wall stops it."),
        PointPresets.Preset(
            "promp-walls-sparse", Corner with { Walls = true, Reward = PointReward.Progress, RewardRadius = 2 }, CornersAndGaps,
            Folder + "point_env_2d_walls.py",
            "Like promp-walls, but progress is rewarded within 2 m of the goal. "
            + "Elsewhere the reward is 0, where the source returns nothing."),
    ];
}

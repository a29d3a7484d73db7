using static MamlRobotics.Envs.PointParameter;

namespace MamlRobotics.Envs;

/// <summary>
/// Point robots of other projects, named after their source, with its exact numbers. Where the source has a mistake, the preset does what
/// was meant, and its summary says so.
/// </summary>
public static class PointPresets
{
    private const string MamlSource =
        "cbfinn/maml_rl, maml_examples/point_env_randgoal.py; Finn, Abbeel and Levine 2017, arXiv 1703.03400";
    private const string PearlSource =
        "katerakelly/oyster, rlkit/envs/point_robot.py; Rakelly et al. 2019, arXiv 1903.08254";
    private const string VaribadSource =
        "lmzintgraf/varibad, environments/navigation/point_robot.py; Zintgraf et al. 2020, arXiv 1910.08348";
    private const string NormlSource =
        "google-research/norml, envs/move_point_env.py, config_maml.py; Yang et al. 2019, arXiv 1903.01063";

    // Actions without limits have the unit of the limited ones of similar families, m/s.
    private const double UnclippedUnit = 0.1;

    private static readonly PointRobotDesign Maml = new() { Termination = PointTermination.Box, TerminationRadius = 0.01 };

    private static readonly PointRobotDesign HalfCircleSparse = new() { Reward = PointReward.SparseCloseness, RewardRadius = 0.2 };

    public static IEnumerable<TaskFamily> All { get; } =
    [
        Preset(
            "maml-nav", Maml, TaskDistributions.GoalsInSquare(0.5), MamlSource,
            "2D navigation of MAML. The reward is the negative distance as in the authors' code, not its square as in the paper's text.",
            PaperGoals.Tasks),
        Preset(
            "maml-nav-goal-fed", Maml with { Observes = [PointObservation.Position, PointObservation.Goal] },
            TaskDistributions.GoalsInSquare(0.5), MamlSource,
            "2D navigation whose goal is observed, which the paper calls the oracle.", PaperGoals.Tasks),
        .. PrompPresets.All,
        .. PearlPoints,
        .. VaribadPoints,
        Preset(
            "focal-wind", new() { Horizon = 200, Parameters = Only(GoalX, 1) },
            TaskDistributions.Uniform(new Coordinate("wind_x", "m/s", -0.05, 0.05), new Coordinate("wind_y", "m/s", -0.05, 0.05)),
            "LanqingLi1993/FOCAL-ICLR, rlkit/envs/non_mujoco_point_robot.py; Li et al. 2021, arXiv 2010.01112",
            "A fixed goal and an unknown wind, with a dense reward. The source's sparse variant never rewards and is left out."),
        .. NormlRotations,
        Preset(
            "gymnax-point",
            new()
            {
                Start = PointStart.HalfDisc, StartSize = 1, Reward = PointReward.SparseSuccess, RewardRadius = 0.2, RelocatesAtGoal = true,
            },
            TaskDistributions.GoalsOnHalfCircle(1), "RobertTLange/gymnax, environments/misc/point_robot.py",
            "Goals on the half circle. A step that begins within 0.2 m of the goal has reward 1 and moves the robot to a new start. "
            + "The source adds the last reward and action and the time to the observation; here that is left to the learner. "
            + "Actions are clipped, as the source's action space says, although its step does not clip them."),
        Preset(
            "dmc-point-mass", PointMass, new JointTasks(ActuationDirections), "google-deepmind/dm_control, suite/point_mass.py, hard",
            "A damped mass is pushed along two random directions that are not nearly parallel. "
            + "The bounds are hard stops, where MuJoCo's are soft."),
    ];

    private static IEnumerable<TaskFamily> PearlPoints =>
    [
        Preset(
            "pearl-point", new() { Horizon = 20, Start = PointStart.Square, StartSize = 1 },
            TaskDistributions.GoalsInSquare(1), PearlSource,
            "Goals in a square, random starts and a dense reward. The source trains on 100 goals that it draws once; "
            + "here every task has a new goal."),
        Preset(
            "pearl-point-sparse", HalfCircleSparse with { Horizon = 20 },
            TaskDistributions.EvenGoalsOnHalfCircle(1, 100).HoldOut(5), PearlSource,
            "100 evenly spaced goals on the half circle. The reward is the sparse one, which the source only reports, "
            + "while its step returns the dense one. Every fifth goal is held out, where the source holds out 20 after a shuffle."),
        Preset(
            "pearl-point-sparse-noise", WithNoise(HalfCircleSparse) with { Horizon = 20 },
            TaskDistributions.EvenGoalsOnHalfCircle(1, 100).HoldOut(5), PearlSource, $"pearl-point-sparse {NoiseSummary}"),
    ];

    private const string NoiseSummary =
        "with two numbers in the observation that are drawn anew for each episode and held in it, so that a policy can explore coherently, "
        + "as with the latent variables of MAESN (Gupta et al. 2018, arXiv 1802.07245).";

    private static PointRobotDesign WithNoise(PointRobotDesign design) =>
        design with { Observes = [.. design.Observes, PointObservation.EpisodeNoise] };

    private static IEnumerable<TaskFamily> VaribadPoints =>
    [
        Preset(
            "varibad-point", new() { ActionLimit = 1, Parameters = Only(Gain, 0.1) },
            TaskDistributions.GoalsOnHalfCircle(1), VaribadSource,
            "Goals on the half circle and a dense reward. An action of 1 moves the robot by 0.1 m."),
        Preset(
            "varibad-point-sparse", HalfCircleSparse with { ActionLimit = 1, Parameters = Only(Gain, 0.1) },
            TaskDistributions.GoalsOnHalfCircle(1), VaribadSource,
            "Goals on the half circle, with a reward within 0.2 m of the goal. An action of 1 moves the robot by 0.1 m."),
        Preset(
            "varibad-point-sparse-noise", WithNoise(HalfCircleSparse) with { ActionLimit = 1, Parameters = Only(Gain, 0.1) },
            TaskDistributions.GoalsOnHalfCircle(1), VaribadSource, $"varibad-point-sparse {NoiseSummary}"),
    ];

    private static IEnumerable<TaskFamily> NormlRotations =>
    [
        Preset(
            "norml-rotation", Rotating with { Horizon = 10 }, Rotations, NormlSource,
            "A fixed goal. Actions are turned by an unknown angle and not clipped.") with { ActionUnit = UnclippedUnit },
        Preset(
            "norml-rotation-sparse",
            Rotating with { Reward = PointReward.StepCost, Termination = PointTermination.Disc, TerminationRadius = 0.1 },
            Rotations, NormlSource,
            "Like norml-rotation, but every step costs 1 until the goal is reached.") with { ActionUnit = UnclippedUnit },
    ];

    private static PointRobotDesign Rotating => new()
    {
        ActionLimit = double.PositiveInfinity, PositionBound = 2, Parameters = Only(GoalX, 1),
    };

    private static ITaskDistribution Rotations => TaskDistributions.Uniform(new Coordinate("rotation", "rad", -Math.PI, Math.PI));

    private static PointRobotDesign PointMass => new()
    {
        Control = PointControl.Force, ActionLimit = 1, TimeStep = 0.02, PositionBound = 0.29, Horizon = 1000,
        Start = PointStart.Square, StartSize = 0.29, Reward = PointReward.Tolerance, RewardRadius = 0.015,
        Observes = [PointObservation.Position, PointObservation.Velocity],
        Parameters = new Dictionary<PointParameter, double> { [Mass] = 0.3, [Damping] = 1, [Gain] = 0.1 },
    };

    /// <summary>
    /// Two random directions that are not nearly parallel. Unlike the source, which rejects draws, this takes a fixed number of them.
    /// </summary>
    private static ITaskDistribution ActuationDirections => new DrawnTasks(
        [new("direction_1", "rad", -Math.PI, Math.PI), new("direction_2", "rad", -2 * Math.PI, 2 * Math.PI)], 3, (uniforms, row) =>
        {
            double least = Math.Acos(0.9), between = least + (Math.PI - 2 * least) * uniforms[1];
            row[0] = Math.PI * (2 * uniforms[0] - 1);
            row[1] = row[0] + (uniforms[2] < 0.5 ? between : -between);
        });

    internal static TaskFamily Preset(
        string name, PointRobotDesign design, ITaskDistribution tasks, string source, string summary, TaskBatch? testTasks = null)
    {
        var robot = new PointRobot(design, tasks.Coordinates);
        TaskFamily family = TaskFamily.Of(name, robot, tasks);
        return family with
        {
            Source = source,
            Summary = summary,
            TestTasks = testTasks ?? family.TestTasks,
            OptimalControl = PointOptimum.IsKnown(robot) ? (task, start) => PointOptimum.Return(robot, task, start) : null,
            Controllers = PointControllers.Of(robot),
        };
    }

    private static TaskFamily Preset(
        string name, PointRobotDesign design, (ListedTasks Training, TaskBatch HeldOut) tasks, string source, string summary) =>
        Preset(name, design, tasks.Training, source, summary, tasks.HeldOut);

    private static Dictionary<PointParameter, double> Only(PointParameter parameter, double value) => new() { [parameter] = value };
}

using static MamlRobotics.Envs.ArmObservation;
using static MamlRobotics.Envs.ArmParameter;

namespace MamlRobotics.Envs;

/// <summary>
/// Two-link arms of other projects, named after their source, with its exact numbers. Where the source shows the goal to the policy, the
/// preset hides it, and the variant named -observed shows it.
/// </summary>
public static class ArmPresets
{
    // MuJoCo's default density, kg/m^3, and the radius of the links and fingertips of both reachers, m.
    private const double Density = 1000, Radius = 0.01;

    private const string Gymnasium = "Farama-Foundation/Gymnasium, envs/";
    private const string DmControl = "google-deepmind/dm_control, suite/reacher.py and reacher.xml; Tassa et al. 2018, arXiv 1801.00690";

    private static readonly double BallMass = Density * 4 / 3 * Math.PI * Math.Pow(Radius, 3);

    public static IEnumerable<TaskFamily> All { get; } =
    [
        Preset("acrobot", Acrobot, new ListedTasks([new("gravity", "m/s^2", 9.8, 9.8)], new TaskBatch(["gravity"], [9.8])),
            Gymnasium + "classic_control/acrobot.py, book dynamics; Sutton and Barto 2018",
            "A two-link pendulum is swung up by its second joint. There is one task; other gravities may come from a file. "
            + "The torque is continuous in [-1, 1], where the source allows only -1, 0 and 1."),
        .. Reacher(
            "gymnasium-reacher", GymnasiumReacher with { ControlWeight = 1 }, [Cosines, Sines, Goal, Velocities, TipFromGoal],
            TaskDistributions.GoalsInAnnulus(0, 0.2), Gymnasium + "mujoco/reacher_v5.py and assets/reacher.xml",
            "The armature dominates, so that the two joints are nearly decoupled. The control weight is 1, the default of the code. "
            + "The wrist stops hard at its limit, where MuJoCo's limit is soft."),
        .. Reacher(
            "gymnasium-reacher-documented", GymnasiumReacher with { ControlWeight = 0.1 }, [Cosines, Sines, Goal, Velocities, TipFromGoal],
            TaskDistributions.GoalsInAnnulus(0, 0.2), Gymnasium + "mujoco/reacher_v5.py and assets/reacher.xml",
            "Like gymnasium-reacher, with the control weight of 0.1 that its documentation gives."),
        .. Reacher(
            "dmc-reacher-easy", DmcReacher(0.05), [Angles, GoalFromTip, Velocities], DmcGoals, DmControl,
            "Coupled light links with stiff damping. The reward is 1 within the target of 5 cm. "
            + "The wrist stops hard at its limit, where MuJoCo's limit is soft."),
        .. Reacher(
            "dmc-reacher-hard", DmcReacher(0.015), [Angles, GoalFromTip, Velocities], DmcGoals, DmControl,
            "Like dmc-reacher-easy, with a target of 1.5 cm."),
        .. Reacher(
            "gymnax-reacher", GymnaxReacher, [Cosines, Sines, Velocities, Goal], TaskDistributions.GoalsInSquare(2),
            "RobertTLange/gymnax, environments/misc/reacher.py",
            "Links of 1 m without coupling, each turned by a motor against the ground. As in the source, some goals are out of reach."),
        .. OwnArms.All,
    ];

    private static ArmDesign Acrobot => new()
    {
        Integrator = ArmIntegrator.RungeKutta4, TimeStep = 0.2, Actuated = ArmActuation.Second, ZeroIsDown = true, WrapsAngles = true,
        VelocityLimits = (4 * Math.PI, 9 * Math.PI), Horizon = 500, StartSpread = (0.1, 0.1), StartSpeed = 0.1,
        Reward = ArmReward.StepsToHeight, TerminalHeight = 1, Observes = [Direction1, Direction2, Velocities],
        Parameters = new Dictionary<ArmParameter, double> { [Inertia1] = 1, [Inertia2] = 1 },
    };

    private static ArmDesign GymnasiumReacher => new()
    {
        Integrator = ArmIntegrator.RungeKutta4, TimeStep = 0.02, SubSteps = 2, JointLimits = (double.PositiveInfinity, 3), Horizon = 50,
        StartSpread = (0.1, 0.1), StartSpeed = 0.005, Observes = [Cosines, Sines, Velocities],
        Parameters = Links(firstLength: 0.1, secondLength: 0.1, tip: 0.11, new()
        {
            [Armature1] = 1, [Armature2] = 1, [Damping1] = 1, [Damping2] = 1, [Gear1] = 200, [Gear2] = 200,
        }),
    };

    private static ArmDesign GymnaxReacher => new()
    {
        TimeStep = 0.05, AbsoluteAngles = true, StartSpread = (Math.PI, Math.PI), StartSpeed = 1,
        Reward = ArmReward.Closeness, Observes = [Cosines, Sines, Velocities],
        // Without mass and with unit inertia, the acceleration of each link is its own torque.
        Parameters = new Dictionary<ArmParameter, double> { [Mass1] = 0, [Mass2] = 0, [Inertia1] = 1, [Inertia2] = 1 },
    };

    private static ITaskDistribution DmcGoals => TaskDistributions.GoalsAtUniformRadius(0.05, 0.2);

    private static ArmDesign DmcReacher(double target) => new()
    {
        Integrator = ArmIntegrator.ImplicitFriction, TimeStep = 0.02, Horizon = 1000,
        JointLimits = (double.PositiveInfinity, 160 * Math.PI / 180), StartSpread = (Math.PI, 160 * Math.PI / 180),
        Reward = ArmReward.Success, RewardRadius = target + Radius, Observes = [Angles, Velocities],
        Parameters = Links(firstLength: 0.12, secondLength: 0.1, tip: 0.12, new()
        {
            [Damping1] = 0.01, [Damping2] = 0.01, [Gear1] = 0.05, [Gear2] = 0.05,
        }),
    };

    /// <summary>The variant that hides the goal, and the one whose observation is that of the source.</summary>
    internal static TaskFamily[] Reacher(
        string name, ArmDesign design, IReadOnlyList<ArmObservation> observed, ITaskDistribution tasks, string source, string summary) =>
    [
        Preset(name, design, tasks, source, summary + " The goal is hidden."),
        Preset(name + "-observed", design with { Observes = observed }, tasks, source, summary + " The goal is observed."),
    ];

    internal static TaskFamily Preset(string name, ArmDesign design, ITaskDistribution tasks, string source, string summary)
    {
        var arm = new TwoLinkArm(design, tasks.Coordinates);
        return TaskFamily.Of(name, arm, tasks) with { Source = source, Summary = summary, Controllers = ArmControllers.Of(arm) };
    }

    /// <summary>The parameters of two capsules with a ball at the tip, all of MuJoCo's default density, added to others.</summary>
    /// <param name="tip">Distance of the tip from the second joint</param>
    private static Dictionary<ArmParameter, double> Links(
        double firstLength, double secondLength, double tip, Dictionary<ArmParameter, double> others)
    {
        (double mass1, double inertia1) = Capsule(firstLength);
        (double mass2, double inertia2) = Capsule(secondLength);
        double ballInertia = 0.4 * BallMass * Radius * Radius;
        foreach ((ArmParameter parameter, double value) in new (ArmParameter, double)[]
        {
            (Length1, firstLength), (Length2, tip), (Mass1, mass1), (Mass2, mass2), (Centre1, firstLength / 2), (Centre2, secondLength / 2),
            (Inertia1, inertia1), (Inertia2, inertia2 + ballInertia), (Payload, BallMass),
        }) others[parameter] = value;
        return others;
    }

    /// <summary>Mass of a cylinder with half balls at its ends, and its transverse inertia about its centre.</summary>
    private static (double Mass, double Inertia) Capsule(double length)
    {
        double cylinder = Density * Math.PI * Radius * Radius * length;
        return (cylinder + BallMass,
            cylinder * (3 * Radius * Radius + length * length) / 12
            + BallMass * (0.4 * Radius * Radius + length * length / 4 + 3 * length * Radius / 8));
    }
}

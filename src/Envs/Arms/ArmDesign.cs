namespace MamlRobotics.Envs;

/// <summary>The numbers of a two-link arm, any of which may vary from task to task.</summary>
public enum ArmParameter
{
    GoalX, GoalY, Length1, Length2, Mass1, Mass2, Centre1, Centre2, Inertia1, Inertia2, Armature1, Armature2,
    Damping1, Damping2, Coulomb1, Coulomb2, Gravity, Payload, Gear1, Gear2,
}

/// <summary>How the equation of motion is advanced over a step.</summary>
public enum ArmIntegrator
{
    /// <summary>Velocities first, positions with the new velocities; order 1.</summary>
    SemiImplicitEuler,

    /// <summary>As semi-implicit Euler with friction at the new velocity, so that it stays stable when friction is stiff.</summary>
    ImplicitFriction,

    /// <summary>The classical Runge-Kutta method of order 4.</summary>
    RungeKutta4,
}

/// <summary>Which joints have a motor.</summary>
public enum ArmActuation
{
    Both,
    First,
    Second,
}

/// <summary>What a step earns, before the control cost. d is the distance from tip to goal after the step, r the reward radius.</summary>
public enum ArmReward
{
    /// <summary>-d</summary>
    Distance,

    /// <summary>exp(-d * d)</summary>
    Closeness,

    /// <summary>1 within r, else 0</summary>
    Success,

    /// <summary>1 within r, falling off smoothly over another r</summary>
    Tolerance,

    /// <summary>-1 until the tip is above the height</summary>
    StepsToHeight,
}

/// <summary>One group of observed numbers.</summary>
public enum ArmObservation
{
    /// <summary>cos 1, cos 2</summary>
    Cosines,

    /// <summary>sin 1, sin 2</summary>
    Sines,

    /// <summary>cos 1, sin 1</summary>
    Direction1,

    /// <summary>cos 2, sin 2</summary>
    Direction2,

    Angles,
    Velocities,
    Tip,
    Goal,
    TipFromGoal,
    GoalFromTip,
}

/// <summary>Everything that is the same for all tasks of an arm family. Lengths in m, angles in rad.</summary>
public sealed record ArmDesign
{
    public ArmIntegrator Integrator { get; init; }

    /// <summary>Time between two actions, s.</summary>
    public double TimeStep { get; init; } = 0.05;

    /// <summary>Integration steps per action.</summary>
    public int SubSteps { get; init; } = 1;

    public ArmActuation Actuated { get; init; }

    /// <summary>
    /// True if angles, and the motors that turn them, are those of each link against the ground, not against the link before.
    /// </summary>
    public bool AbsoluteAngles { get; init; }

    /// <summary>True if the angles are zero hanging down, false if zero along x.</summary>
    public bool ZeroIsDown { get; init; }

    /// <summary>The joints stop dead at +- this.</summary>
    public (double First, double Second) JointLimits { get; init; } = (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Velocities are clipped to +- this after a step, rad/s.</summary>
    public (double First, double Second) VelocityLimits { get; init; } = (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Brings angles back to [-pi, pi) after a step.</summary>
    public bool WrapsAngles { get; init; }

    /// <summary>Velocity over which Coulomb friction changes its sign, rad/s.</summary>
    public double CoulombWidth { get; init; } = 0.1;

    public int Horizon { get; init; } = 100;

    /// <summary>Middle of the starting angles.</summary>
    public (double First, double Second) StartAngles { get; init; }

    /// <summary>Starting angles are uniform in +- this around the middle.</summary>
    public (double First, double Second) StartSpread { get; init; }

    /// <summary>Starting velocities are uniform in +- this, rad/s.</summary>
    public double StartSpeed { get; init; }

    public ArmReward Reward { get; init; }

    public double RewardRadius { get; init; }

    /// <summary>Cost of the squared clipped action.</summary>
    public double ControlWeight { get; init; }

    /// <summary>Tip height that ends an episode.</summary>
    public double TerminalHeight { get; init; } = double.PositiveInfinity;

    public IReadOnlyList<ArmObservation> Observes { get; init; } =
        [ArmObservation.Direction1, ArmObservation.Direction2, ArmObservation.Velocities, ArmObservation.Tip];

    /// <summary>Those that differ from the defaults of <see cref="TwoLinkArm.Parameters"/>.</summary>
    public IReadOnlyDictionary<ArmParameter, double> Parameters { get; init; } = new Dictionary<ArmParameter, double>();
}

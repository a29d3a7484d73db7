namespace MamlRobotics.Envs;

/// <summary>The parameters of a two-link arm. Any of them may vary from task to task.</summary>
public enum ArmParameter
{
    GoalX, GoalY, Length1, Length2, Mass1, Mass2, Centre1, Centre2, Inertia1, Inertia2, Armature1, Armature2,
    Damping1, Damping2, Coulomb1, Coulomb2, Gravity, Payload, Gear1, Gear2,
}

/// <summary>How the equation of motion is integrated over a step.</summary>
public enum ArmIntegrator
{
    /// <summary>Velocities are advanced first, then positions with the new velocities. Order 1.</summary>
    SemiImplicitEuler,

    /// <summary>Semi-implicit Euler, but with friction at the new velocity, which stays stable where friction is stiff.</summary>
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

/// <summary>Reward of a step before the control cost. d is the distance from tip to goal after the step, r the reward radius.</summary>
public enum ArmReward
{
    /// <summary>-d</summary>
    Distance,

    /// <summary>exp(-d * d)</summary>
    Closeness,

    /// <summary>1 within r, else 0</summary>
    Success,

    /// <summary>1 within r, falling off smoothly outside</summary>
    Tolerance,

    /// <summary>-1 until the tip is above the terminal height</summary>
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
    /// True if the angles of both links are measured against the ground, and both motors act between the ground and their link. False if
    /// the second angle and motor are those between the links.
    /// </summary>
    public bool AbsoluteAngles { get; init; }

    /// <summary>True if the angles are zero for a link that hangs down, false if for one along x.</summary>
    public bool ZeroIsDown { get; init; }

    /// <summary>Joints stop at +- this angle and lose their velocity.</summary>
    public (double First, double Second) JointLimits { get; init; } = (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>Velocities are clipped to +- this value after a step, rad/s.</summary>
    public (double First, double Second) VelocityLimits { get; init; } = (double.PositiveInfinity, double.PositiveInfinity);

    /// <summary>True if angles are brought back to [-pi, pi) after a step.</summary>
    public bool WrapsAngles { get; init; }

    /// <summary>Coulomb friction is F tanh(velocity / width), with this width, rad/s.</summary>
    public double CoulombWidth { get; init; } = 0.1;

    public int Horizon { get; init; } = 100;

    /// <summary>Centre of the range of starting angles.</summary>
    public (double First, double Second) StartAngles { get; init; }

    /// <summary>Starting angles are uniform within +- this value of <see cref="StartAngles"/>.</summary>
    public (double First, double Second) StartSpread { get; init; }

    /// <summary>Starting velocities are uniform within +- this value, rad/s.</summary>
    public double StartSpeed { get; init; }

    public ArmReward Reward { get; init; }

    public double RewardRadius { get; init; }

    /// <summary>Weight of the squared clipped action, which the reward is reduced by.</summary>
    public double ControlWeight { get; init; }

    /// <summary>An episode ends when the tip is above this height.</summary>
    public double TerminalHeight { get; init; } = double.PositiveInfinity;

    public IReadOnlyList<ArmObservation> Observes { get; init; } =
        [ArmObservation.Direction1, ArmObservation.Direction2, ArmObservation.Velocities, ArmObservation.Tip];

    /// <summary>The parameters that differ from the defaults of <see cref="TwoLinkArm.Parameters"/>.</summary>
    public IReadOnlyDictionary<ArmParameter, double> Parameters { get; init; } = new Dictionary<ArmParameter, double>();
}

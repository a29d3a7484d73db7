namespace MamlRobotics.Envs;

/// <summary>The numbers of a point robot, any of which may vary from task to task.</summary>
public enum PointParameter
{
    GoalX, GoalY, Mass, Damping, Gain, Rotation, Direction1, Direction2, WindX, WindY, Gap1, Gap2,
}

/// <summary>What an action does.</summary>
public enum PointControl
{
    /// <summary>The action is a velocity, m per step.</summary>
    Velocity,

    /// <summary>The action is a force, N.</summary>
    Force,
}

/// <summary>What a step earns. d is the distance to the goal after the step, r the reward radius.</summary>
public enum PointReward
{
    /// <summary>-d</summary>
    Distance,

    /// <summary>-d * d</summary>
    SquaredDistance,

    /// <summary>1 - d within r, else 0</summary>
    SparseCloseness,

    /// <summary>1 within r, else 0; of the position before the step</summary>
    SparseSuccess,

    /// <summary>r - d within r, else 0</summary>
    Cone,

    /// <summary>what the step took off the distance, within r, else 0</summary>
    Progress,

    /// <summary>what the step took off the distance, outside |x| + |y| below r and in the goal's quadrant, else 0</summary>
    CornerProgress,

    /// <summary>-1</summary>
    StepCost,

    /// <summary>dm_control's smooth tolerance of d, less up to a fifth for large actions</summary>
    Tolerance,
}

/// <summary>Where an episode ends.</summary>
public enum PointTermination
{
    Never,

    /// <summary>|dx| and |dy| both below the radius</summary>
    Box,

    /// <summary>d below the radius</summary>
    Disc,
}

/// <summary>Where an episode starts.</summary>
public enum PointStart
{
    /// <summary>always at the start position</summary>
    Fixed,

    /// <summary>position, and velocity where there is one, uniform in squares</summary>
    Square,

    /// <summary>radius and angle uniform in the upper half disc</summary>
    HalfDisc,
}

/// <summary>One group of observed coordinates.</summary>
public enum PointObservation
{
    Position,
    Velocity,
    Goal,
}

/// <summary>Everything that is the same for all tasks of a point robot family. Lengths in m.</summary>
public sealed record PointRobotDesign
{
    public PointControl Control { get; init; }

    /// <summary>Actions are clipped to +- this per axis.</summary>
    public double ActionLimit { get; init; } = 0.1;

    /// <summary>Duration of a step; velocities are per this unit.</summary>
    public double TimeStep { get; init; } = 1;

    /// <summary>Positions are clipped to +- this per axis; the velocity into a bound is lost.</summary>
    public double PositionBound { get; init; } = double.PositiveInfinity;

    /// <summary>Rings of radius 1 and 2 around the origin that stop outward moves except through a gap.</summary>
    public bool Walls { get; init; }

    public int Horizon { get; init; } = 100;

    public PointStart Start { get; init; }

    /// <summary>What starts are around.</summary>
    public (double X, double Y) StartPosition { get; init; }

    /// <summary>Half side of the square, or radius of the half disc, of starting positions.</summary>
    public double StartSize { get; init; }

    /// <summary>Half side of the square of starting velocities.</summary>
    public double StartSpeed { get; init; }

    public PointReward Reward { get; init; }

    public double RewardRadius { get; init; }

    public PointTermination Termination { get; init; }

    public double TerminationRadius { get; init; }

    /// <summary>Moves to a new start after a step that began within the reward radius.</summary>
    public bool RelocatesAtGoal { get; init; }

    public IReadOnlyList<PointObservation> Observes { get; init; } = [PointObservation.Position];

    /// <summary>Those that differ from the defaults of <see cref="PointRobot.Parameters"/>.</summary>
    public IReadOnlyDictionary<PointParameter, double> Parameters { get; init; } = new Dictionary<PointParameter, double>();
}

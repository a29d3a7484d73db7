namespace MamlRobotics.Envs;

/// <summary>The parameters of a point robot. Any of them may vary from task to task.</summary>
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

/// <summary>Reward of a step. d is the distance to the goal after the step, r the reward radius.</summary>
public enum PointReward
{
    /// <summary>-d</summary>
    Distance,

    /// <summary>-d * d</summary>
    SquaredDistance,

    /// <summary>1 - d within r, else 0</summary>
    SparseCloseness,

    /// <summary>1 if the position before the step is within r, else 0</summary>
    SparseSuccess,

    /// <summary>r - d within r, else 0</summary>
    Cone,

    /// <summary>the decrease of the distance by the step, within r, else 0</summary>
    Progress,

    /// <summary>the decrease of the distance by the step where |x| + |y| is at least r and in the goal's quadrant, else 0</summary>
    CornerProgress,

    /// <summary>-1</summary>
    StepCost,

    /// <summary>dm_control's smooth tolerance of d, reduced by up to a fifth for large actions</summary>
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

    /// <summary>
    /// Two numbers, uniform in [-1, 1], that are drawn at the start of an episode and held. They say nothing about the task, but a policy
    /// that acts on them explores coherently, in another way in each episode.
    /// </summary>
    EpisodeNoise,
}

/// <summary>Everything that is the same for all tasks of a point robot family. Lengths in m.</summary>
public sealed record PointRobotDesign
{
    public PointControl Control { get; init; }

    /// <summary>Actions are clipped to +- this value per axis.</summary>
    public double ActionLimit { get; init; } = 0.1;

    /// <summary>Duration of a step, s.</summary>
    public double TimeStep { get; init; } = 1;

    /// <summary>Positions are clipped to +- this value per axis. At a bound the velocity across it becomes zero.</summary>
    public double PositionBound { get; init; } = double.PositiveInfinity;

    /// <summary>Whether two rings around the origin stop outward moves, except through a gap in each.</summary>
    public bool Walls { get; init; }

    public int Horizon { get; init; } = 100;

    public PointStart Start { get; init; }

    /// <summary>Centre of the starting positions.</summary>
    public (double X, double Y) StartPosition { get; init; }

    /// <summary>Half side of the square, or radius of the half disc, of starting positions.</summary>
    public double StartSize { get; init; }

    /// <summary>Half side of the square of starting velocities.</summary>
    public double StartSpeed { get; init; }

    public PointReward Reward { get; init; }

    public double RewardRadius { get; init; }

    public PointTermination Termination { get; init; }

    public double TerminationRadius { get; init; }

    /// <summary>Whether a step that began within the reward radius moves the robot to a new start.</summary>
    public bool RelocatesAtGoal { get; init; }

    public IReadOnlyList<PointObservation> Observes { get; init; } = [PointObservation.Position];

    /// <summary>The parameters that differ from the defaults of <see cref="PointRobot.Parameters"/>.</summary>
    public IReadOnlyDictionary<PointParameter, double> Parameters { get; init; } = new Dictionary<PointParameter, double>();
}

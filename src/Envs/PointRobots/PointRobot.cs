using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>
/// A point that moves in the plane by velocity or force, towards a goal. Its design and its task have its numbers; the presets are in
/// <see cref="PointPresets"/>.
/// </summary>
public readonly struct PointRobot : IEnvironment
{
    private readonly PointRobotDesign design;
    private readonly RobotParameters parameters;
    private readonly bool actsAlongAxes, hasGain, hasWind, hasNoise;

    public PointRobot(PointRobotDesign design, IReadOnlyList<Coordinate> taskColumns)
    {
        ArgumentNullException.ThrowIfNull(design);
        this.design = design;
        parameters = new RobotParameters(
            Parameters, design.Parameters.Select(item => KeyValuePair.Create((int)item.Key, item.Value)), taskColumns);
        actsAlongAxes = IsDefault(PointParameter.Rotation) && IsDefault(PointParameter.Direction1) && IsDefault(PointParameter.Direction2);
        hasGain = !IsDefault(PointParameter.Gain);
        hasWind = !(IsDefault(PointParameter.WindX) && IsDefault(PointParameter.WindY));
        hasNoise = design.Observes.Contains(PointObservation.EpisodeNoise);
        Spec = PointRobotSpec.Of(design, parameters, taskColumns) with { Flaw = FlawOf };
    }

    /// <summary>Every parameter, in the order of <see cref="PointParameter"/>.</summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("goal_x", "m", 0), new("goal_y", "m", 0), new("mass", "kg", 1, 0), new("damping", "N s/m", 0, 0), new("gain", "1", 1),
        new("rotation", "rad", 0), new("direction_1", "rad", 0), new("direction_2", "rad", Math.PI / 2),
        new("wind_x", "m/s or N", 0), new("wind_y", "m/s or N", 0), new("gap_1", "rad", 0), new("gap_2", "rad", 0),
    ];

    public EnvironmentSpec Spec { get; }

    public PointRobotDesign Design => design;

    public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T>
    {
        foreach (ref T coordinate in state) coordinate = T.Of(0);
        if (design.Start == PointStart.Square)
        {
            for (int i = 0; i < PointRobotSpec.StartDraws(design); i++)
                state[i] = T.Of(2 * (i < 2 ? design.StartSize : design.StartSpeed)) * (uniforms[i] - T.Of(0.5));
        }
        else if (design.Start == PointStart.HalfDisc)
        {
            T radius = T.Of(design.StartSize) * uniforms[0], angle = T.Of(Math.PI) * uniforms[1];
            (state[0], state[1]) = (radius * T.Cos(angle), radius * T.Sin(angle));
        }
        (state[0], state[1]) = (state[0] + T.Of(design.StartPosition.X), state[1] + T.Of(design.StartPosition.Y));
        for (int i = 1; hasNoise && i <= 2; i++) state[^i] = T.Of(2) * uniforms[^i] - T.Of(1);
    }

    // Optimised at the first call, because code that is optimised for a profile of one preset is slower for the next.
    // Rare parts are methods that are not inlined.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>
    {
        T limit = T.Of(design.ActionLimit), dt = T.Of(design.TimeStep);
        T ux = Real.Clamp(action[0], -limit, limit), uy = Real.Clamp(action[1], -limit, limit);
        T oldX = state[0], oldY = state[1];
        (T pushX, T pushY) = Push(task, ux, uy);
        if (design.Control == PointControl.Force)
        {
            // Damping is that at the new velocity, as in MuJoCo's Euler step, which is stable for any damping.
            T mass = Get(task, PointParameter.Mass), inverse = T.Of(1) / (mass + dt * Get(task, PointParameter.Damping));
            pushX = (mass * state[2] + dt * pushX) * inverse;
            pushY = (mass * state[3] + dt * pushY) * inverse;
            (state[2], state[3]) = (pushX, pushY);
        }
        state[0] = oldX + dt * pushX;
        state[1] = oldY + dt * pushY;
        if (design.Walls) PointWalls.Stop(oldX, oldY, Get(task, PointParameter.Gap1), Get(task, PointParameter.Gap2), state);
        if (double.IsFinite(design.PositionBound)) Bound(state);

        T goalX = Get(task, PointParameter.GoalX), goalY = Get(task, PointParameter.GoalY);
        T dx = state[0] - goalX, dy = state[1] - goalY, distance = Real.Hypot(dx, dy);
        Mask<T> ends = PointOutcome.Ends(design, dx, dy, distance);
        return design.Reward == PointReward.Distance
            ? new(-distance, ends)
            : PointOutcome.Of(design, new PointMove<T>(oldX, oldY, state[0], state[1], goalX, goalY, ux, uy), distance, ends);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>
    {
        for (int group = 0; group < design.Observes.Count; group++)
        {
            (observation[2 * group], observation[2 * group + 1]) = design.Observes[group] switch
            {
                PointObservation.Position => (state[0], state[1]),
                PointObservation.Velocity => (state[2], state[3]),
                PointObservation.EpisodeNoise => (state[^2], state[^1]),
                _ => (Get(task, PointParameter.GoalX), Get(task, PointParameter.GoalY)),
            };
        }
    }

    internal double Number(ReadOnlySpan<double> task, PointParameter parameter)
    {
        Span<Scalar> row = stackalloc Scalar[task.Length];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        return Get<Scalar>(row, parameter).Value;
    }

    private string? FlawOf(ReadOnlySpan<double> task)
    {
        if (parameters.FlawOf(task) is { } flaw) return flaw;
        bool cannotMove = design.Control == PointControl.Force && Number(task, PointParameter.Mass) == 0;
        return cannotMove ? "mass is 0, but a force can only move a mass" : null;
    }

    internal bool IsDefault(PointParameter parameter) => parameters.IsAlways((int)parameter, Parameters[(int)parameter].Value);

    /// <summary>Velocity or force of actuators and wind together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (T X, T Y) Push<T>(ReadOnlySpan<T> task, T ux, T uy) where T : struct, IReal<T>
    {
        if (hasGain)
        {
            T gain = Get(task, PointParameter.Gain);
            (ux, uy) = (gain * ux, gain * uy);
        }
        if (!actsAlongAxes) (ux, uy) = Turned(task, ux, uy);
        return hasWind ? (ux + Get(task, PointParameter.WindX), uy + Get(task, PointParameter.WindY)) : (ux, uy);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (T X, T Y) Turned<T>(ReadOnlySpan<T> task, T ux, T uy) where T : struct, IReal<T>
    {
        T rotation = Get(task, PointParameter.Rotation);
        (T sin1, T cos1) = T.SinCos(Get(task, PointParameter.Direction1) + rotation);
        (T sin2, T cos2) = T.SinCos(Get(task, PointParameter.Direction2) + rotation);
        return (ux * cos1 + uy * cos2, ux * sin1 + uy * sin2);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Bound<T>(Span<T> state) where T : struct, IReal<T>
    {
        T bound = T.Of(design.PositionBound);
        for (int axis = 0; axis < 2; axis++)
        {
            if (design.Control == PointControl.Force)
                state[2 + axis] = (T.Abs(state[axis]) > bound).Select(T.Of(0), state[2 + axis]);
            state[axis] = Real.Clamp(state[axis], -bound, bound);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Get<T>(ReadOnlySpan<T> task, PointParameter parameter) where T : struct, IReal<T> => parameters.Get(task, (int)parameter);
}

using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>
/// A two-link arm in a horizontal or vertical plane, moved by torques. Its design and its task have its numbers; the presets are in
/// <see cref="ArmPresets"/>.
/// </summary>
public readonly struct TwoLinkArm : IEnvironment
{
    private readonly ArmDesign design;
    private readonly RobotParameters parameters;
    private readonly ArmTerms terms;

    public TwoLinkArm(ArmDesign design, IReadOnlyList<Coordinate> taskColumns)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentOutOfRangeException.ThrowIfLessThan(design.SubSteps, 1);
        this.design = design;
        parameters = new RobotParameters(
            Parameters, design.Parameters.Select(item => KeyValuePair.Create((int)item.Key, item.Value)), taskColumns);
        bool IsAbsent(ArmParameter parameter, RobotParameters known) => known.IsAlways((int)parameter, 0);
        terms = new ArmTerms(
            HasGravity: !IsAbsent(ArmParameter.Gravity, parameters),
            HasCoulomb: !(IsAbsent(ArmParameter.Coulomb1, parameters) && IsAbsent(ArmParameter.Coulomb2, parameters)),
            design.ZeroIsDown);
        Spec = ArmSpec.Of(design, parameters, taskColumns) with { Flaw = FlawOf };
    }

    /// <summary>
    /// Every parameter, in the order of <see cref="ArmParameter"/>. Unless a preset changes them, links are uniform rods of 1 m and 1 kg.
    /// </summary>
    public static IReadOnlyList<Parameter> Parameters { get; } =
    [
        new("goal_x", "m", 0), new("goal_y", "m", 0),
        new("length_1", "m", 1, 0), new("length_2", "m", 1, 0),
        new("mass_1", "kg", 1, 0), new("mass_2", "kg", 1, 0),
        new("centre_1", "m", 0.5), new("centre_2", "m", 0.5),
        new("inertia_1", "kg m^2", 1.0 / 12, 0), new("inertia_2", "kg m^2", 1.0 / 12, 0),
        new("armature_1", "kg m^2", 0, 0), new("armature_2", "kg m^2", 0, 0),
        new("damping_1", "N m s/rad", 0, 0), new("damping_2", "N m s/rad", 0, 0),
        new("coulomb_1", "N m", 0, 0), new("coulomb_2", "N m", 0, 0),
        new("gravity", "m/s^2", 0), new("payload", "kg", 0, 0),
        new("gear_1", "N m", 1), new("gear_2", "N m", 1),
    ];

    public EnvironmentSpec Spec { get; }

    public ArmDesign Design => design;

    public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T>
    {
        (state[0], state[1]) = (T.Of(design.StartAngles.First), T.Of(design.StartAngles.Second));
        (state[2], state[3]) = (T.Of(0), T.Of(0));
        if (uniforms.IsEmpty) return;
        state[0] += Spread(design.StartSpread.First, uniforms[0]);
        state[1] += Spread(design.StartSpread.Second, uniforms[1]);
        state[2] = Spread(design.StartSpeed, uniforms[2]);
        state[3] = Spread(design.StartSpeed, uniforms[3]);
        if (design.AbsoluteAngles) (state[1], state[3]) = (state[1] - state[0], state[3] - state[2]);
    }

    // Optimised at the first call, because code that is optimised for a profile of one preset is slower for the next.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>
    {
        T first = T.Of(0), second = T.Of(0);
        if (design.Actuated != ArmActuation.Second) first = Real.Clamp(action[0], T.Of(-1), T.Of(1));
        if (design.Actuated != ArmActuation.First) second = Real.Clamp(action[^1], T.Of(-1), T.Of(1));
        T torque1 = first * Get(task, ArmParameter.Gear1), torque2 = second * Get(task, ArmParameter.Gear2);
        // A motor between the ground and link 2 also acts on joint 1.
        if (design.AbsoluteAngles) torque1 += torque2;

        ArmModel<T> model = Model(task);
        double step = design.TimeStep / design.SubSteps;
        var now = new ArmState<T>(state[0], state[1], state[2], state[3]);
        for (int i = 0; i < design.SubSteps; i++)
            now = StopAtLimits(ArmIntegration.Step(design.Integrator, model, now, torque1, torque2, step));
        (state[0], state[1]) = design.WrapsAngles ? (Real.WrapAngle(now.Q1), Real.WrapAngle(now.Q2)) : (now.Q1, now.Q2);
        state[2] = Limit(now.V1, design.VelocityLimits.First);
        state[3] = Limit(now.V2, design.VelocityLimits.Second);
        return Outcome(task, state, first * first + second * second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T>
    {
        T q2 = design.AbsoluteAngles ? state[0] + state[1] : state[1], v2 = design.AbsoluteAngles ? state[2] + state[3] : state[3];
        (T sin1, T cos1) = T.SinCos(state[0]);
        (T sin2, T cos2) = T.SinCos(q2);
        (T tipX, T tipY) = Tip(task, state);
        T goalX = Get(task, ArmParameter.GoalX), goalY = Get(task, ArmParameter.GoalY);
        for (int group = 0; group < design.Observes.Count; group++)
        {
            (observation[2 * group], observation[2 * group + 1]) = design.Observes[group] switch
            {
                ArmObservation.Cosines => (cos1, cos2),
                ArmObservation.Sines => (sin1, sin2),
                ArmObservation.Direction1 => (cos1, sin1),
                ArmObservation.Direction2 => (cos2, sin2),
                ArmObservation.Angles => (state[0], q2),
                ArmObservation.Velocities => (state[2], v2),
                ArmObservation.Tip => (tipX, tipY),
                ArmObservation.Goal => (goalX, goalY),
                ArmObservation.TipFromGoal => (tipX - goalX, tipY - goalY),
                _ => (goalX - tipX, goalY - tipY),
            };
        }
    }

    /// <summary>The equation of motion of a task.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ArmModel<T> Model<T>(ReadOnlySpan<T> task) where T : struct, IReal<T>
    {
        T l1 = Get(task, ArmParameter.Length1), l2 = Get(task, ArmParameter.Length2);
        T m1 = Get(task, ArmParameter.Mass1), m2 = Get(task, ArmParameter.Mass2), load = Get(task, ArmParameter.Payload);
        T c1 = Get(task, ArmParameter.Centre1), c2 = Get(task, ArmParameter.Centre2), gravity = Get(task, ArmParameter.Gravity);
        T moment2 = m2 * c2 + load * l2;
        T delta = Get(task, ArmParameter.Inertia2) + m2 * c2 * c2 + load * l2 * l2;
        return new ArmModel<T>(
            Alpha: Get(task, ArmParameter.Inertia1) + m1 * c1 * c1 + (m2 + load) * l1 * l1 + delta,
            Beta: moment2 * l1, delta,
            Get(task, ArmParameter.Armature1), Get(task, ArmParameter.Armature2),
            Weight1: gravity * (m1 * c1 + (m2 + load) * l1), Weight2: gravity * moment2,
            Get(task, ArmParameter.Damping1), Get(task, ArmParameter.Damping2),
            Get(task, ArmParameter.Coulomb1), Get(task, ArmParameter.Coulomb2), T.Of(1 / design.CoulombWidth)) { Terms = terms };
    }

    /// <summary>Position of the tip, m.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T X, T Y) Tip<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state) where T : struct, IReal<T>
    {
        T l1 = Get(task, ArmParameter.Length1), l2 = Get(task, ArmParameter.Length2);
        (T sin1, T cos1) = T.SinCos(state[0]);
        (T sin12, T cos12) = T.SinCos(state[0] + state[1]);
        return design.ZeroIsDown
            ? (l1 * sin1 + l2 * sin12, -(l1 * cos1 + l2 * cos12))
            : (l1 * cos1 + l2 * cos12, l1 * sin1 + l2 * sin12);
    }

    internal double Number(ReadOnlySpan<double> task, ArmParameter parameter)
    {
        Span<Scalar> row = stackalloc Scalar[task.Length];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        return Get<Scalar>(row, parameter).Value;
    }

    private string? FlawOf(ReadOnlySpan<double> task)
    {
        if (parameters.FlawOf(task) is { } flaw) return flaw;
        Span<Scalar> row = stackalloc Scalar[task.Length];
        for (int i = 0; i < row.Length; i++) row[i] = new(task[i]);
        ArmModel<Scalar> model = Model<Scalar>(row);
        // The determinant of the mass matrix is concave in the cosine of the elbow's angle, so it is least for a stretched or a folded arm.
        return HasInertia(model, -1) && HasInertia(model, 1) ? null : "a joint has no mass or inertia to turn";
    }

    /// <summary>Whether the mass matrix is positive definite by more than the rounding errors of single precision.</summary>
    private static bool HasInertia(ArmModel<Scalar> model, double cos2)
    {
        const double Rounding = 1e-6;
        (Scalar m11, Scalar m12, Scalar m22) = model.MassMatrix(new(cos2));
        return m22.Value > 0 && m11.Value * m22.Value - m12.Value * m12.Value > Rounding * m11.Value * m22.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Transition<T> Outcome<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, T effort) where T : struct, IReal<T>
    {
        (T tipX, T tipY) = Tip(task, state);
        T radius = T.Of(design.RewardRadius), one = T.Of(1), zero = T.Of(0);
        Mask<T> isUp = double.IsFinite(design.TerminalHeight) ? tipY > T.Of(design.TerminalHeight) : Mask<T>.None;
        T distance = Real.Hypot(tipX - Get(task, ArmParameter.GoalX), tipY - Get(task, ArmParameter.GoalY));
        T reward = design.Reward switch
        {
            ArmReward.Distance => -distance,
            ArmReward.Closeness => T.Exp(-(distance * distance)),
            ArmReward.Success => (distance > radius).Select(zero, one),
            ArmReward.Tolerance => Tolerance.Gaussian(distance, radius, radius),
            ArmReward.StepsToHeight => isUp.Select(zero, -one),
            _ => throw new ArgumentOutOfRangeException(nameof(state)),
        };
        return new(design.ControlWeight > 0 ? reward - T.Of(design.ControlWeight) * effort : reward, isUp);
    }

    /// <summary>Stops the joints at their limits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ArmState<T> StopAtLimits<T>(ArmState<T> state) where T : struct, IReal<T>
    {
        if (double.IsFinite(design.JointLimits.First))
        {
            (T angle, T velocity) = Stopped(state.Q1, state.V1, design.JointLimits.First);
            state = state with { Q1 = angle, V1 = velocity };
        }
        if (double.IsFinite(design.JointLimits.Second))
        {
            (T angle, T velocity) = Stopped(state.Q2, state.V2, design.JointLimits.Second);
            state = state with { Q2 = angle, V2 = velocity };
        }
        return state;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (T Angle, T Velocity) Stopped<T>(T angle, T velocity, double limit) where T : struct, IReal<T> =>
        (Real.Clamp(angle, T.Of(-limit), T.Of(limit)), (T.Abs(angle) > T.Of(limit)).Select(T.Of(0), velocity));

    private static T Limit<T>(T value, double limit) where T : struct, IReal<T> =>
        double.IsInfinity(limit) ? value : Real.Clamp(value, T.Of(-limit), T.Of(limit));

    private static T Spread<T>(double half, T uniform) where T : struct, IReal<T> => T.Of(2 * half) * (uniform - T.Of(0.5));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Get<T>(ReadOnlySpan<T> task, ArmParameter parameter) where T : struct, IReal<T> => parameters.Get(task, (int)parameter);
}

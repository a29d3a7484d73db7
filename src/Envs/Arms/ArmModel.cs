using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>Angles and angular velocities of both joints, rad and rad/s. Those of the second are relative to the first link.</summary>
public readonly record struct ArmState<T>(T Q1, T Q2, T V1, T V2) where T : struct, IReal<T>;

/// <summary>
/// The planar two-link manipulator M(q) q'' + C(q, q') q' + N(q) + D q' + F tanh(q' / width) = tau, in the notation of
/// Murray, Li and Sastry 1994, section 4.2.3, with rotor inertia on the joints and a point load at the tip.
/// </summary>
/// <param name="Alpha">Constant part of the first diagonal element of M, kg m^2</param>
/// <param name="Beta">Coupling between the links, kg m^2</param>
/// <param name="Delta">Inertia of the second link about its joint, kg m^2</param>
/// <param name="Armature1">Rotor inertia of joint 1, kg m^2</param>
/// <param name="Weight1">Largest gravity torque about joint 1 of link 1, with link 2 and load as points at joint 2, N m</param>
/// <param name="Weight2">Largest gravity torque about joint 2 of link 2 and load, N m</param>
/// <param name="Damping1">Viscous friction of joint 1, N m s/rad</param>
/// <param name="Coulomb1">Coulomb friction of joint 1, N m</param>
/// <param name="InverseWidth">1 / <see cref="ArmDesign.CoulombWidth"/>, s/rad</param>
public readonly record struct ArmModel<T>(
    T Alpha, T Beta, T Delta, T Armature1, T Armature2, T Weight1, T Weight2,
    T Damping1, T Damping2, T Coulomb1, T Coulomb2, T InverseWidth) where T : struct, IReal<T>
{
    /// <summary>Which terms the equation has, and where angles are zero. They are the same for every environment of a family.</summary>
    public required ArmTerms Terms { get; init; }

    /// <summary>The mass matrix, which is symmetric.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T M11, T M12, T M22) MassMatrix(T cos2)
    {
        T coupling = Beta * cos2;
        return (Alpha + Armature1 + coupling + coupling, Delta + coupling, Delta + Armature2);
    }

    /// <summary>The Coriolis matrix for which M' - 2C is skew-symmetric. Its last element is zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T C11, T C12, T C21) CoriolisMatrix(T sin2, T v1, T v2)
    {
        T h = Beta * sin2;
        return (-(h * v2), -(h * (v1 + v2)), h * v1);
    }

    /// <summary>Kinetic and potential energy, J.</summary>
    public T Energy(ArmState<T> state)
    {
        (T m11, T m12, T m22) = MassMatrix(T.Cos(state.Q2));
        T kinetic = T.Of(0.5) * (m11 * state.V1 * state.V1 + m22 * state.V2 * state.V2) + m12 * state.V1 * state.V2;
        (T _, T up1) = Direction(T.SinCos(state.Q1));
        (T _, T up12) = Direction(T.SinCos(state.Q1 + state.Q2));
        return kinetic + Weight1 * up1 + Weight2 * up12;
    }

    /// <summary>Angular accelerations under given torques, rad/s^2.</summary>
    /// <param name="implicitStep">If not zero, friction is that at the velocity after a step of this length, to first order.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T A1, T A2) Acceleration(ArmState<T> state, T torque1, T torque2, double implicitStep)
    {
        (T sin2, T cos2) = T.SinCos(state.Q2);
        (T m11, T m12, T m22) = MassMatrix(cos2);
        (T c11, T c12, T c21) = CoriolisMatrix(sin2, state.V1, state.V2);
        T force1 = torque1 - c11 * state.V1 - c12 * state.V2 - Damping1 * state.V1;
        T force2 = torque2 - c21 * state.V1 - Damping2 * state.V2;
        if (implicitStep > 0)
        {
            m11 += T.Of(implicitStep) * Damping1;
            m22 += T.Of(implicitStep) * Damping2;
        }
        if (Terms.HasCoulomb)
        {
            (T friction1, T stiffness1) = DryFriction(Coulomb1, state.V1);
            (T friction2, T stiffness2) = DryFriction(Coulomb2, state.V2);
            (force1, force2) = (force1 - friction1, force2 - friction2);
            (m11, m22) = (m11 + T.Of(implicitStep) * stiffness1, m22 + T.Of(implicitStep) * stiffness2);
        }
        if (Terms.HasGravity)
        {
            (T down1, T down2) = Gravity(state.Q1, sin2, cos2);
            (force1, force2) = (force1 - down1, force2 - down2);
        }
        T inverse = T.Of(1) / (m11 * m22 - m12 * m12);
        return ((m22 * force1 - m12 * force2) * inverse, (m11 * force2 - m12 * force1) * inverse);
    }

    // Rare terms are methods that are not inlined. Otherwise the compiler would stop inlining the common ones.
    /// <summary>Smoothed Coulomb friction, and its derivative with respect to the velocity.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (T Torque, T Slope) DryFriction(T coulomb, T velocity)
    {
        T slip = T.Tanh(velocity * InverseWidth);
        return (coulomb * slip, coulomb * InverseWidth * (T.Of(1) - slip * slip));
    }

    /// <summary>Torques of gravity, N(q).</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (T Torque1, T Torque2) Gravity(T q1, T sin2, T cos2)
    {
        (T sin1, T cos1) = T.SinCos(q1);
        (T along1, T _) = Direction((sin1, cos1));
        (T along12, T _) = Direction((sin1 * cos2 + cos1 * sin2, cos1 * cos2 - sin1 * sin2));
        T load = Weight2 * along12;
        return (Weight1 * along1 + load, load);
    }

    /// <summary>The direction in which a link with this angle points: (along x, up).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (T X, T Y) Direction((T Sin, T Cos) angle) => Terms.ZeroIsDown ? (angle.Sin, -angle.Cos) : (angle.Cos, angle.Sin);
}

/// <summary>The terms of the equation of motion that a family has.</summary>
public readonly record struct ArmTerms(bool HasGravity, bool HasCoulomb, bool ZeroIsDown);

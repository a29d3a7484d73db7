using System.Runtime.CompilerServices;

namespace MamlRobotics.Envs;

/// <summary>One integration step of the arm under constant torques.</summary>
public static class ArmIntegration
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ArmState<T> Step<T>(ArmIntegrator integrator, in ArmModel<T> model, ArmState<T> state, T torque1, T torque2, double step)
        where T : struct, IReal<T> => integrator switch
        {
            ArmIntegrator.SemiImplicitEuler => Euler(model, state, torque1, torque2, step, implicitStep: 0),
            ArmIntegrator.ImplicitFriction => Euler(model, state, torque1, torque2, step, implicitStep: step),
            ArmIntegrator.RungeKutta4 => RungeKutta(model, state, torque1, torque2, step),
            _ => throw new ArgumentOutOfRangeException(nameof(integrator)),
        };

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArmState<T> Euler<T>(in ArmModel<T> model, ArmState<T> state, T torque1, T torque2, double step, double implicitStep)
        where T : struct, IReal<T>
    {
        T h = T.Of(step);
        (T a1, T a2) = model.Acceleration(state, torque1, torque2, implicitStep);
        T v1 = state.V1 + h * a1, v2 = state.V2 + h * a2;
        return new(state.Q1 + h * v1, state.Q2 + h * v2, v1, v2);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ArmState<T> RungeKutta<T>(in ArmModel<T> model, ArmState<T> state, T torque1, T torque2, double step)
        where T : struct, IReal<T>
    {
        T third = T.Of(step / 3), sixth = T.Of(step / 6);
        ArmState<T> at = state, sum = state;
        for (int stage = 0; stage < 4; stage++)
        {
            (T a1, T a2) = model.Acceleration(at, torque1, torque2, implicitStep: 0);
            T weight = stage is 0 or 3 ? sixth : third;
            sum = new(sum.Q1 + weight * at.V1, sum.Q2 + weight * at.V2, sum.V1 + weight * a1, sum.V2 + weight * a2);
            T h = T.Of(stage < 2 ? step / 2 : step);
            at = new(state.Q1 + h * at.V1, state.Q2 + h * at.V2, state.V1 + h * a1, state.V2 + h * a2);
        }
        return sum;
    }
}

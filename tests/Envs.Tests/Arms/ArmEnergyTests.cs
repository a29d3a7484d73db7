namespace MamlRobotics.Envs.Tests;

public class ArmEnergyTests
{
    private static readonly ArmState<Scalar> Start = Arm.State(1, 0.5, 0.3, -0.6);

    [Theory]
    [InlineData(ArmIntegrator.SemiImplicitEuler, 1)]
    [InlineData(ArmIntegrator.ImplicitFriction, 1)]
    [InlineData(ArmIntegrator.RungeKutta4, 4)]
    public void Halving_the_step_divides_the_error_as_the_order_says(ArmIntegrator integrator, int order)
    {
        ArmModel<Scalar> model = Arm.Model(false, (ArmParameter.Damping1, 0.4), (ArmParameter.Damping2, 0.1));
        ArmState<Scalar> exact = Arm.Simulate(model, Start, ArmIntegrator.RungeKutta4, 1e-4, 0.5, 0.3, -0.1);
        double coarse = order == 4 ? 0.02 : 0.002;
        double Error(double step) => Arm.Distance(exact, Arm.Simulate(model, Start, integrator, step, 0.5, 0.3, -0.1));
        Assert.Equal(order, Math.Log2(Error(coarse) / Error(coarse / 2)), tolerance: 0.2);
    }

    [Theory]
    [InlineData(ArmIntegrator.SemiImplicitEuler, 1e-4, 0.9, 1.1)]
    [InlineData(ArmIntegrator.RungeKutta4, 0.01, 4, 5)]
    public void The_energy_of_a_free_arm_drifts_by_the_order_of_the_step(ArmIntegrator integrator, double step, double low, double high)
    {
        ArmModel<Scalar> model = Arm.Model();
        double Drift(double step)
        {
            ArmState<Scalar> end = Arm.Simulate(model, Start, integrator, step, 2);
            return Math.Abs(Arm.Energy(model, end) - Arm.Energy(model, Start));
        }
        Assert.InRange(Math.Log2(Drift(step) / Drift(step / 2)), low - 0.1, high + 0.2);
    }

    [Fact]
    public void Energy_changes_by_the_work_of_torques_less_that_of_friction()
    {
        const double Torque1 = 1.2, Torque2 = -0.7, Step = 1e-3;
        ArmModel<Scalar> model = Arm.Model(false,
            (ArmParameter.Damping1, 0.4), (ArmParameter.Damping2, 0.2), (ArmParameter.Coulomb1, 0.3), (ArmParameter.Coulomb2, 0.1));
        double Power(ArmState<Scalar> state)
        {
            (double v1, double v2) = (state.V1.Value, state.V2.Value);
            return v1 * (Torque1 - 0.4 * v1 - 0.3 * Math.Tanh(v1 / 0.1)) + v2 * (Torque2 - 0.2 * v2 - 0.1 * Math.Tanh(v2 / 0.1));
        }
        ArmState<Scalar> state = Start;
        double work = 0;
        for (int i = 0; i < 1000; i++)
        {
            ArmState<Scalar> middle = ArmIntegration.Step(ArmIntegrator.RungeKutta4, model, state, new(Torque1), new(Torque2), Step);
            ArmState<Scalar> next = ArmIntegration.Step(ArmIntegrator.RungeKutta4, model, middle, new(Torque1), new(Torque2), Step);
            // Simpson's rule over the two steps.
            work += Step / 3 * (Power(state) + 4 * Power(middle) + Power(next));
            state = next;
        }
        Assert.Equal(work, Arm.Energy(model, state) - Arm.Energy(model, Start), tolerance: 1e-7);
        Assert.True(Math.Abs(work) > 0.1);
    }

    [Fact]
    public void Stiff_friction_stays_stable_where_the_explicit_step_does_not()
    {
        ArmModel<Scalar> stiff = Arm.Model(
            false, (ArmParameter.Gravity, 0), (ArmParameter.Damping1, 50), (ArmParameter.Damping2, 50), (ArmParameter.Coulomb2, 5));
        ArmState<Scalar> slowed = Arm.Simulate(stiff, Start, ArmIntegrator.ImplicitFriction, 0.05, 5);
        Assert.True(Math.Abs(slowed.V1.Value) + Math.Abs(slowed.V2.Value) < 1e-3);
        ArmState<Scalar> lost = Arm.Simulate(stiff, Start, ArmIntegrator.SemiImplicitEuler, 0.05, 5);
        Assert.False(Math.Abs(lost.V1.Value) < 1);
    }
}

using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.OdeSolvers;

namespace MamlRobotics.Envs.Tests;

public class ManipulatorEquationTests
{
    private static readonly RandomStream Random = RandomStream.FromSeed(21);

    [Fact]
    public void The_mass_matrix_is_positive_definite_for_any_masses_and_pose()
    {
        for (int sample = 0; sample < 2000; sample++)
        {
            double Draw(int index, double low, double high) => low + (high - low) * Random.Uniform(20 * sample + index);
            ArmModel<Scalar> model = Arm.Model(false,
                (ArmParameter.Length1, Draw(0, 0.05, 3)), (ArmParameter.Length2, Draw(1, 0.05, 3)),
                (ArmParameter.Mass1, Draw(2, 0.01, 20)), (ArmParameter.Mass2, Draw(3, 0.01, 20)),
                (ArmParameter.Centre1, Draw(4, 0, 3)), (ArmParameter.Centre2, Draw(5, 0, 3)),
                (ArmParameter.Inertia1, Draw(6, 1e-4, 2)), (ArmParameter.Inertia2, Draw(7, 1e-4, 2)),
                (ArmParameter.Payload, Draw(8, 0, 10)));
            (Scalar m11, Scalar m12, Scalar m22) = model.MassMatrix(new(Math.Cos(Draw(9, -4, 4))));
            Assert.True(m11.Value > 0 && m22.Value > 0);
            Assert.True(m11.Value * m22.Value - m12.Value * m12.Value > 0);
        }
    }

    [Fact]
    public void The_rate_of_the_mass_matrix_less_twice_the_coriolis_matrix_is_skew()
    {
        ArmModel<Scalar> model = Arm.Model();
        for (int sample = 0; sample < 100; sample++)
        {
            double q2 = 6 * Random.Uniform(3 * sample);
            double v1 = Random.Uniform(3 * sample + 1) - 0.5, v2 = Random.Uniform(3 * sample + 2) - 0.5;
            const double Step = 1e-5;
            (Scalar a11, Scalar a12, Scalar a22) = model.MassMatrix(new(Math.Cos(q2 + Step * v2)));
            (Scalar b11, Scalar b12, Scalar b22) = model.MassMatrix(new(Math.Cos(q2 - Step * v2)));
            (Scalar c11, Scalar c12, Scalar c21) = model.CoriolisMatrix(new(Math.Sin(q2)), new(v1), new(v2));
            double Rate(Scalar after, Scalar before) => (after.Value - before.Value) / (2 * Step);
            Assert.Equal(0, Rate(a11, b11) - 2 * c11.Value, tolerance: 1e-9);
            Assert.Equal(0, Rate(a22, b22), tolerance: 1e-9);
            Assert.Equal(0, Rate(a12, b12) - 2 * c12.Value + Rate(a12, b12) - 2 * c21.Value, tolerance: 1e-9);
        }
    }

    [Fact]
    public void The_acceleration_solves_the_manipulator_equation()
    {
        ArmModel<Scalar> model = Arm.Model(false,
            (ArmParameter.Damping1, 0.3), (ArmParameter.Damping2, 0.2), (ArmParameter.Coulomb1, 0.4), (ArmParameter.Coulomb2, 0.1),
            (ArmParameter.Armature1, 0.05));
        (double q1, double q2, double v1, double v2) = (0.4, -1.1, 0.7, -0.3);
        (Scalar a1, Scalar a2) = model.Acceleration(Arm.State(q1, q2, v1, v2), new(1.5), new(-0.8), implicitStep: 0);
        (Scalar m11, Scalar m12, Scalar m22) = model.MassMatrix(new(Math.Cos(q2)));
        (Scalar c11, Scalar c12, Scalar c21) = model.CoriolisMatrix(new(Math.Sin(q2)), new(v1), new(v2));
        double down2 = model.Weight2.Value * Math.Cos(q1 + q2), down1 = model.Weight1.Value * Math.Cos(q1) + down2;
        Matrix<double> mass = Matrix<double>.Build.DenseOfArray(new[,] { { m11.Value, m12.Value }, { m12.Value, m22.Value } });
        Vector<double> force = Vector<double>.Build.Dense(
        [
            1.5 - c11.Value * v1 - c12.Value * v2 - down1 - 0.3 * v1 - 0.4 * Math.Tanh(v1 / 0.1),
            -0.8 - c21.Value * v1 - down2 - 0.2 * v2 - 0.1 * Math.Tanh(v2 / 0.1),
        ]);
        Vector<double> expected = mass.Solve(force);
        Assert.Equal(expected[0], a1.Value, tolerance: 1e-12);
        Assert.Equal(expected[1], a2.Value, tolerance: 1e-12);
    }

    [Fact]
    public void Small_steps_follow_MathNets_solver_of_the_books_acrobot_equations()
    {
        ArmModel<Scalar> model = Arm.Model(zeroIsDown: true, [.. AcrobotTests.Parameters]);
        ArmState<Scalar> end = Arm.Simulate(
            model, Arm.State(1, 0.5, 0.2, -0.4), ArmIntegrator.SemiImplicitEuler, 1e-5, duration: 1, torque2: 0.7);
        const int Points = 2001;
        Vector<double> Rates(double time, Vector<double> y) => Vector<double>.Build.Dense(AcrobotTests.BookEquations(y.AsArray(), 0.7));
        Vector<double> start = Vector<double>.Build.Dense([1, 0.5, 0.2, -0.4]);
        Vector<double> expected = RungeKutta.FourthOrder(start, 0, 1, Points, Rates)[^1];
        for (int i = 0; i < 4; i++) Assert.Equal(expected[i], Arm.Values(end)[i], tolerance: 1e-4);
    }

    [Fact]
    public void One_link_swings_with_the_elliptic_integrals_period()
    {
        // Rotor inertia beyond measure holds joint 2 straight.
        ArmModel<Scalar> model = Arm.Model(zeroIsDown: true, (ArmParameter.Armature2, 1e12));
        (Scalar inertia, _, _) = model.MassMatrix(new(1));
        const double Amplitude = 2.0, Step = 1e-4;
        double torque = model.Weight1.Value + model.Weight2.Value;
        // Quarter period: K(sin(A/2)) sqrt(I / m g l), K by the arithmetic-geometric mean.
        double mean = 1, geometric = Math.Cos(Amplitude / 2);
        for (int i = 0; i < 10; i++) (mean, geometric) = ((mean + geometric) / 2, Math.Sqrt(mean * geometric));
        double quarter = Math.PI / (2 * mean) * Math.Sqrt(inertia.Value / torque);

        ArmState<Scalar> state = Arm.State(Amplitude, 0, 0, 0), before = state;
        int steps = 0;
        for (; state.Q1.Value > 0; steps++)
        {
            before = state;
            state = ArmIntegration.Step(ArmIntegrator.RungeKutta4, model, state, new(0), new(0), Step);
        }
        double crossing = (steps - 1 + before.Q1.Value / (before.Q1.Value - state.Q1.Value)) * Step;
        Assert.Equal(quarter, crossing, tolerance: 1e-8);
    }

    [Fact]
    public void Turning_the_base_turns_the_tip_and_nothing_else()
    {
        ArmModel<Scalar> model = Arm.Model(false, (ArmParameter.Gravity, 0), (ArmParameter.Damping1, 0.1));
        ArmState<Scalar> plain = Arm.Simulate(model, Arm.State(0.3, 0.9, 1, -2), ArmIntegrator.RungeKutta4, 0.01, 3, 0.5, -0.2);
        ArmState<Scalar> turned = Arm.Simulate(model, Arm.State(1.3, 0.9, 1, -2), ArmIntegrator.RungeKutta4, 0.01, 3, 0.5, -0.2);
        Assert.Equal(0, Arm.Distance(plain with { Q1 = new(plain.Q1.Value + 1) }, turned), tolerance: 1e-10);
    }
}

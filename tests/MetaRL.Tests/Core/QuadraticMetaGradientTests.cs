using MathNet.Numerics.LinearAlgebra;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Tasks whose loss is 1/2 (phi - c)' A (phi - c), before and after the inner step: everything has a closed form.
/// With one inner step of sizes a, phi = theta - a * A (theta - c).
/// </summary>
public class QuadraticMetaGradientTests
{
    private const int Size = 3, TaskCount = 4;
    private static readonly Matrix<double>[] Curvatures = [.. Enumerable.Range(0, TaskCount).Select(Curvature)];
    private static readonly Vector<double>[] Centres = [.. Enumerable.Range(0, TaskCount).Select(n => Numbers(100 + n))];
    private static readonly Vector<double> Theta = Numbers(7);

    [Fact]
    public void Maml_multiplies_the_query_gradient_by_the_jacobian_of_the_inner_step()
    {
        const double Alpha = 0.3;
        Vector<double> expected = Mean(n =>
            (Matrix<double>.Build.DenseIdentity(Size) - Alpha * Curvatures[n]) * Curvatures[n] * (Adapted(n, Alpha, steps: 1) - Centres[n]));
        AssertClose(expected, MetaGradient(Fixed(Alpha), Theta, firstOrder: false, steps: 1));
    }

    [Fact]
    public void Two_inner_steps_multiply_two_jacobians()
    {
        const double Alpha = 0.2;
        Vector<double> expected = Mean(n =>
        {
            Matrix<double> jacobian = Matrix<double>.Build.DenseIdentity(Size) - Alpha * Curvatures[n];
            return jacobian * jacobian * Curvatures[n] * (Adapted(n, Alpha, steps: 2) - Centres[n]);
        });
        AssertClose(expected, MetaGradient(Fixed(Alpha), Theta, firstOrder: false, steps: 2));
    }

    [Fact]
    public void First_order_maml_takes_the_query_gradient_as_it_is()
    {
        const double Alpha = 0.3;
        AssertClose(
            Mean(n => Curvatures[n] * (Adapted(n, Alpha, steps: 1) - Centres[n])),
            MetaGradient(Fixed(Alpha), Theta, firstOrder: true, steps: 1));
    }

    [Fact]
    public void Two_first_order_steps_take_the_query_gradient_after_both()
    {
        const double Alpha = 0.2;
        AssertClose(
            Mean(n => Curvatures[n] * (Adapted(n, Alpha, steps: 2) - Centres[n])),
            MetaGradient(Fixed(Alpha), Theta, firstOrder: true, steps: 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Meta_sgd_also_differentiates_with_respect_to_the_step_sizes(bool firstOrder)
    {
        Vector<double> rates = 0.1 * Numbers(9).PointwiseAbs();
        Vector<double> expectedTheta = Vector<double>.Build.Dense(Size), expectedRates = Vector<double>.Build.Dense(Size);
        for (int n = 0; n < TaskCount; n++)
        {
            Vector<double> inner = Curvatures[n] * (Theta - Centres[n]);
            Vector<double> query = Curvatures[n] * (Theta - rates.PointwiseMultiply(inner) - Centres[n]);
            Matrix<double> jacobian = Matrix<double>.Build.DenseIdentity(Size) - Matrix<double>.Build.DenseOfDiagonalVector(rates) * Curvatures[n];
            expectedTheta += (firstOrder ? query : jacobian.Transpose() * query) / TaskCount;
            expectedRates -= inner.PointwiseMultiply(query) / TaskCount;
        }
        var layout = new MetaLayout(Size, [0.1], LearnedStepSizes.PerParameter, InnerSteps: 1);
        Vector<double> gradient = MetaGradient(layout, Vector<double>.Build.DenseOfEnumerable(Theta.Concat(rates)), firstOrder, steps: 1);
        AssertClose(Vector<double>.Build.DenseOfEnumerable(expectedTheta.Concat(expectedRates)), gradient);
    }

    [Fact]
    public void Step_sizes_per_step_are_used_in_order_and_the_last_one_further_on()
    {
        var layout = new MetaLayout(1, [0.5, 0.25], LearnedStepSizes.PerStep, InnerSteps: 2);
        using Tensor meta = tensor(layout.Start([9f]));
        double[] rates = [.. Enumerable.Range(0, 3).Select(step => layout.StepSize(meta, step).ReadNumber())];
        Assert.Equal([0.5, 0.25, 0.25], rates);
    }

    private static MetaLayout Fixed(double alpha) => new(Size, [alpha], LearnedStepSizes.None, InnerSteps: 1);

    private static Vector<double> MetaGradient(MetaLayout layout, Vector<double> meta, bool firstOrder, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor curvatures = stack([.. Curvatures.Select(a => tensor(a.ToRowMajorArray(), [Size, Size]))]);
        Tensor centres = stack([.. Centres.Select(c => tensor(c.ToArray()))]);
        Tensor leaf = tensor(meta.ToArray(), requires_grad: true);
        var loop = new InnerLoop(layout, firstOrder);
        Tensor phi = layout.Initial(leaf, TaskCount);
        for (int step = 0; step < steps; step++) phi = loop.Step(leaf, phi, Losses(phi), step, differentiable: true);
        Tensor gradient = autograd.grad([Losses(phi).mean()], [leaf])[0];
        return Vector<double>.Build.Dense(gradient.data<double>().ToArray());

        Tensor Losses(Tensor parameters)
        {
            Tensor offset = (parameters - centres).unsqueeze(2);
            return (offset * curvatures.bmm(offset)).sum([1, 2]) * Number(0.5);
        }
    }

    private static Vector<double> Adapted(int n, double alpha, int steps)
    {
        Vector<double> phi = Theta;
        for (int step = 0; step < steps; step++) phi -= alpha * Curvatures[n] * (phi - Centres[n]);
        return phi;
    }

    private static Vector<double> Mean(Func<int, Vector<double>> value) =>
        Enumerable.Range(0, TaskCount).Select(value).Aggregate((left, right) => left + right) / TaskCount;

    private static Matrix<double> Curvature(int n)
    {
        Matrix<double> root = Matrix<double>.Build.DenseOfColumnVectors(Numbers(10 * n), Numbers(10 * n + 1), Numbers(10 * n + 2));
        return root * root.Transpose();
    }

    private static Vector<double> Numbers(int seed) =>
        Vector<double>.Build.Dense(Size, i => 2 * Envs.RandomStream.FromSeed(seed).Uniform(i) - 1);

    private static void AssertClose(Vector<double> expected, Vector<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.True((expected - actual).L2Norm() <= 1e-12 * expected.L2Norm(), $"expected {expected} but got {actual}");
    }
}

using MathNet.Numerics.LinearAlgebra;
using static MamlRobotics.MetaRL.Tests.Quadratics;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// The loss of a task is 1/2 (phi - c)' A (phi - c), before and after the inner step, so everything has a closed form.
/// With one inner step of sizes a, phi = theta - a * A (theta - c).
/// </summary>
public class QuadraticMetaGradientTests
{
    [Fact]
    public void Maml_multiplies_the_query_gradient_by_the_jacobian_of_the_inner_step()
    {
        const double Alpha = 0.3;
        Vector<double> expected = Mean(n =>
        {
            Matrix<double> jacobian = Matrix<double>.Build.DenseIdentity(Dimensions) - Alpha * Curvatures[n];
            return jacobian * Curvatures[n] * (Adapted(n, Alpha, steps: 1) - Centres[n]);
        });
        AssertClose(expected, MetaGradient(new Maml(), [Alpha], steps: 1));
    }

    [Fact]
    public void Two_inner_steps_multiply_two_jacobians()
    {
        const double Alpha = 0.2;
        Vector<double> expected = Mean(n =>
        {
            Matrix<double> jacobian = Matrix<double>.Build.DenseIdentity(Dimensions) - Alpha * Curvatures[n];
            return jacobian * jacobian * Curvatures[n] * (Adapted(n, Alpha, steps: 2) - Centres[n]);
        });
        AssertClose(expected, MetaGradient(new Maml(), [Alpha], steps: 2));
    }

    [Fact]
    public void First_order_maml_takes_the_query_gradient_as_it_is()
    {
        const double Alpha = 0.3;
        AssertClose(
            Mean(n => Curvatures[n] * (Adapted(n, Alpha, steps: 1) - Centres[n])),
            MetaGradient(new Maml { FirstOrder = true }, [Alpha], steps: 1));
    }

    [Fact]
    public void Two_first_order_steps_take_the_query_gradient_after_both()
    {
        const double Alpha = 0.2;
        AssertClose(
            Mean(n => Curvatures[n] * (Adapted(n, Alpha, steps: 2) - Centres[n])),
            MetaGradient(new Maml { FirstOrder = true }, [Alpha], steps: 2));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Meta_sgd_also_differentiates_with_respect_to_the_step_sizes(bool firstOrder)
    {
        Vector<double> rates = 0.1 * Numbers(9).PointwiseAbs();
        Vector<double> expectedTheta = Vector<double>.Build.Dense(Dimensions), expectedRates = Vector<double>.Build.Dense(Dimensions);
        for (int n = 0; n < TaskCount; n++)
        {
            Vector<double> inner = Curvatures[n] * (Theta - Centres[n]);
            Vector<double> query = Curvatures[n] * (Theta - rates.PointwiseMultiply(inner) - Centres[n]);
            Matrix<double> sizes = Matrix<double>.Build.DenseOfDiagonalVector(rates);
            Matrix<double> jacobian = Matrix<double>.Build.DenseIdentity(Dimensions) - sizes * Curvatures[n];
            expectedTheta += (firstOrder ? query : jacobian.Transpose() * query) / TaskCount;
            expectedRates -= inner.PointwiseMultiply(query) / TaskCount;
        }
        var recipe = new Maml { LearnedStepSizes = LearnedStepSizes.PerParameter, FirstOrder = firstOrder };
        Vector<double> gradient = MetaGradient(recipe, [0.1], steps: 1, Vector<double>.Build.DenseOfEnumerable(Theta.Concat(rates)));
        AssertClose(Vector<double>.Build.DenseOfEnumerable(expectedTheta.Concat(expectedRates)), gradient);
    }

    /// <summary>Theta and the first step sizes see the models after one step, the second step sizes those after two.</summary>
    [Fact]
    public void Steps_that_are_learned_apart_are_differentiated_one_by_one()
    {
        const double Alpha = 0.2;
        Vector<double> Descent(int n, int steps) => Curvatures[n] * (Adapted(n, Alpha, steps) - Centres[n]);
        Vector<double> theta = 0.25 * Mean(n => Descent(n, 1) - Alpha * Curvatures[n] * Descent(n, 1));
        Vector<double> first = -0.25 * Mean(n => Descent(n, 0).PointwiseMultiply(Descent(n, 1)));
        Vector<double> second = -0.75 * Mean(n => Descent(n, 1).PointwiseMultiply(Descent(n, 2)));
        var recipe = new Maml { LearnedStepSizes = LearnedStepSizes.PerStep, StepWeights = [1, 3] };
        using DisposeScope scope = NewDisposeScope();
        (Composition composition, MetaObjective<QuadraticSamples> whole) = Compose(recipe, [Alpha], steps: 2);
        MetaObjective<QuadraticSamples> apart = whole with { StepsApart = true };
        Tensor meta = Flat(whole.Adaptation.Layout, Theta);
        (MetaValue value, Tensor gradient) = composition.Gradient.Differentiate(apart, meta, Batches(2));
        AssertClose(Vector<double>.Build.DenseOfEnumerable(theta.Concat(first).Concat(second)), Read(gradient), tolerance: 1e-7);
        double loss = whole.Evaluate(meta, Batches(2), differentiable: false).Loss.item<double>();
        Assert.Equal(loss, value.Loss.item<double>(), tolerance: 1e-12);
    }

    [Fact]
    public void Step_sizes_per_step_are_used_in_order_and_the_last_one_further_on()
    {
        var sizes = new StepSizes(ParameterCount: 1, [0.5, 0.25], LearnedStepSizes.PerStep, InnerSteps: 2);
        var layout = new MetaLayout(1, [.. sizes.Blocks]);
        using Tensor meta = tensor(layout.Start([9f]));
        double[] rates = [.. Enumerable.Range(0, 3).Select(step => sizes.Of(layout, meta, step).ReadNumber())];
        Assert.Equal([0.5, 0.25, 0.25], rates);
    }
}

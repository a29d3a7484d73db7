using MathNet.Numerics.LinearAlgebra;
using static MamlRobotics.MetaRL.Tests.Quadratics;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// The loss of a task is 1/2 (phi - c)' A (phi - c), before and after the inner steps. For each recipe, the outer gradient is then the
/// expression of its paper in matrices.
/// </summary>
public class RecipeMetaGradientTests
{
    private const double Alpha = 0.2;

    private static Matrix<double> Identity => Matrix<double>.Build.DenseIdentity(Dimensions);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Fomaml_takes_the_query_gradient_as_it_is(int steps) =>
        AssertClose(Mean(n => QueryGradient(n, Adapted(n, Alpha, steps))), MetaGradient(new FirstOrderMaml(), [Alpha], steps));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Meta_sgd_differentiates_two_steps_with_respect_to_the_sizes_that_they_share(bool firstOrder)
    {
        Vector<double> rates = 0.1 * Numbers(9).PointwiseAbs();
        Vector<double> expected = Mean(n =>
        {
            Matrix<double> jacobian = firstOrder ? Identity : Identity - Matrix<double>.Build.DenseOfDiagonalVector(rates) * Curvatures[n];
            Vector<double> first = QueryGradient(n, Theta), between = Theta - rates.PointwiseMultiply(first);
            Vector<double> second = QueryGradient(n, between);
            Vector<double> query = QueryGradient(n, between - rates.PointwiseMultiply(second)), back = jacobian.Transpose() * query;
            return Joined(jacobian.Transpose() * back, -second.PointwiseMultiply(query) - first.PointwiseMultiply(back));
        });
        AssertClose(expected, MetaGradient(new MetaSgd { FirstOrder = firstOrder }, [0.1], steps: 2, Joined(Theta, rates)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Reptile_moves_theta_towards_the_mean_of_the_adapted_parameters(int steps) =>
        AssertClose(Mean(n => Theta - Adapted(n, Alpha, steps)), MetaGradient(new Reptile(), [Alpha], steps));

    [Fact]
    public void A_difference_of_parameters_leaves_learned_step_sizes_where_they_are()
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<QuadraticSamples> objective = Compose(new MetaSgd(), [Alpha], steps: 2).Objective;
        Tensor meta = Flat(objective.Adaptation.Layout, Joined(Theta, Alpha + 0 * Theta));
        Vector<double> gradient = Read(new ParameterDifference().Differentiate(objective, meta, Batches(2)).Gradient);
        AssertClose(Mean(n => Joined(Theta - Adapted(n, Alpha, steps: 2), 0 * Theta)), gradient);
    }

    /// <summary>Weights go from 1/2 and 1/2 to 0 and 1 in the first half; derivatives of the first order end at a quarter.</summary>
    [Theory]
    [InlineData(0.0, 0.5, true)]
    [InlineData(0.125, 0.375, true)]
    [InlineData(0.25, 0.25, false)]
    [InlineData(0.5, 0.0, false)]
    [InlineData(0.9, 0.0, false)]
    public void Maml_plus_plus_weighs_the_inner_steps_and_takes_derivatives_as_far_as_the_training_has_come(
        double progress, double firstWeight, bool firstOrder)
    {
        Vector<double> one = 0.1 * Numbers(9).PointwiseAbs(), two = 0.2 * Numbers(8).PointwiseAbs();
        Vector<double> expected = Mean(n =>
        {
            Vector<double> first = QueryGradient(n, Theta), between = Theta - one.PointwiseMultiply(first);
            Vector<double> second = QueryGradient(n, between);
            Vector<double> query = (1 - firstWeight) * QueryGradient(n, between - two.PointwiseMultiply(second));
            Vector<double> back = firstWeight * second + Jacobian(n, two).Transpose() * query;
            return Joined(Joined(Jacobian(n, one).Transpose() * back, -first.PointwiseMultiply(back)), -second.PointwiseMultiply(query));
        });
        var recipe = new MamlPlusPlus { MultiStepShare = 0.5, FirstOrderShare = 0.25 };
        AssertClose(expected, MetaGradient(recipe, [0.1], steps: 2, Joined(Joined(Theta, one), two), progress));

        Matrix<double> Jacobian(int n, Vector<double> sizes) =>
            firstOrder ? Identity : Identity - Matrix<double>.Build.DenseOfDiagonalVector(sizes) * Curvatures[n];
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Anil_adapts_the_head_alone(int steps)
    {
        Matrix<double> head = Matrix<double>.Build.DenseOfDiagonalArray([0, 0, 1]);
        Vector<double> expected = Mean(n =>
        {
            Vector<double> phi = Theta;
            for (int step = 0; step < steps; step++) phi -= Alpha * head * QueryGradient(n, phi);
            return (Identity - Alpha * head * Curvatures[n]).Power(steps).Transpose() * QueryGradient(n, phi);
        });
        AssertClose(expected, MetaGradient(new Anil(), [Alpha], steps));
    }

    [Theory]
    [InlineData(0.5, 0, 1)]
    [InlineData(2, 0, 3)]
    [InlineData(2, 5, 3)]
    public void Imaml_solves_with_the_curvature_at_the_adapted_parameters_however_far_they_came(double lambda, double damping, int steps)
    {
        Vector<double> expected = Mean(n =>
        {
            Vector<double> phi = Theta;
            for (int step = 0; step < steps; step++) phi -= Alpha * (QueryGradient(n, phi) + lambda * (phi - Theta));
            return (Identity + Curvatures[n] / (lambda + damping)).Solve(QueryGradient(n, phi));
        });
        // With as many iterations as unknowns, conjugate gradients are exact.
        var recipe = new ImplicitMaml { Lambda = lambda, Damping = damping, SolverIterations = Dimensions };
        AssertClose(expected, MetaGradient(recipe, [Alpha], steps), tolerance: 1e-5);
    }

    [Fact]
    public void Imaml_tends_to_the_gradient_at_the_proximal_point_as_inner_steps_grow()
    {
        const double Lambda = 2;
        Vector<double> expected = Mean(n =>
        {
            Vector<double> proximal = (Curvatures[n] + Lambda * Identity).Solve(Curvatures[n] * Centres[n] + Lambda * Theta);
            return (Identity + Curvatures[n] / Lambda).Solve(QueryGradient(n, proximal));
        });
        var recipe = new ImplicitMaml { Lambda = Lambda, SolverIterations = Dimensions };
        double Error(int steps) => (MetaGradient(recipe, [Alpha], steps) - expected).L2Norm() / expected.L2Norm();
        double[] errors = [.. new[] { 1, 4, 16, 64 }.Select(Error)];
        Assert.True(errors[0] > 1e-2, $"the first step is there already: {errors[0]}");
        Assert.All(errors.Zip(errors[1..]), pair => Assert.True(pair.Second < Math.Max(0.5 * pair.First, 1e-5), string.Join(", ", errors)));
        Assert.True(errors[^1] < 1e-5, string.Join(", ", errors));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cavia_adapts_the_context_from_zero_whatever_the_meta_parameters_hold(int steps)
    {
        const int ContextSize = 2;
        Matrix<double> weights = Matrix<double>.Build.DenseOfRowVectors(Numbers(11), Numbers(12));
        Vector<double> held = Vector<double>.Build.Dense(ContextSize, 0.7), meta = Joined(Joined(Theta, RowMajor(weights)), held);
        Vector<double> expected = Mean(n =>
        {
            // Backwards through z <- z - alpha W A (W' z + theta - c) from the gradient r at theta + W' z.
            var contexts = new List<Vector<double>> { 0 * held };
            Vector<double> GradientAt(Vector<double> context) => QueryGradient(n, Theta + weights.Transpose() * context);
            for (int step = 0; step < steps; step++) contexts.Add(contexts[^1] - Alpha * weights * GradientAt(contexts[^1]));
            Vector<double> query = QueryGradient(n, Theta + weights.Transpose() * contexts[^1]), ofTheta = query, back = weights * query;
            Matrix<double> ofWeights = contexts[^1].OuterProduct(query);
            for (int step = steps - 1; step >= 0; step--)
            {
                Vector<double> pulled = Curvatures[n] * weights.Transpose() * back;
                ofTheta -= Alpha * pulled;
                Matrix<double> change = back.OuterProduct(GradientAt(contexts[step])) + contexts[step].OuterProduct(pulled);
                ofWeights -= Alpha * change;
                back -= Alpha * weights * pulled;
            }
            return Joined(Joined(ofTheta, RowMajor(ofWeights)), 0 * held);
        });
        var recipe = new Cavia { ContextParameters = ContextSize };
        AssertClose(expected, MetaGradient(recipe, [Alpha], steps, meta, model: new ContextModel(ContextSize)));
    }

    [Fact]
    public void The_context_is_held_by_every_optimiser()
    {
        using DisposeScope scope = NewDisposeScope();
        var model = new ContextModel(2);
        foreach (OptimiserOptions options in new OptimiserOptions[] { new AdamOptions { Epochs = 3 }, new SgdOptions { Epochs = 3 } })
        {
            Composition composition = Compose(new Cavia { ContextParameters = 2 }, [Alpha], steps: 1, model: model).Composition;
            using var learner = new Learner<QuadraticSamples>(composition, options, model, model.Layout, CPU, threads: 1);
            double[] start = [.. Enumerable.Range(0, learner.Layout.Count).Select(i => Math.Cos(i))];
            double[] end = learner.Optimiser.Update(tensor(start), Batches(1), progress: 0).Meta.to(float64).data<double>().ToArray();
            Assert.Equal(start[^2..], end[^2..]);
            Assert.All(Enumerable.Range(0, start.Length - 2), i => Assert.NotEqual(start[i], end[i]));
        }
    }

    public static TheoryData<string> Recipes =>
        [.. Catalog<Recipe>.Names.Where(name => Catalog<Recipe>.Create(name).Any(recipe => recipe.Suits(typeof(QuadraticSamples))))];

    /// <summary>The mean does not know the order of the tasks, nor which of them were computed together.</summary>
    [Theory]
    [MemberData(nameof(Recipes))]
    public void Neither_the_order_of_the_tasks_nor_their_parts_change_the_gradient(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        Recipe recipe = Learner(name);
        ContextModel? model = recipe.ContextSize > 0 ? new ContextModel(recipe.ContextSize) : null;
        (Composition composition, MetaObjective<QuadraticSamples> objective) = Compose(recipe, [Alpha], steps: 2, progress: 0.05, model);
        QuadraticSamples[] batches = Batches(2);
        Tensor order = tensor(new long[] { 2, 0, 3, 1 });
        QuadraticSamples[] permuted = [.. batches.Select(batch => new QuadraticSamples(batch.Curvatures[order], batch.Centres[order]))];
        MetaLayout layout = objective.Adaptation.Layout;
        Tensor meta = Flat(layout, Vector<double>.Build.Dense(layout.ParameterCount, i => Math.Sin(i + 1)));
        Vector<double> expected = Read(composition.Gradient.Differentiate(objective, meta, batches).Gradient);
        Assert.True(expected.L2Norm() > 1e-3);
        AssertClose(expected, Read(composition.Gradient.Differentiate(objective, meta, permuted).Gradient));
        var parallel = new TaskParallelObjective<QuadraticSamples>(
            objective, composition.Gradient, threads: 2, samplesAtOnce: 1, leastParts: 3);
        AssertClose(expected, Read(parallel.Differentiate(meta, batches).Gradient!));
    }

    private static Vector<double> QueryGradient(int n, Vector<double> phi) => Curvatures[n] * (phi - Centres[n]);

    private static Vector<double> Joined(Vector<double> left, Vector<double> right) =>
        Vector<double>.Build.DenseOfEnumerable(left.Concat(right));

    private static Vector<double> RowMajor(Matrix<double> matrix) => Vector<double>.Build.Dense(matrix.ToRowMajorArray());

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(QuadraticSamples)));
}

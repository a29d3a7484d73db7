using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Curvature products against the plain way, a double backward pass through divergence and adaptation.</summary>
public class AdaptedCurvatureTests
{
    private const long AllTasks = SmallProblem.AllTasks;

    public static TheoryData<InnerObjective, LearnedStepSizes, Activation, int, bool> Cases => new()
    {
        { InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Relu, 1, false },
        { InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, 1, false },
        { InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, 1, true },
        { InnerObjective.LikelihoodRatio, LearnedStepSizes.PerParameter, Activation.Tanh, 2, false },
        { InnerObjective.LikelihoodRatio, LearnedStepSizes.PerStep, Activation.Tanh, 3, false },
        { InnerObjective.LogLikelihood, LearnedStepSizes.PerStep, Activation.Tanh, 2, true },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Products_are_those_of_the_plain_double_backward(
        InnerObjective inner, LearnedStepSizes learned, Activation activation, int steps, bool firstOrder)
    {
        using DisposeScope scope = NewDisposeScope();
        AssertProducts(new SmallProblem(inner, learned, activation, steps, firstOrder));
    }

    public static TheoryData<Recipe, int> Partial => new()
    {
        { new Anil(), 1 },
        { new Anil { FirstOrder = true }, 2 },
        { new Anil { LearnedStepSizes = LearnedStepSizes.PerStep }, 2 },
        { new Cavia { ContextParameters = 2 }, 1 },
        { new Cavia { ContextParameters = 3, LearnedStepSizes = LearnedStepSizes.PerParameter }, 2 },
    };

    [Theory]
    [MemberData(nameof(Partial), DisableDiscoveryEnumeration = true)]
    public void Products_are_those_of_the_plain_double_backward_where_a_part_of_the_parameters_adapts(Recipe recipe, int steps)
    {
        using DisposeScope scope = NewDisposeScope();
        const LearnedStepSizes Learned = LearnedStepSizes.None;
        AssertProducts(new SmallProblem(InnerObjective.LogLikelihood, Learned, Activation.Tanh, steps, firstOrder: false, recipe));
    }

    private static void AssertProducts(SmallProblem problem)
    {
        Tensor vector = tensor(Enumerable.Range(0, problem.Layout.Count).Select(i => Math.Cos(1.7 * i)).ToArray());
        Tensor expected = problem.DoubleBackward(vector);
        Assert.True(expected.norm().item<double>() > 1e-3, "the case is degenerate");
        foreach ((int threads, long together, int leastParts, long graphBytes) in
            new[] { (1, AllTasks, 1, AllTasks), (1, 1L, 1, AllTasks), (2, 1L, 1, AllTasks), (2, AllTasks, 2, AllTasks), (2, 1L, 1, 0L) })
        {
            TaskParallelObjective<SampleBatch> parallel = problem.Parallel(threads, together, leastParts);
            Tensor product = parallel.Curvature(problem.Meta, problem.Batches, stride: 1, graphBytes).Product(vector);
            double error = ((product - expected).norm() / expected.norm()).item<double>();
            string sizes = $"{threads} threads, {together} samples at once, {leastParts} parts, {graphBytes} bytes of graphs";
            Assert.True(error < 1e-5, $"{sizes}: relative error {error}");
        }
    }

    [Theory]
    [InlineData(InnerObjective.LogLikelihood, 3)]
    [InlineData(InnerObjective.LikelihoodRatio, 7)]
    public void Thinned_products_take_hessian_and_fisher_at_some_samples_and_the_inner_step_at_all(InnerObjective inner, int stride)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new SmallProblem(inner, LearnedStepSizes.None, Activation.Tanh, steps: 1, firstOrder: false);
        Tensor vector = tensor(Enumerable.Range(0, problem.Layout.Count).Select(i => Math.Cos(1.7 * i)).ToArray());
        Tensor expected = ByHessians(problem, vector, stride), exact = ByHessians(problem, vector, stride: 1);
        Assert.True((expected - exact).norm().item<double>() > 1e-2 * exact.norm().item<double>());
        Assert.True((exact - problem.DoubleBackward(vector)).norm().item<double>() < 1e-5 * exact.norm().item<double>());
        Tensor product = problem.Parallel(threads: 2, samplesAtOnce: 1).Curvature(problem.Meta, problem.Batches, stride).Product(vector);
        Assert.True((product - expected).norm().item<double>() < 1e-5 * expected.norm().item<double>());
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(AllTasks, 1)]
    [InlineData(AllTasks, 2)]
    public void Loss_divergence_and_gradient_are_those_of_all_tasks_at_once(long together, int leastParts)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new SmallProblem(
            InnerObjective.LikelihoodRatio, LearnedStepSizes.PerStep, Activation.Tanh, steps: 2, firstOrder: false);
        Tensor leaf = problem.Meta.Plus(0.01).detach().requires_grad_();
        MetaValue value = problem.Objective.Evaluate(leaf, problem.Batches);
        Tensor gradient = autograd.grad([value.Loss], [leaf])[0];
        TaskParallelObjective<SampleBatch> parallel = problem.Parallel(threads: 2, together, leastParts);
        OuterLoss differentiated = parallel.Differentiate(leaf, problem.Batches), evaluated = parallel.Evaluate(leaf, problem.Batches);
        Assert.True((differentiated.Gradient! - gradient).norm().item<double>() < 1e-12 * gradient.norm().item<double>());
        double kl = problem.Batches[^1].MeanKlTo(SmallProblem.PolicyAt(value, 2)).item<double>();
        foreach (OuterLoss loss in new[] { differentiated, evaluated })
        {
            Assert.Equal(value.Loss.item<double>(), loss.Loss.item<double>(), 12);
            Assert.Equal(kl, loss.Divergence!.item<double>(), 12);
        }
        Assert.Null(evaluated.Gradient);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Thinning_takes_one_sample_of_each_stretch_with_weights_that_sum_to_one_in_every_task(int stride)
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch all = new SmallProblem(InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, 1, false).Batches[0];
        Tensor places = Indices(all.SampleCount, float64, CPU);
        all = all with
        {
            Advantages = places.expand(all.TaskCount, all.SampleCount),
            Weights = places.lt(Number(200)).to(float64).div(Number(200)).expand(all.TaskCount, all.SampleCount).clone(),
        };
        // This task has a single sample, which must stay with every stride.
        all.Weights[1] = places.lt(Number(1)).to(float64);
        SampleBatch thin = all.Thinned(stride);
        double[] taken = thin.Advantages[0].contiguous().data<double>().ToArray();
        Assert.Equal(Enumerable.Range(0, taken.Length), taken.Select(sample => (int)sample / stride));
        Assert.InRange(taken.Length, all.SampleCount / stride, all.SampleCount / stride + 1);
        Assert.Equal(0, taken[0]);
        int[] offsets = [.. taken.Select(sample => (int)sample % stride)];
        if (stride < 10)
        {
            int mean = taken.Length / stride;
            Assert.All(
                Enumerable.Range(0, stride),
                offset => Assert.InRange(offsets.Count(other => other == offset), mean - 3, mean + 3));
        }
        Assert.All(thin.Weights.sum(1).data<double>().ToArray(), sum => Assert.Equal(1, sum, 12));
        Assert.Equal(1, thin.Weights[1, 0].item<double>(), 12);
        Assert.Equal(all.SampleCount, all.Thinned(1).SampleCount);
    }

    /// <summary>
    /// One inner step: the mean over tasks of (I - alpha H) F (I - alpha H), where each matrix is differentiated twice by itself.
    /// </summary>
    private static Tensor ByHessians(SmallProblem problem, Tensor vector, int stride)
    {
        (MetaObjective<SampleBatch> objective, Tensor meta) = (problem.Objective, problem.Meta);
        var adaptation = (GradientAdaptation)objective.Adaptation;
        Tensor rows = adaptation.Start(meta, 3), rate = adaptation.StepSize(meta, 0), change = adaptation.Start(vector, 3);
        Tensor adapted = objective.Adapt(meta, rows, problem.Batches[0], 0);
        SampleBatch support = problem.Batches[0].Thinned(stride), query = problem.Batches[1].Thinned(stride);
        query = query with { Sampler = problem.Policy.Distribution(adapted, query.Observations) };
        Tensor Inner(Tensor at) => objective.Model.Forward(meta, at, support).Inner(0).sum();
        Tensor Divergence(Tensor at) => query.MeanKlTo(problem.Policy.Distribution(at, query.Observations)) * Number(3);
        change = change - rate * HessianProduct(Inner, rows, change);
        change = HessianProduct(Divergence, adapted, change);
        return (change - rate * HessianProduct(Inner, rows, change)).mean([0L]);
    }

    private static Tensor HessianProduct(Func<Tensor, Tensor> function, Tensor at, Tensor rows)
    {
        Tensor leaf = at.detach().clone().requires_grad_();
        Tensor gradient = autograd.grad([function(leaf)], [leaf], retain_graph: true, create_graph: true)[0];
        return autograd.grad([gradient], [leaf], [rows])[0];
    }
}

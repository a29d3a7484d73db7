using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>One clipped outer step at a time, in double precision: Adam's first moment tells the gradient that it was given.</summary>
public class DescentTests
{
    private static readonly AdamOptions Free = new() { Epochs = 1 };

    /// <summary>
    /// Outside of the bound towards which the advantage pushes there is no gain and no gradient; the other bound has no effect.
    /// </summary>
    [Theory]
    [InlineData(2, 1.5, -2.4, 0)]
    [InlineData(2, 0.5, -1, -2)]
    [InlineData(-2, 1.5, 3, 2)]
    [InlineData(-2, 0.5, 1.6, 0)]
    [InlineData(2, 1.1, -2.2, -2)]
    [InlineData(-2, 0.9, 1.8, 2)]
    public void The_clipped_loss_has_its_closed_form(double advantage, double ratio, double loss, double slope)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor at = tensor(new[] { ratio }, requires_grad: true);
        Tensor value = ClippedSurrogate.Clipped(at, tensor(new[] { advantage }), clip: 0.2);
        Assert.Equal(loss, value.item<double>(), 12);
        Assert.Equal(slope, autograd.grad([value.sum()], [at])[0].item<double>(), 12);
    }

    [Theory]
    [InlineData(0.1, 0)]
    [InlineData(100, 5)]
    [InlineData(0.1, 5)]
    public void The_gradient_is_that_of_the_clipped_loss_and_the_mean_divergence_at_the_support_batches(double clip, double penalty)
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        double[] gradient = Gradient(problem, meta, Free, clip, penalty).data<double>().ToArray();
        double[] plain = Gradient(problem, meta, Free).data<double>().ToArray();
        Assert.True(gradient.Zip(plain, (one, other) => Math.Abs(one - other)).Max() > 0.01, "neither clip nor penalty has a part in it");

        const double Step = 1e-6;
        double[] point = meta.data<double>().ToArray();
        for (int i = 0; i < point.Length; i += 3)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-6 * (1 + Math.Abs(difference)));
        }

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            MetaValue at = problem.WithOuter(new ByCases(clip)).Evaluate(tensor(moved, requires_grad: true), problem.Batches);
            double DivergenceAt(int step) => problem.Batches[step].MeanKlTo(SmallProblem.PolicyAt(at, step)).item<double>();
            double divergence = Enumerable.Range(0, 2).Average(DivergenceAt);
            return at.Loss.item<double>() + penalty * divergence;
        }
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(4)]
    public void A_gradient_beyond_the_bound_is_scaled_down_to_it(double share)
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        Tensor gradient = Gradient(problem, meta, Free);
        Tensor bounded = Gradient(problem, meta, Free with { MaximumGradientNorm = share * gradient.norm().ReadNumber() });
        Assert.True((bounded - gradient * Number(Math.Min(share, 1))).norm().ReadNumber() < 1e-12 * gradient.norm().ReadNumber());
    }

    /// <summary>
    /// Two samples of three are outside of the clip in the first task, and one of two in the others. Padding has no weight and does
    /// not count.
    /// </summary>
    [Fact]
    public void The_clip_fraction_is_the_share_of_query_samples_beyond_the_clip_averaged_over_tasks()
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        MetaValue at = problem.Objective.Evaluate(meta, problem.Batches, differentiable: false);
        Tensor densities = ((PolicyModel.Losses)at.Losses[^1]).Seen.LogDensities;
        SampleBatch query = problem.Batches[^1];
        long tasks = query.TaskCount, samples = query.SampleCount;
        // The ratios are 1.3, 1 and 0.7 in turn; only the first few samples of a task have a weight.
        Tensor ratio = (Indices(samples, float64, CPU).remainder(Number(3)) * Number(-0.3)).Plus(1.3).unsqueeze(0).expand(tasks, samples);
        Tensor weights = zeros_like(query.Weights);
        for (long task = 0; task < tasks; task++) weights[task].narrow(0, 0, task == 0 ? 3 : 2).fill_(Number(1.0 / (task == 0 ? 3 : 2)));
        SampleBatch[] batches = [.. problem.Batches.SkipLast(1), query with { LogDensities = densities - ratio.log(), Weights = weights }];
        // In the first task 1.3 and 0.7 are outside of the clip, in all others 1.3.
        double share = (2.0 / 3 + (tasks - 1) / 2.0) / tasks;
        foreach ((double clip, double expected) in new[] { (0.2, share), (0.31, 0) })
        {
            OuterStep step = Learner(problem, Free with { Epochs = 0 }, clip).Update(meta, batches, progress: 0);
            Assert.Equal(expected, step.Figures[ClippedSurrogate.ClipFraction], tolerance: 1e-12);
            Assert.Equal(double.NaN, step.GradientNorm);
        }
    }

    [Fact]
    public void The_norm_of_the_gradient_is_told_before_it_is_scaled()
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        double norm = Gradient(problem, meta, Free).norm().ReadNumber();
        foreach (int epochs in new[] { 1, 3 })
        {
            AdamOptions options = Free with { Epochs = epochs, MaximumGradientNorm = norm / 7 };
            OuterStep step = Learner(problem, options).Update(meta, problem.Batches, progress: 0);
            Assert.Equal(norm, step.GradientNorm, tolerance: 1e-9 * norm);
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 0.6)]
    [InlineData(1, 0.2)]
    public void Learning_rates_fall_linearly_to_their_final_share(double progress, double share)
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        Tensor constant = meta - Learner(problem, Free).Update(meta, problem.Batches, progress).Meta;
        Tensor falling = meta - Learner(problem, Free with { FinalRate = 0.2 }).Update(meta, problem.Batches, progress).Meta;
        Assert.True((falling - constant * Number(share)).norm().ReadNumber() < 1e-9 * constant.norm().ReadNumber());
    }

    [Fact]
    public void A_step_from_beyond_the_divergence_bound_gives_the_meta_parameters_back()
    {
        using DisposeScope scope = NewDisposeScope();
        (SmallProblem problem, Tensor meta) = Setting();
        OuterStep step = Learner(problem, Free with { StopKl = 1e-9 }).Update(meta, problem.Batches, progress: 0);
        Assert.False(step.Accepted);
        Assert.Same(meta, step.Meta);
        Assert.True(scope.Contains(meta));
    }

    /// <summary>Meta-parameters away from those that sampled, where ratios are not one and divergences have a gradient.</summary>
    private static (SmallProblem, Tensor) Setting()
    {
        var problem = new SmallProblem(
            InnerObjective.LikelihoodRatio, LearnedStepSizes.PerStep, Activation.Tanh, steps: 2, firstOrder: false);
        return (problem, problem.Meta.Plus(Indices(problem.Layout.Count, float64, CPU).cos() * Number(0.1)));
    }

    private static Descent<SampleBatch> Learner(SmallProblem problem, AdamOptions options, double clip = 100, double penalty = 0)
    {
        MetaObjective<SampleBatch> objective = problem.WithOuter(new ClippedSurrogate(clip)) with
        {
            Penalty = new ProMp { SupportKlPenalty = penalty }.Compose(new RecipeSetting(problem.Policy.Layout, [0.1], 2, CPU)).Penalty,
        };
        var adam = new Adam(full(problem.Layout.Count, Number(1e-3), float64));
        return new(SmallProblem.Parallel(objective, threads: 1, samplesAtOnce: 1), options, adam);
    }

    private static Tensor Gradient(SmallProblem problem, Tensor meta, AdamOptions options, double clip = 100, double penalty = 0)
    {
        const double ShareOfTheFirst = 0.1;
        Descent<SampleBatch> learner = Learner(problem, options, clip, penalty);
        learner.Update(meta, problem.Batches, progress: 0);
        return learner.State["adam.first_moment"] / Number(ShareOfTheFirst);
    }

    /// <summary>The clipped loss as the paper's two cases tell it.</summary>
    private sealed class ByCases(double clip) : IPolicyLoss
    {
        public Tensor Of(PolicyOnBatch seen)
        {
            Tensor advantages = seen.Batch.Advantages;
            Tensor isPositive = advantages.gt(Number(0));
            Tensor bounded = where(isPositive, seen.Ratio.clamp_max(Number(1 + clip)), seen.Ratio.clamp_min(Number(1 - clip)));
            return seen.Batch.MeanOverSamples(-bounded * advantages);
        }
    }
}

using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

public class TrustRegionTests
{
    private const double Backtrack = 0.7;

    /// <summary>A bound so wide that its step makes the surrogate worse has to be backtracked from.</summary>
    [Theory]
    [InlineData(0.01, 0.1, false)]
    [InlineData(3, 0.02, true)]
    public void The_step_solves_the_damped_system_and_its_quadratic_model_is_at_the_bound(double maximumKl, double damping, bool backtracks)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new SmallProblem(InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, steps: 1, firstOrder: false);
        TaskParallelObjective<SampleBatch> objective = problem.Parallel(threads: 1, SmallProblem.AllTasks);
        OuterLoss before = objective.Differentiate(problem.Meta, problem.Batches);
        OuterStep step = Learner(objective, maximumKl, damping).Update(problem.Meta, problem.Batches, progress: 0);
        Assert.True(step.Accepted);
        Assert.Equal(backtracks, step.LineSearchTrials > 1);
        double squared = before.Gradient!.Square().sum().ReadNumber();
        Assert.Equal(squared, step.GradientNorm * step.GradientNorm, tolerance: 1e-9 * step.GradientNorm);
        Assert.Empty(step.Figures);

        Tensor fullStep = (problem.Meta - step.Meta) / Number(Math.Pow(Backtrack, step.LineSearchTrials - 1));
        Tensor image = problem.DoubleBackward(fullStep).Plus(fullStep * Number(damping));
        Assert.Equal(1, Cosine(image, before.Gradient!), tolerance: 1e-6);
        Assert.Equal(maximumKl, fullStep.dot(image).ReadNumber() / 2, tolerance: 1e-4 * maximumKl);
        // This holds neither for the step without damping nor for a step along the gradient.
        Assert.InRange(Cosine(problem.DoubleBackward(fullStep), before.Gradient!), -1, 1 - 1e-4);
        Assert.InRange(Cosine(fullStep, before.Gradient!), -1, 0.9);

        Assert.True(IsWithin(step.Meta));
        if (backtracks) Assert.False(IsWithin(problem.Meta - fullStep * Number(Math.Pow(Backtrack, step.LineSearchTrials - 2))));

        bool IsWithin(Tensor meta)
        {
            OuterLoss at = objective.Evaluate(meta, problem.Batches);
            return at.Loss.ReadNumber() < before.Loss.ReadNumber() && at.Divergence!.ReadNumber() <= maximumKl;
        }
    }

    [Fact]
    public void Without_a_gradient_the_meta_parameters_are_given_back()
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new SmallProblem(InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, steps: 1, firstOrder: false);
        TaskParallelObjective<SampleBatch> objective = problem.Parallel(threads: 1, SmallProblem.AllTasks);
        SampleBatch[] batches = [.. problem.Batches.Select(batch => batch with { Advantages = zeros_like(batch.Advantages) })];
        OuterStep step = Learner(objective, 0.01, 1e-3).Update(problem.Meta, batches, progress: 0);
        Assert.False(step.Accepted);
        Assert.Same(problem.Meta, step.Meta);
        Assert.True(scope.Contains(problem.Meta));
    }

    [Theory]
    [InlineData(0, "an inner loss after 0 inner steps")]
    [InlineData(1, "an outer loss after 1 inner step")]
    public void A_task_whose_data_gives_no_number_stops_the_step_and_is_named(int faulty, string fault)
    {
        using DisposeScope scope = NewDisposeScope();
        var problem = new SmallProblem(InnerObjective.LogLikelihood, LearnedStepSizes.None, Activation.Tanh, steps: 1, firstOrder: false);
        SampleBatch[] batches = [.. problem.Batches];
        Tensor advantages = batches[faulty].Advantages.clone();
        advantages[1] = full_like(advantages[1], Number(double.NaN));
        batches[faulty] = batches[faulty] with { Advantages = advantages };
        TrustRegion<SampleBatch> learner = Learner(problem.Parallel(threads: 1, SmallProblem.AllTasks), 0.01, 1e-3);
        TrainingException problemOfTask = Assert.Throws<TrainingException>(() => learner.Update(problem.Meta, batches, progress: 0));
        Assert.Equal((1, $"{fault} that is not finite; lower the learning rates"), (problemOfTask.Task, problemOfTask.Fault));
    }

    private static TrustRegion<SampleBatch> Learner(TaskParallelObjective<SampleBatch> objective, double maximumKl, double damping) => new(
        objective, new TrustRegionOptions
        {
            MaximumKl = maximumKl, ConjugateGradientIterations = 300, Damping = damping, BacktrackRatio = Backtrack, MaximumBacktracks = 30,
        });

    private static double Cosine(Tensor one, Tensor other) => (one.dot(other) / (one.norm() * other.norm())).ReadNumber();
}

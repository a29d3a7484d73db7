namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Of four quadratic tasks the third one overflows. No learner takes a step from that, and each says which task and quantity it was.
/// </summary>
public class OverflowTests
{
    /// <summary>Every learner that needs no policy and no network of its own kind.</summary>
    public static TheoryData<string> Names =>
        [.. Catalog<Recipe>.Names.Where(name =>
            Catalog<Recipe>.Create(name).Any(recipe => recipe.ContextSize == 0 && recipe.Suits(typeof(QuadraticSamples))))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_learner_names_the_task_whose_inner_loss_overflows(string name) =>
        Assert.Equal(
            (2, "an inner loss after 0 inner steps that is not finite; lower the learning rates"),
            Fault(Learner(name), steps: 2, rate: 0.1, centre: 1e200));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_learner_names_the_task_that_a_long_step_throws_away(string name)
    {
        // The loss of the toy recipe has no part in its steps.
        if (name == "toy") return;
        (int? task, string fault) = Fault(Learner(name), steps: 2, rate: 1e30, centre: 1e100);
        Assert.Equal(2, task);
        Assert.Matches("^an? (inner loss|outer loss) after [12] inner steps? that is not finite", fault);
    }

    /// <summary>At 1e150, a loss of curvature one is 1e300 and its gradient 1e150. A step of 1e200 times that is too long.</summary>
    [Fact]
    public void A_step_that_overflows_from_a_finite_loss_is_found_by_its_parameters() =>
        Assert.Equal(
            (2, "a parameter after 1 inner step that is not finite; lower the learning rates"),
            Fault(new Maml(), steps: 1, rate: 1e200, centre: 1e150, otherCurvature: 0));

    /// <summary>The task's meta-gradient of about 1e160 is finite, but its norm, the root of a sum of squares, is not.</summary>
    [Fact]
    public void A_meta_gradient_is_too_large_where_its_norm_overflows() =>
        Assert.Equal(
            (2, "a meta-gradient that is not finite; lower the learning rates"),
            Fault(new Maml(), steps: 1, rate: 1e60, centre: 1e40, otherCurvature: 0));

    [Fact]
    public void Meta_parameters_that_are_not_finite_are_named_and_no_task()
    {
        TrainingException problem = Failure(new Maml(), steps: 1, rate: 0.1, centre: 1, start: double.NaN);
        Assert.Null(problem.Task);
        Assert.StartsWith("The outer step gave a meta-parameter that is not finite", problem.Message, StringComparison.Ordinal);
    }

    private static (int? Task, string Fault) Fault(Recipe recipe, int steps, double rate, double centre, double otherCurvature = 1)
    {
        TrainingException problem = Failure(recipe, steps, rate, centre, otherCurvature);
        return (problem.Task, problem.Fault);
    }

    /// <param name="otherCurvature">A factor of the curvature of the tasks that are not at fault</param>
    private static TrainingException Failure(
        Recipe recipe, int steps, double rate, double centre, double otherCurvature = 1, double start = 0)
    {
        using DisposeScope scope = NewDisposeScope();
        Composition composition = recipe.Compose(new RecipeSetting(Quadratics.Blocks, [rate], steps, CPU));
        using var learner = new Learner<QuadraticSamples>(
            composition, new AdamOptions { Epochs = 1 }, new QuadraticModel(Quadratics.Dimensions), Quadratics.Blocks, CPU, threads: 1);
        QuadraticSamples given = Quadratics.Batches(0)[0];
        Tensor centres = given.Centres.clone(), curvatures = given.Curvatures * Number(otherCurvature);
        centres[2] = full_like(centres[2], Number(centre));
        curvatures[2] = eye(Quadratics.Dimensions, dtype: float64);
        QuadraticSamples[] batches = [.. Enumerable.Repeat(new QuadraticSamples(curvatures, centres), steps + 1)];
        Tensor meta = Quadratics.Flat(learner.Layout, Quadratics.Theta + start), before = meta.clone();
        TrainingException problem = Assert.Throws<TrainingException>(() => learner.Optimiser.Update(meta, batches, 0));
        Assert.Equal(before.data<double>().ToArray(), meta.data<double>().ToArray());
        return problem;
    }

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(QuadraticSamples)));
}

using System.ComponentModel;

namespace MamlRobotics.MetaLearning;

/// <summary>A learner that adapts by gradient steps and differentiates through them: the options that all of these share.</summary>
public abstract record GradientRecipe : Recipe
{
    [Description("Step sizes that are meta-learned: none, per-parameter (Meta-SGD) or per-step (per parameter and inner step).")]
    public LearnedStepSizes LearnedStepSizes { get; init; } = LearnedStepSizes.None;

    [Description("Ignore the inner step's own derivative in the outer gradient (first-order MAML).")]
    public bool FirstOrder { get; init; }

    [Description("Weight in the outer loss of the model after each inner step; empty: the last one alone.")]
    public IReadOnlyList<double> StepWeights { get; init; } = [];

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new TrustRegionOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(new MetaStage(Adaptation(setting), Weights(setting.InnerSteps)), new ThroughTheSteps());

    /// <inheritdoc/>
    public override string? Fault(int innerSteps)
    {
        double sum = StepWeights.Sum();
        return StepWeights.Count == 0 || (StepWeights.Count == innerSteps && sum > 0 && double.IsFinite(sum) && StepWeights.All(weight => weight >= 0))
            ? null : $"stepWeights must be empty or hold innerSteps = {innerSteps} weights, none negative, whose sum is positive and finite.";
    }

    /// <summary>Gradient steps with these options.</summary>
    protected virtual GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further)
    {
        var sizes = new StepSizes(setting.Model.Count, setting.InnerLearningRates, LearnedStepSizes, setting.InnerSteps);
        return new GradientAdaptation(new MetaLayout(setting.Model.Count, [.. sizes.Blocks, .. further]), sizes) { FirstOrder = FirstOrder };
    }

    /// <summary>Of each inner step in the outer loss; they sum to one. [K]</summary>
    protected IReadOnlyList<double> Weights(int steps) =>
        StepWeights.Count > 0 ? [.. StepWeights.Select(weight => weight / StepWeights.Sum())] : Composition.LastStepAlone(steps);
}

using System.ComponentModel;

namespace MamlRobotics.MetaLearning;

/// <summary>A learner that adapts by gradient steps and differentiates through them, with the options that all of these share.</summary>
public abstract record GradientRecipe : Recipe
{
    [Description("Step sizes that are meta-learned: none, per-parameter (Meta-SGD) or per-step (per parameter and inner step).")]
    public LearnedStepSizes LearnedStepSizes { get; init; } = LearnedStepSizes.None;

    [Description("Ignore the inner step's own derivative in the outer gradient (first-order MAML).")]
    public bool FirstOrder { get; init; }

    [Description("Weights of the models after each inner step in the outer loss; empty: only the last step counts.")]
    public IReadOnlyList<double> StepWeights { get; init; } = [];

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new TrustRegionOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) =>
        new(new MetaStage(Adaptation(setting), Weights(setting.InnerSteps)), new ThroughTheSteps());

    /// <inheritdoc/>
    public override string? Fault(int innerSteps)
    {
        if (StepWeights.Count == 0) return null;
        double sum = StepWeights.Sum();
        bool hasSum = sum > 0 && double.IsFinite(sum);
        bool areWeights = hasSum && StepWeights.All(weight => weight >= 0);
        return areWeights && StepWeights.Count == innerSteps ? null
            : $"stepWeights must be empty or hold innerSteps = {innerSteps} weights, none negative, whose sum is positive and finite.";
    }

    /// <summary>Gradient steps with these options.</summary>
    protected virtual GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further)
    {
        var sizes = new StepSizes(setting.Model.Count, setting.InnerLearningRates, LearnedStepSizes, setting.InnerSteps);
        var layout = new MetaLayout(setting.Model.Count, [.. sizes.Blocks, .. further]);
        return new GradientAdaptation(layout, sizes) { FirstOrder = FirstOrder };
    }

    /// <summary>The weight of each inner step in the outer loss; the weights sum to one. [K]</summary>
    protected IReadOnlyList<double> Weights(int steps) =>
        StepWeights.Count > 0 ? [.. StepWeights.Select(weight => weight / StepWeights.Sum())] : Composition.LastStepAlone(steps);
}

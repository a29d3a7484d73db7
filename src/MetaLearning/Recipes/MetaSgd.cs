namespace MamlRobotics.MetaLearning;

/// <summary>Meta-SGD: MAML that also learns a step size for each parameter, which may be negative.</summary>
[Choice("meta-sgd", Label = "Meta-SGD", Source = "Li et al. 2017, algorithms 1 and 2, arXiv 1707.09835")]
public sealed record MetaSgd : GradientRecipe
{
    public MetaSgd() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };
}

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Reptile: it moves theta towards the adapted parameters. The query data gives the reported outer loss, but nothing is learned from
/// it. With a single inner step, Reptile is training on all tasks together.
/// </summary>
[Choice("reptile", Label = "Reptile", Source = "Nichol, Achiam and Schulman 2018, algorithm 2, arXiv 1803.02999")]
public sealed record Reptile : Recipe
{
    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new SgdOptions { LearningRate = 1, Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) =>
        new(new MetaStage(setting.PlainSteps(), Composition.LastStepAlone(setting.InnerSteps)), new ParameterDifference());
}

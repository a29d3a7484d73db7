namespace MamlRobotics.MetaLearning;

/// <summary>
/// Training on all tasks together without any adaptation, and ordinary gradient steps from there on a new task. It is what meta-learning
/// is compared with.
/// </summary>
[Choice("pretrained", Label = "Pretrained", Source = "the comparison of Finn, Abbeel and Levine 2017, section 5, arXiv 1703.03400")]
public sealed record Pretrained : Recipe
{
    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new TrustRegionOptions();

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) =>
        new(new MetaStage(setting.PlainSteps(), Composition.LastStepAlone(setting.InnerSteps)), new ThroughTheSteps())
        {
            TrainingSteps = 0,
        };
}

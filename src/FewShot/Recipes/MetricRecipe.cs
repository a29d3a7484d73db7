namespace MamlRobotics.FewShot;

/// <summary>A learner of features that tell classes apart by comparison with the support pictures, so that nothing has to adapt.</summary>
public abstract record MetricRecipe : Recipe, IImageLearner
{
    /// <inheritdoc/>
    public abstract IClassifierHead Head { get; }

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(setting.WithoutSteps(), new ThroughTheSteps()) { TrainingSteps = 0 };

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(ImageSamples);
}

using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A gradient learner whose linear layer starts from zeros in every task, whatever the meta-parameters hold for it.</summary>
public abstract record ZeroOutputRecipe : GradientRecipe, IImageLearner
{
    /// <inheritdoc/>
    public abstract IClassifierHead Head { get; }

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => base.Compose(setting) with { IsFrozen = IsOutput };

    /// <inheritdoc/>
    protected override GradientAdaptation Adaptation(RecipeSetting setting, params IReadOnlyList<MetaBlock> further) =>
        base.Adaptation(setting, further) with { StartMask = setting.Mask(block => !IsOutput(block)) };

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(ImageSamples);

    private static bool IsOutput(ParameterBlock block) => block.Name.StartsWith(LinearHead.Name, StringComparison.Ordinal);
}

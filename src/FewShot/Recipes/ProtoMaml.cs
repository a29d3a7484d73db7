using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>
/// Proto-MAML: MAML whose classifier starts from the prototypes of the support pictures instead of learned weights, so that the first
/// step begins with the prototypical classifier. The outer gradient goes through the prototypes too.
/// </summary>
[Choice("proto-maml", Label = "Proto-MAML", Source = "Triantafillou et al. 2020, section 3, arXiv 1903.03096")]
public sealed record ProtoMaml : GradientRecipe, IImageLearner
{
    /// <inheritdoc/>
    public IClassifierHead Head => new LinearHead(StartsFromPrototypes: true);

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

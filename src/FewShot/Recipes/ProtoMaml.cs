namespace MamlRobotics.FewShot;

/// <summary>
/// Proto-MAML: MAML whose classifier starts from the prototypes of the support pictures instead of learned weights, so that the first
/// step begins with the prototypical classifier. The outer gradient goes through the prototypes too.
/// </summary>
[Choice("proto-maml", Label = "Proto-MAML", Source = "Triantafillou et al. 2020, section 3, arXiv 1903.03096")]
public sealed record ProtoMaml : ZeroOutputRecipe
{
    /// <inheritdoc/>
    public override IClassifierHead Head => new LinearHead(StartsFromPrototypes: true);
}

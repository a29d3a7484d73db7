namespace MamlRobotics.FewShot;

/// <summary>Matching networks: a picture gets the classes of the support pictures in proportion to its attention to them.</summary>
[Choice("matching", Label = "Matching networks", Source = "Vinyals et al. 2016, section 2, arXiv 1606.04080")]
public sealed record MatchingNetworks : MetricRecipe
{
    /// <inheritdoc/>
    public override IClassifierHead Head => new MatchingHead();
}

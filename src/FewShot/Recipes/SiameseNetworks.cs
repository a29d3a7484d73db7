namespace MamlRobotics.FewShot;

/// <summary>Siamese networks: they learn from pairs of pictures whether both are of the same class.</summary>
[Choice("siamese", Label = "Siamese networks", Source = "Koch, Zemel and Salakhutdinov 2015, section 3.2")]
public sealed record SiameseNetworks : MetricRecipe
{
    /// <inheritdoc/>
    public override IClassifierHead Head => new SiameseHead();
}

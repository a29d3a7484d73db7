namespace MamlRobotics.FewShot;

/// <summary>Prototypical networks: a picture is of the class whose mean features are nearest.</summary>
[Choice("prototypical", Label = "Prototypical networks", Source = "Snell, Swersky and Zemel 2017, algorithm 1, arXiv 1703.05175")]
public sealed record PrototypicalNetworks : MetricRecipe
{
    /// <inheritdoc/>
    public override IClassifierHead Head => new PrototypeHead();
}

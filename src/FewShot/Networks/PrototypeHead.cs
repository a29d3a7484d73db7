namespace MamlRobotics.FewShot;

/// <summary>
/// A softmax over the negative squared distances to the mean features of each class. Snell, Swersky and Zemel 2017, equations 1 and 2,
/// arXiv 1703.05175.
/// </summary>
public sealed record PrototypeHead : IClassifierHead
{
    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public IEnumerable<(string Name, int[] Shape)> Blocks(int features, int ways) => [];

    /// <inheritdoc/>
    public Tensor LogProbabilities(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures? support)
    {
        Tensor prototypes = support!.Prototypes();
        return (features.unsqueeze(2) - prototypes.unsqueeze(1)).Square().sum([3]).neg().log_softmax(2);
    }
}

using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A linear layer and a softmax.</summary>
/// <param name="StartsFromPrototypes">
/// Whether 2 c_k and -|c_k|^2, with the prototypes c_k of the classes, are added to its weights and biases. With weights of zero it is then
/// the prototypical classifier. Triantafillou et al. 2020 (Proto-MAML), section 3, arXiv 1903.03096.
/// </param>
public sealed record LinearHead(bool StartsFromPrototypes = false) : IClassifierHead
{
    /// <summary>The beginning of the names of its blocks.</summary>
    public const string Name = "output.";

    /// <inheritdoc/>
    public bool Compares => false;

    /// <inheritdoc/>
    public IEnumerable<(string Name, int[] Shape)> Blocks(int features, int ways) =>
        [(Name + "weight", [features, ways]), (Name + "bias", [ways])];

    /// <inheritdoc/>
    public Tensor LogProbabilities(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures? support)
    {
        Tensor scores = Mlp.Linear(features, blocks[0], blocks[1]);
        if (support is not null)
        {
            Tensor prototypes = support.Prototypes();
            scores = scores.Plus(Mlp.Linear(features, prototypes.transpose(1, 2) * Number(2), -prototypes.Square().sum([2])));
        }
        return scores.log_softmax(2);
    }
}

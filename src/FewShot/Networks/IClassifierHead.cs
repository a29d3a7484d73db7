namespace MamlRobotics.FewShot;

/// <summary>Tells the class of pictures from their features, and from the features of the support pictures.</summary>
public interface IClassifierHead
{
    /// <summary>The blocks of its parameters, which come after those of the network.</summary>
    /// <param name="features">The number of features of a picture</param>
    IEnumerable<(string Name, int[] Shape)> Blocks(int features, int ways);

    /// <summary>Whether it compares pictures with support pictures that have the same parameters.</summary>
    bool Compares { get; }

    /// <summary>Whether its classifier starts from the prototypes of the support pictures under the initial parameters.</summary>
    bool StartsFromPrototypes => false;

    /// <summary>The log-probability of every class. [N, M, ways]</summary>
    /// <param name="blocks">The blocks of the head, for N tasks</param>
    /// <param name="features">[N, M, features]</param>
    /// <param name="support">What is known of the classes; null where the head needs nothing</param>
    Tensor LogProbabilities(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures? support);

    /// <summary>The loss of every task. [N]</summary>
    /// <param name="targets">[N, M, ways], one for the class of the picture, else zero</param>
    Tensor Loss(ReadOnlySpan<Tensor> blocks, Tensor features, Tensor targets, SupportFeatures? support) =>
        (LogProbabilities(blocks, features, support) * targets).sum([2]).mean([1]).neg();

    /// <summary>What <see cref="Distances"/> are, in a few words.</summary>
    string DistanceName => "distance of features";

    /// <summary>How far each picture is from each support picture, which says why it is taken for a class. [N, M, S]</summary>
    Tensor Distances(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures support) =>
        (features.unsqueeze(2) - support.Features.unsqueeze(1)).Square().sum([3]).sqrt();
}

/// <summary>The support pictures as features, with their classes.</summary>
/// <param name="Features">[N, S, features]</param>
/// <param name="Targets">[N, S, ways]</param>
public sealed record SupportFeatures(Tensor Features, Tensor Targets)
{
    /// <summary>The mean features of every class. [N, ways, features]</summary>
    public Tensor Prototypes()
    {
        Tensor counts = Targets.sum([1]).unsqueeze(2);
        return Targets.transpose(1, 2).bmm(Features) / counts;
    }
}

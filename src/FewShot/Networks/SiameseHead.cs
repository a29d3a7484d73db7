namespace MamlRobotics.FewShot;

/// <summary>
/// The probability that two pictures are of the same class: a logistic function of the weighted distances between their features. It is
/// trained on pairs; a picture is of the class whose support picture is most likely the same. Koch, Zemel and Salakhutdinov 2015,
/// section 3.1.
/// </summary>
public sealed record SiameseHead : IClassifierHead
{
    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public IEnumerable<(string Name, int[] Shape)> Blocks(int features, int ways) =>
        [("distance.weight", [features, 1]), ("distance.bias", [1])];

    /// <inheritdoc/>
    public Tensor LogProbabilities(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures? support)
    {
        Tensor same = Scores(blocks, features, support!).sigmoid();
        // The mean over the support pictures of each class, as shares of all classes.
        Tensor ofClasses = same.bmm(support!.Targets / support.Targets.sum([1]).unsqueeze(1));
        return (ofClasses / ofClasses.sum(2, keepdim: true)).log();
    }

    /// <summary>The cross-entropy of all pairs, in which pairs of the same class count as much as all others together.</summary>
    /// <inheritdoc/>
    public Tensor Loss(ReadOnlySpan<Tensor> blocks, Tensor features, Tensor targets, SupportFeatures? support)
    {
        Tensor isSame = targets.bmm(support!.Targets.transpose(1, 2)), scores = Scores(blocks, features, support);
        Tensor same = isSame / isSame.sum([1, 2], keepdim: true), others = isSame.neg().Plus(1.0);
        Tensor different = others / others.sum([1, 2], keepdim: true);
        Tensor likelihoods = (same * nn.functional.logsigmoid(scores)).Plus(different * nn.functional.logsigmoid(scores.neg()));
        return likelihoods.sum([1, 2]) * Number(-0.5);
    }

    /// <inheritdoc/>
    public string DistanceName => "probability of another class";

    /// <inheritdoc/>
    public Tensor Distances(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures support) =>
        Scores(blocks, features, support).neg().sigmoid();

    // [N, M, S]
    private static Tensor Scores(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures support)
    {
        Tensor distances = (features.unsqueeze(2) - support.Features.unsqueeze(1)).abs();
        return distances.matmul(blocks[0].unsqueeze(1)).squeeze(3).Plus(blocks[1].unsqueeze(1));
    }
}

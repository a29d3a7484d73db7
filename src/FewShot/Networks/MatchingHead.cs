namespace MamlRobotics.FewShot;

/// <summary>
/// Attention over the support pictures: a softmax of scaled cosines between features, whose weights are added up for each class. Vinyals
/// et al. 2016, equations 1 and 2, arXiv 1606.04080, without full context embeddings.
/// </summary>
public sealed record MatchingHead : IClassifierHead
{
    // A cosine is at most one, so without a factor the softmax would stay nearly flat.
    private const double Sharpness = 10;

    // Attention to a class may be zero, of which there is no logarithm.
    private const double LeastProbability = 1e-6;

    /// <inheritdoc/>
    public bool Compares => true;

    /// <inheritdoc/>
    public IEnumerable<(string Name, int[] Shape)> Blocks(int features, int ways) => [];

    /// <inheritdoc/>
    public Tensor LogProbabilities(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures? support)
    {
        Tensor attention = (Cosines(features, support!) * Number(Sharpness)).softmax(2);
        return attention.bmm(support!.Targets).clamp_min(Number(LeastProbability)).log();
    }

    /// <inheritdoc/>
    public string DistanceName => "1 − cosine of features";

    /// <inheritdoc/>
    public Tensor Distances(ReadOnlySpan<Tensor> blocks, Tensor features, SupportFeatures support) =>
        Cosines(features, support).neg().Plus(1.0);

    // [N, M, S]
    private static Tensor Cosines(Tensor features, SupportFeatures support) =>
        Unit(features).bmm(Unit(support.Features).transpose(1, 2));

    private static Tensor Unit(Tensor features) => features / features.Square().sum(2, keepdim: true).Plus(1e-12).sqrt();
}

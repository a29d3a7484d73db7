namespace MamlRobotics.FewShot;

/// <summary>Pictures of N tasks with their classes.</summary>
/// <param name="Pictures">[N, M, side * side]</param>
/// <param name="Targets">[N, M, ways], one for the class of the picture, else zero</param>
/// <param name="Support">The support pictures of the same tasks; null where these are the support pictures themselves</param>
public sealed record ImageSamples(Tensor Pictures, Tensor Targets, ImageSamples? Support = null) : ITaskSamples<ImageSamples>
{
    /// <inheritdoc/>
    public long TaskCount => Pictures.shape[0];

    /// <inheritdoc/>
    public long SampleCount => Pictures.shape[1];

    /// <summary>How many pictures of its own class come before each picture. [N, M], whole numbers</summary>
    public Tensor SeenBefore => (Targets.cumsum(1) * Targets).sum([2]).Plus(-1.0).to(int64);

    public IEnumerable<Tensor> Tensors => [Pictures, Targets, .. Support?.Tensors ?? []];

    /// <inheritdoc/>
    public ImageSamples Tasks(long first, long count) => count == TaskCount ? this
        : new(Pictures.narrow(0, first, count), Targets.narrow(0, first, count), Support?.Tasks(first, count));

    /// <inheritdoc/>
    public ImageSamples Thinned(int stride) => this;
}

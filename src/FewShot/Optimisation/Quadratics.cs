namespace MamlRobotics.FewShot;

/// <summary>
/// The functions |W x - y|^2, with entries of W and y from a standard normal distribution. Andrychowicz et al. 2016, section 3.1, arXiv
/// 1606.04474.
/// </summary>
/// <param name="Factors">W, [N, D, D]</param>
/// <param name="Targets">y, [N, D]</param>
public sealed record Quadratics(Tensor Factors, Tensor Targets) : Optimisees
{
    /// <inheritdoc/>
    public override long Count => Targets.shape[0];

    public override IEnumerable<Tensor> Tensors => [Factors, Targets];

    /// <inheritdoc/>
    public override Tensor Loss(Tensor points, int step) =>
        (Factors.bmm(points.unsqueeze(2)).squeeze(2) - Targets).Square().sum([1]);

    /// <inheritdoc/>
    public override Quadratics Some(long first, long count) => new(Factors.narrow(0, first, count), Targets.narrow(0, first, count));
}

using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>
/// The cross-entropies of networks with one hidden layer of sigmoid units, as functions of their parameters, each estimated from a batch
/// of pictures. Andrychowicz et al. 2016, section 3.2, arXiv 1606.04474.
/// </summary>
/// <param name="Pictures">[M, pixels], of all functions</param>
/// <param name="Labels">[M], the class of each picture</param>
/// <param name="Batches">The pictures of each function for each number of steps, [N, steps, batch]</param>
/// <param name="Layout">The layout of the parameters of a network</param>
public sealed record DigitNetworks(Tensor Pictures, Tensor Labels, Tensor Batches, ParameterLayout Layout) : Optimisees
{
    /// <inheritdoc/>
    public override long Count => Batches.shape[0];

    // The pictures belong to the data, which outlive the functions.
    public override IEnumerable<Tensor> Tensors => [Batches];

    /// <summary>The layout of a network.</summary>
    public static ParameterLayout LayoutOf(int pixels, int hidden, int classes) => new(
    [
        ("hidden.weight", [pixels, hidden]), ("hidden.bias", [hidden]), ("output.weight", [hidden, classes]), ("output.bias", [classes]),
    ]);

    /// <inheritdoc/>
    public override Tensor Loss(Tensor points, int step)
    {
        Tensor[] blocks = Layout.Split(points);
        Tensor chosen = Batches.select(1, step), flat = chosen.flatten();
        Tensor pictures = Pictures.index_select(0, flat).view(Count, -1, Pictures.shape[1]).to(points.dtype);
        Tensor labels = Labels.index_select(0, flat).view(Count, -1, 1);
        Tensor hidden = Mlp.Linear(pictures, blocks[0], blocks[1]).sigmoid();
        return Mlp.Linear(hidden, blocks[2], blocks[3]).log_softmax(2).gather(2, labels).mean([1, 2]).neg();
    }

    /// <inheritdoc/>
    public override DigitNetworks Some(long first, long count) => this with { Batches = Batches.narrow(0, first, count) };
}

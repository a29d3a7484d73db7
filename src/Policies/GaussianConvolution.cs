namespace MamlRobotics.Policies;

/// <summary>
/// A policy that sees a picture: the first two coordinates of the observation, which are positions, are drawn into an occupancy grid.
/// Convolutions and hidden layers turn the grid and the other coordinates into features.
/// </summary>
/// <param name="cells">The number of cells on each side of the grid</param>
/// <param name="halfWidth">The grid reaches from minus to plus this, in the units of the observation</param>
/// <param name="channels">The number of channels of each convolution; each has a kernel of 3 x 3 and halves the grid</param>
/// <param name="hiddenSizes">The sizes of the hidden layers after the convolutions</param>
public sealed class GaussianConvolution(
    int observationSize, int actionSize, int cells, double halfWidth, IReadOnlyList<int> channels, IReadOnlyList<int> hiddenSizes,
    Activation activation, double minStd, bool stateDependentStd = false)
    : GaussianPolicy(
        [
            .. Convolution.Blocks([1, .. channels], Kernel),
            .. Mlp.LayerBlocks([Flat(observationSize, cells, channels), .. hiddenSizes, actionSize], "mean").SkipLast(2),
        ],
        hiddenSizes.LastOrDefault(Flat(observationSize, cells, channels)), actionSize, minStd, stateDependentStd)
{
    private const int Kernel = 3, Stride = 2, Padding = 1, Coordinates = 2;

    private readonly int flat = Flat(observationSize, cells, channels);

    /// <inheritdoc/>
    public override int WidestLayer => Math.Max(Convolved.Append(flat).Max(), hiddenSizes.Append(cells * cells).Max());

    /// <inheritdoc/>
    public override int Units => Convolved.Sum() + hiddenSizes.Sum() + ActionSize;

    // The number of values after each convolution.
    private IEnumerable<int> Convolved => channels.Select((count, layer) => count * Side(cells, layer + 1) * Side(cells, layer + 1));

    /// <inheritdoc/>
    protected override Tensor Features(Tensor[] blocks, Tensor observations, Tensor? timeSteps)
    {
        Tensor grids = OccupancyGrid.Draw(observations.narrow(2, 0, Coordinates), cells, halfWidth).transpose(0, 1);
        long count = grids.shape[0], further = blocks[0].requires_grad ? Convolution.FilledUp(count) - count : 0;
        Tensor planes = further == 0 ? grids.contiguous() : nn.functional.pad(grids, [0, 0, 0, 0, 0, 0, 0, further]);
        for (int layer = 0; layer < channels.Count; layer++)
        {
            Tensor sums = Convolution.Apply(planes, blocks[2 * layer], blocks[2 * layer + 1], Stride, Padding, hidden: layer > 0);
            planes = Mlp.Activated(sums, activation);
        }
        Tensor others = observations.narrow(2, Coordinates, observationSize - Coordinates);
        int first = 2 * channels.Count;
        Tensor drawn = planes.narrow(0, 0, count).reshape(count, observations.shape[0], -1).transpose(0, 1);
        return Mlp.Hidden(blocks.AsSpan(first, 2 * hiddenSizes.Count), cat([drawn, others], 2), activation);
    }

    // The number of values that the convolutions give, and the coordinates that are not drawn.
    private static int Flat(int observationSize, int cells, IReadOnlyList<int> channels)
    {
        int side = Side(cells, channels.Count);
        return channels[^1] * side * side + observationSize - Coordinates;
    }

    private static int Side(int cells, int convolutions) =>
        convolutions == 0 ? cells : (Side(cells, convolutions - 1) + 2 * Padding - Kernel) / Stride + 1;
}

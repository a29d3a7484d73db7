using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>How a convolution halves the picture.</summary>
public enum Downsampling
{
    /// <summary>By a stride of 2, as in the code of MAML for Omniglot.</summary>
    Stride,

    /// <summary>By taking the largest of 2 x 2 values after it, as in matching and prototypical networks.</summary>
    MaxPool,
}

/// <summary>
/// A network that gives features of pictures, as a function of (parameters, pictures): convolutions with kernels of 3 x 3, each with
/// batch normalisation and ReLU, then hidden layers. It holds no parameters.
/// </summary>
/// <param name="side">The width and the height of a picture</param>
/// <param name="channels">The number of channels of each convolution; empty for hidden layers alone</param>
/// <param name="hiddenSizes">The sizes of the hidden layers after the convolutions</param>
/// <param name="normalises">Whether convolutions have batch normalisation, Ioffe and Szegedy 2015, arXiv 1502.03167</param>
public sealed class ImageNetwork(
    int side, IReadOnlyList<int> channels, Downsampling downsampling, IReadOnlyList<int> hiddenSizes, bool normalises)
{
    private const int Kernel = 3;
    private const double Epsilon = 1e-5;

    private readonly int blocksOfConvolution = normalises ? 3 : 2;

    /// <summary>The number of features of a picture.</summary>
    public int FeatureCount => hiddenSizes.LastOrDefault(Flat);

    /// <summary>The number of units of the widest layer.</summary>
    public int WidestLayer => Convolved.Concat(hiddenSizes).Append(side * side).Max();

    /// <summary>The number of units of all layers except the input.</summary>
    public int Units => Convolved.Sum() + hiddenSizes.Sum();

    /// <summary>The number of channels of the last convolution; zero without convolutions.</summary>
    public int LastChannels => channels.LastOrDefault();

    /// <summary>The number of its blocks in a layout.</summary>
    public int BlockCount => blocksOfConvolution * channels.Count + 2 * hiddenSizes.Count;

    private int Flat => channels.Count == 0 ? side * side : channels[^1] * SideAfter(channels.Count) * SideAfter(channels.Count);

    // The number of values that each convolution gives, before pooling.
    private IEnumerable<int> Convolved => channels.Select((count, layer) =>
        count * (downsampling == Downsampling.Stride ? SideAfter(layer + 1) * SideAfter(layer + 1) : SideAfter(layer) * SideAfter(layer)));

    /// <summary>The blocks of its parameters.</summary>
    public IEnumerable<(string Name, int[] Shape)> Blocks()
    {
        for (int layer = 0; layer < channels.Count; layer++)
        {
            int before = layer == 0 ? 1 : channels[layer - 1];
            yield return ($"convolution{layer}.weight", [channels[layer], before, Kernel, Kernel]);
            // The normalisation would take away what a bias adds before it.
            if (normalises) yield return ($"norm{layer}.scale", [channels[layer]]);
            yield return (normalises ? $"norm{layer}.shift" : $"convolution{layer}.bias", [channels[layer]]);
        }
        int[] sizes = [Flat, .. hiddenSizes];
        for (int layer = 0; layer < hiddenSizes.Count; layer++)
        {
            yield return ($"hidden{layer}.weight", [sizes[layer], sizes[layer + 1]]);
            yield return ($"hidden{layer}.bias", [sizes[layer + 1]]);
        }
    }

    /// <summary>Sets the scales of normalisations to one in the initial parameters [P] of a layout that begins with these blocks.</summary>
    public static void InitialiseScales(ParameterLayout layout, float[] parameters)
    {
        foreach (ParameterBlock scale in layout.Blocks.Where(block => block.Name.EndsWith(".scale", StringComparison.Ordinal)))
            scale.Of(parameters).Fill(1);
    }

    /// <summary>The features of every picture.</summary>
    /// <param name="blocks">The blocks of the network, for N tasks</param>
    /// <param name="pictures">[N, M, side * side]</param>
    /// <param name="measured">
    /// Normalisation takes its means and variances from the first so many pictures of each task; from all of them where it is M
    /// </param>
    /// <param name="shift">[N, channels], added to what the last convolution gives after its normalisation; null for nothing</param>
    /// <returns>[N, M, features]</returns>
    public Tensor Features(ReadOnlySpan<Tensor> blocks, Tensor pictures, long measured, Tensor? shift = null)
    {
        Tensor features = channels.Count == 0 ? pictures : Convolve(blocks, pictures, measured, shift);
        return Mlp.Hidden(blocks[(blocksOfConvolution * channels.Count)..BlockCount], features, Activation.Relu);
    }

    // The channels of all tasks lie side by side, [M, N * channels, height, width], so that one convolution with a group for each task
    // and one normalisation serve all of them.
    private Tensor Convolve(ReadOnlySpan<Tensor> blocks, Tensor pictures, long measured, Tensor? shift)
    {
        long tasks = pictures.shape[0], count = pictures.shape[1];
        long stride = downsampling == Downsampling.Stride ? 2 : 1;
        Tensor planes = pictures.transpose(0, 1).contiguous().view(count, tasks, side, side);
        for (int layer = 0; layer < channels.Count; layer++)
        {
            ReadOnlySpan<Tensor> own = blocks.Slice(blocksOfConvolution * layer, blocksOfConvolution);
            planes = Convolution.Apply(planes, own[0], normalises ? null : own[1], stride, padding: 1, hidden: layer > 0);
            if (normalises) planes = Normalised(planes, own[1].flatten(), own[2].flatten(), measured);
            if (shift is not null && layer == channels.Count - 1) planes = planes.Plus(shift.reshape(1, -1, 1, 1));
            planes = planes.relu();
            if (downsampling == Downsampling.MaxPool) planes = nn.functional.max_pool2d(planes, 2, 2);
        }
        return planes.reshape(count, tasks, -1).transpose(0, 1);
    }

    private static Tensor Normalised(Tensor planes, Tensor scale, Tensor shift, long measured)
    {
        Tensor seen = planes.narrow(0, 0, measured);
        Tensor mean = seen.mean([0, 2, 3], keepdim: true);
        Tensor centred = planes - mean;
        Tensor variance = (measured == planes.shape[0] ? centred : seen - mean).Square().mean([0, 2, 3], keepdim: true);
        Tensor factor = variance.Plus(Epsilon).rsqrt() * scale.view(1, -1, 1, 1);
        return (centred * factor).Plus(shift.view(1, -1, 1, 1));
    }

    private int SideAfter(int convolutions) =>
        convolutions == 0 ? side : (SideAfter(convolutions - 1) + (downsampling == Downsampling.Stride ? 1 : 0)) / 2;
}

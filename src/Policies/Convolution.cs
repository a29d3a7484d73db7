namespace MamlRobotics.Policies;

/// <summary>A two-dimensional convolution whose weights are different for every task.</summary>
public static class Convolution
{
    /// <summary>The weights [out, in, kernel, kernel] and the biases [out] of convolutions.</summary>
    /// <param name="channels">The numbers of channels, beginning with those of the input</param>
    public static IEnumerable<(string Name, int[] Shape)> Blocks(IReadOnlyList<int> channels, int kernel)
    {
        for (int layer = 0; layer < channels.Count - 1; layer++)
        {
            yield return ($"convolution{layer}.weight", [channels[layer + 1], channels[layer], kernel, kernel]);
            yield return ($"convolution{layer}.bias", [channels[layer + 1]]);
        }
    }

    /// <summary>
    /// Convolves the pictures of every task with its own weights, as one convolution with a group for each task. The channels of all
    /// tasks lie side by side.
    /// </summary>
    /// <param name="planes">[M, N * in, height, width]</param>
    /// <param name="weight">[N, out, in, kernel, kernel]</param>
    /// <param name="bias">[N, out]; null for none</param>
    /// <param name="hidden">Whether another layer gave the planes, so that a gradient by them is asked for</param>
    /// <returns>[M, N * out, height', width']</returns>
    public static Tensor Apply(Tensor planes, Tensor weight, Tensor? bias, long stride, long padding, bool hidden) =>
        hidden && HasWrongGradient(weight)
            ? Product(planes, weight[0], bias?[0], stride, padding)
            : nn.functional.conv2d(
                planes, weight.flatten(0, 1), bias?.flatten(), [stride, stride], [padding, padding], groups: weight.shape[0]);

    // libtorch 2.10 with oneDNN gets the gradient by the planes wrong for one group in single precision when a number of channels is no
    // multiple of the 16 that fit into a register (docs/architecture.md).
    private static bool HasWrongGradient(Tensor weight) =>
        weight.shape[0] == 1 && (weight.shape[1] % 16 != 0 || weight.shape[2] % 16 != 0);

    // The same convolution as one matrix product with every patch of every picture, which does not pass through oneDNN.
    private static Tensor Product(Tensor planes, Tensor weight, Tensor? bias, long stride, long padding)
    {
        long kernel = weight.shape[^1];
        Tensor patches = nn.functional.unfold(planes, (kernel, kernel), padding: (padding, padding), stride: (stride, stride));
        Tensor sums = matmul(weight.flatten(1), patches);
        if (bias is not null) sums = sums.Plus(bias.unsqueeze(1));
        return sums.view(planes.shape[0], weight.shape[0], Side(planes.shape[2]), Side(planes.shape[3]));

        long Side(long side) => (side + 2 * padding - kernel) / stride + 1;
    }
}

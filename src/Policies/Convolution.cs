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
    /// <returns>[M, N * out, height', width']</returns>
    public static Tensor Apply(Tensor planes, Tensor weight, Tensor? bias, long stride, long padding) => nn.functional.conv2d(
        planes, weight.flatten(0, 1), bias?.flatten(), [stride, stride], [padding, padding], groups: weight.shape[0]);
}

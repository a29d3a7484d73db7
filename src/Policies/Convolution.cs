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

    /// <summary>Convolves the pictures of every task with its own weights, as one convolution with a group for each task.</summary>
    /// <param name="pictures">[N, M, in, height, width]</param>
    /// <param name="weight">[N, out, in, kernel, kernel]</param>
    /// <param name="bias">[N, out]</param>
    /// <returns>[N, M, out, height', width']</returns>
    public static Tensor Apply(Tensor pictures, Tensor weight, Tensor bias, int stride, int padding)
    {
        long tasks = pictures.shape[0];
        Tensor grouped = pictures.transpose(0, 1).flatten(1, 2);
        Tensor sums = nn.functional.conv2d(
            grouped, weight.flatten(0, 1), bias.flatten(), [stride, stride], [padding, padding], groups: tasks);
        return sums.view(sums.shape[0], tasks, -1, sums.shape[2], sums.shape[3]).transpose(0, 1);
    }
}

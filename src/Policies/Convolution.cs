namespace MamlRobotics.Policies;

/// <summary>A two-dimensional convolution whose weights are different for every task.</summary>
public static class Convolution
{
    // Numbers in a register: AVX2 and AVX-512.
    private const long NarrowestRegister = 8, WidestRegister = 16;

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
        hidden && !(HasRightGradients(weight.shape[0], weight.shape[1]) && HasRightGradients(weight.shape[0], weight.shape[2]))
            ? Product(planes, weight, bias, stride, padding)
            : nn.functional.conv2d(
                planes, weight.flatten(0, 1), bias?.flatten(), [stride, stride], [padding, padding], groups: weight.shape[0]);

    /// <summary>
    /// The number of pictures that a task must have, with empty ones added, for a gradient of a gradient by the weights to be right.
    /// libtorch takes pictures for channels there.
    /// </summary>
    public static long FilledUp(long pictures) =>
        pictures <= NarrowestRegister ? pictures : (pictures + WidestRegister - 1) / WidestRegister * WidestRegister;

    // On machines that do not tell the sizes of their caches, such as many virtual ones, oneDNN in libtorch 2.10 gets single-precision
    // convolutions wrong where channels do not fill blocks of registers (docs/architecture.md). These numbers of channels are right.
    private static bool HasRightGradients(long tasks, long channels) => long.IsPow2(channels)
        ? tasks > 1 || channels >= WidestRegister
        : tasks > 1 && channels < 2 * WidestRegister;

    // The same convolutions as one matrix product for each task with every patch of every picture, which does not pass through oneDNN.
    private static Tensor Product(Tensor planes, Tensor weight, Tensor? bias, long stride, long padding)
    {
        (long pictures, long tasks, long outputs, long kernel) = (planes.shape[0], weight.shape[0], weight.shape[1], weight.shape[^1]);
        Tensor patches = nn.functional.unfold(planes, (kernel, kernel), padding: (padding, padding), stride: (stride, stride));
        Tensor ofTasks = patches.view(pictures, tasks, -1, patches.shape[2]).permute(1, 2, 0, 3).flatten(2);
        Tensor sums = weight.flatten(2).bmm(ofTasks);
        if (bias is not null) sums = sums.Plus(bias.unsqueeze(2));
        Tensor ofPictures = sums.view(tasks, outputs, pictures, Side(planes.shape[2]), Side(planes.shape[3])).permute(2, 0, 1, 3, 4);
        return ofPictures.flatten(1, 2);

        long Side(long side) => (side + 2 * padding - kernel) / stride + 1;
    }
}

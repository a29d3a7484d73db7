using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>
/// A multilayer perceptron as a function of (parameters, inputs); it holds no parameters. With a context, the first layer has further
/// inputs, which are parameters too: CAVIA, Zintgraf et al. 2019, arXiv 1810.03642.
/// </summary>
public sealed class Mlp
{
    /// <param name="sizes">The sizes of the layers, beginning with the input</param>
    /// <param name="contextSize">The number of context parameters; zero for a network without a context</param>
    public Mlp(IReadOnlyList<int> sizes, Activation activation, int contextSize = 0)
    {
        LayerSizes = sizes;
        Activation = activation;
        ContextSize = contextSize;
        Layout = new ParameterLayout(LayerBlocks(sizes, "output").Concat(ContextBlocks(sizes, contextSize)));
    }

    /// <summary>The sizes of the layers, beginning with the input.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    public Activation Activation { get; }

    public int ContextSize { get; }

    public ParameterLayout Layout { get; }

    /// <summary>The outputs of every task's network.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="inputs">[N, M, in]</param>
    /// <returns>[N, M, out]</returns>
    public Tensor Forward(Tensor parameters, Tensor inputs)
    {
        Tensor[] blocks = Layout.Split(parameters);
        if (ContextSize > 0) blocks[1] = WithContext(blocks[1], blocks[^2], blocks[^1]);
        return Forward(blocks.AsSpan(0, 2 * (LayerSizes.Count - 1)), inputs, Activation);
    }

    /// <summary>Passes inputs through layers, with the activation after each but the last.</summary>
    /// <param name="layers">The weights [N, in, out] and the biases [N, out] of each layer in turn</param>
    /// <param name="inputs">[N, M, in]</param>
    /// <returns>[N, M, out]</returns>
    internal static Tensor Forward(ReadOnlySpan<Tensor> layers, Tensor inputs, Activation activation) =>
        Linear(Hidden(layers[..^2], inputs, activation), layers[^2], layers[^1]);

    /// <summary>Passes inputs through layers, with the activation after each.</summary>
    /// <inheritdoc cref="Forward(ReadOnlySpan{Tensor}, Tensor, Activation)"/>
    public static Tensor Hidden(ReadOnlySpan<Tensor> layers, Tensor inputs, Activation activation)
    {
        Tensor hidden = inputs;
        for (int i = 0; i < layers.Length; i += 2) hidden = Activated(Linear(hidden, layers[i], layers[i + 1]), activation);
        return hidden;
    }

    /// <summary>A linear layer of every task. [N, M, in], [N, in, out] and [N, out] to [N, M, out]</summary>
    // This is not baddbmm, because TorchSharp 0.107 passes its arguments in another order than libtorch expects.
    public static Tensor Linear(Tensor inputs, Tensor weight, Tensor bias) => bmm(inputs, weight).Accumulate(bias.unsqueeze(1));

    internal static Tensor Activated(Tensor sums, Activation activation) => activation switch
    {
        Activation.Tanh => sums.tanh(),
        Activation.Relu => sums.relu(),
        Activation.Elu => sums.relu().Plus(sums.clamp_max(Number(0)).exp().Plus(-1.0)),
        _ => nn.functional.silu(sums),
    };

    /// <summary>
    /// The bias of the first layer with the context in it: the context adds the same to that layer for all samples of a task.
    /// [N, h], [N, C] and [N, C, h] to [N, h]
    /// </summary>
    internal static Tensor WithContext(Tensor bias, Tensor context, Tensor weight) =>
        bias.Plus(context.unsqueeze(1).bmm(weight).squeeze(1));

    /// <summary>
    /// Draws initial parameters [P]: weights are uniform with the variance of He et al. 2015 for ReLU and of Glorot and Bengio 2010 for
    /// tanh; biases and the context are zero.
    /// </summary>
    public float[] Initialise(RandomStream stream)
    {
        var parameters = new float[Layout.Count];
        foreach (ParameterBlock block in Layout.Blocks.Where(block => block.Shape.Length == 2))
        {
            double bound = Math.Sqrt(6.0 / (block.Shape[0] + (Activation == Activation.Relu ? 0 : block.Shape[1])));
            for (int i = 0; i < block.Length; i++)
                parameters[block.Offset + i] = (float)(bound * (2 * stream.Uniform(block.Offset + i) - 1));
        }
        return parameters;
    }

    /// <summary>The weights and the biases of layers of these sizes.</summary>
    /// <param name="output">The name of the last layer</param>
    internal static IEnumerable<(string Name, int[] Shape)> LayerBlocks(IReadOnlyList<int> sizes, string output)
    {
        int last = sizes.Count - 2;
        for (int layer = 0; layer <= last; layer++)
        {
            string name = layer < last ? $"hidden{layer}" : output;
            // [in, out], so that a batch of rows is multiplied without a transpose.
            yield return ($"{name}.weight", [sizes[layer], sizes[layer + 1]]);
            yield return ($"{name}.bias", [sizes[layer + 1]]);
        }
    }

    /// <summary>The context and its weights, if there is one.</summary>
    internal static IEnumerable<(string Name, int[] Shape)> ContextBlocks(IReadOnlyList<int> sizes, int contextSize) =>
        contextSize == 0 ? [] : [(ParameterLayout.Context, [contextSize]), (ParameterLayout.ContextWeight, [contextSize, sizes[1]])];
}

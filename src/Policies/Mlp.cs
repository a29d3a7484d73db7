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
        Layout = new ParameterLayout(Blocks(sizes, contextSize));
    }

    /// <summary>The sizes of the layers, beginning with the input.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    public Activation Activation { get; }

    public int ContextSize { get; }

    public ParameterLayout Layout { get; }

    private int HiddenCount => LayerSizes.Count - 2;

    /// <summary>The outputs of every task's network.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="inputs">[N, M, in]</param>
    /// <returns>[N, M, out]</returns>
    public Tensor Forward(Tensor parameters, Tensor inputs)
    {
        Tensor[] blocks = Layout.Split(parameters);
        Tensor hidden = inputs;
        for (int layer = 0; layer <= HiddenCount; layer++)
        {
            Tensor bias = blocks[2 * layer + 1].unsqueeze(1);
            if (layer == 0 && ContextSize > 0) bias = bias.Plus(blocks[^2].unsqueeze(1).bmm(blocks[^1]));
            // This is not baddbmm, because TorchSharp 0.107 passes its arguments in another order than libtorch expects.
            hidden = bmm(hidden, blocks[2 * layer]).Accumulate(bias);
            if (layer < HiddenCount) hidden = Activation == Activation.Tanh ? hidden.tanh() : hidden.relu();
        }
        return hidden;
    }

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

    private static IEnumerable<(string Name, int[] Shape)> Blocks(IReadOnlyList<int> sizes, int contextSize)
    {
        int last = sizes.Count - 2;
        for (int layer = 0; layer <= last; layer++)
        {
            string name = layer < last ? $"hidden{layer}" : "output";
            // [in, out], so that a batch of rows is multiplied without a transpose.
            yield return ($"{name}.weight", [sizes[layer], sizes[layer + 1]]);
            yield return ($"{name}.bias", [sizes[layer + 1]]);
        }
        if (contextSize == 0) yield break;
        yield return (ParameterLayout.Context, [contextSize]);
        yield return (ParameterLayout.ContextWeight, [contextSize, sizes[1]]);
    }
}

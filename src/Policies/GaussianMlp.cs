using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

public enum Activation { Tanh, Relu }

/// <summary>
/// A Gaussian policy as a function of (parameters, observations); it holds no parameters. The mean is a multilayer perceptron
/// of the observation, and the standard deviation of each action coordinate is a parameter. With a context, the first layer
/// has further inputs, which are parameters too.
/// </summary>
public sealed class GaussianMlp
{
    /// <summary>The block of the logarithm of the standard deviation.</summary>
    public const string LogStdBlock = "log_std";

    /// <param name="contextSize">C, the number of context parameters; zero for a policy without a context</param>
    public GaussianMlp(
        int observationSize, int actionSize, IReadOnlyList<int> hiddenSizes, Activation activation, double minStd, int contextSize = 0)
    {
        ActionSize = actionSize;
        LayerSizes = [observationSize, .. hiddenSizes, actionSize];
        Activation = activation;
        MinStd = minStd;
        ContextSize = contextSize;
        Layout = new ParameterLayout(Blocks(LayerSizes, contextSize));
    }

    public int ActionSize { get; }

    /// <summary>The sizes of the layers, beginning with the input.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    public Activation Activation { get; }

    /// <summary>The floor of the standard deviation, in policy units.</summary>
    public double MinStd { get; }

    /// <summary>C, the number of context parameters.</summary>
    public int ContextSize { get; }

    public ParameterLayout Layout { get; }

    /// <summary>P, the number of parameters of such a policy, which may be more than an array can hold.</summary>
    public static long ParameterCount(int observationSize, int actionSize, IReadOnlyList<int> hiddenSizes, int contextSize = 0) =>
        Blocks([observationSize, .. hiddenSizes, actionSize], contextSize)
            .Sum(block => block.Shape.Aggregate(1L, (product, size) => product * size));

    /// <summary>The action distribution of every task at its samples.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="observations">[N, M, obs]</param>
    public DiagonalGaussian Distribution(Tensor parameters, Tensor observations)
    {
        Tensor[] blocks = Layout.Split(parameters);
        int logStd = 2 * (LayerSizes.Count - 1);
        if (ContextSize > 0) blocks[1] = Mlp.WithContext(blocks[1], blocks[^2], blocks[^1]);
        Tensor mean = Mlp.Forward(blocks.AsSpan(0, logStd), observations, Activation);
        return new DiagonalGaussian(mean, blocks[logStd].clamp_min(Number(Math.Log(MinStd))).unsqueeze(1));
    }

    /// <summary>
    /// Draws initial parameters [P]: weights are uniform with the variance of Glorot and Bengio 2010, as in rllab, and biases
    /// are zero.
    /// </summary>
    public float[] Initialise(RandomStream stream, double initialStd)
    {
        float[] parameters = Layout.Initialise(stream);
        ParameterBlock logStd = Layout.Block(LogStdBlock);
        parameters.AsSpan(logStd.Offset, logStd.Length).Fill((float)Math.Log(initialStd));
        return parameters;
    }

    private static IEnumerable<(string Name, int[] Shape)> Blocks(IReadOnlyList<int> sizes, int contextSize) =>
        [.. Mlp.LayerBlocks(sizes, "mean"), (LogStdBlock, [sizes[^1]]), .. Mlp.ContextBlocks(sizes, contextSize)];
}

namespace MamlRobotics.Policies;

/// <summary>The nonlinearity after each hidden layer. Rollouts on a CPU are fastest with the first two.</summary>
public enum Activation { Tanh, Relu, Elu, Silu }

/// <summary>
/// A policy whose features are those of a multilayer perceptron. Without hidden layers the mean is a linear function of the
/// observation. With a context, the first layer has further inputs, which are parameters too.
/// </summary>
/// <param name="contextSize">C, the number of context parameters; zero for a policy without a context</param>
public sealed class GaussianMlp(
    int observationSize, int actionSize, IReadOnlyList<int> hiddenSizes, Activation activation, double minStd, int contextSize = 0,
    bool stateDependentStd = false)
    : GaussianPolicy(
        Mlp.LayerBlocks([observationSize, .. hiddenSizes, actionSize], "mean").SkipLast(2), hiddenSizes.LastOrDefault(observationSize),
        actionSize, minStd, stateDependentStd, Mlp.ContextBlocks([observationSize, .. hiddenSizes, actionSize], contextSize))
{
    /// <summary>The sizes of the layers, beginning with the input.</summary>
    public IReadOnlyList<int> LayerSizes { get; } = [observationSize, .. hiddenSizes, actionSize];

    public Activation Activation => activation;

    /// <inheritdoc/>
    public override int ContextSize => contextSize;

    /// <inheritdoc/>
    public override int WidestLayer => LayerSizes.Max();

    /// <inheritdoc/>
    public override int Units => LayerSizes.Skip(1).Sum();

    /// <inheritdoc/>
    protected override Tensor Features(Tensor[] blocks, Tensor observations, Tensor? timeSteps)
    {
        if (ContextSize > 0) blocks[1] = Mlp.WithContext(blocks[1], blocks[^2], blocks[^1]);
        return Mlp.Hidden(blocks.AsSpan(0, 2 * (LayerSizes.Count - 2)), observations, Activation);
    }
}

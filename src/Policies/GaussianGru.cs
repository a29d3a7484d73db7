namespace MamlRobotics.Policies;

/// <summary>
/// A policy with a memory: a gated recurrent unit whose state is the features. Hidden layers may come before it. Cho et al. 2014,
/// equations 5 to 8, arXiv 1406.1078, in the variant of cuDNN, where the reset gate multiplies the product with the memory.
/// </summary>
/// <param name="hiddenSizes">The sizes of the hidden layers, and then that of the memory</param>
public sealed class GaussianGru(
    int observationSize, int actionSize, IReadOnlyList<int> hiddenSizes, Activation activation, double minStd,
    bool stateDependentStd = false)
    : GaussianPolicy(Blocks([observationSize, .. hiddenSizes]), hiddenSizes[^1], actionSize, minStd, stateDependentStd)
{
    // The reset gate, the update gate and the candidate.
    private const int Gates = 3;

    private readonly int layerBlocks = 2 * (hiddenSizes.Count - 1);

    /// <inheritdoc/>
    public override int MemorySize => hiddenSizes[^1];

    /// <inheritdoc/>
    public override int WidestLayer => Math.Max(observationSize, Math.Max(hiddenSizes.Max(), Gates * MemorySize));

    /// <inheritdoc/>
    public override int Units => hiddenSizes.SkipLast(1).Sum() + 2 * Gates * MemorySize + MemorySize + ActionSize;

    /// <inheritdoc/>
    protected override Tensor Features(Tensor[] blocks, Tensor observations, Tensor? timeSteps)
    {
        ArgumentNullException.ThrowIfNull(timeSteps);
        var sequences = new Sequences(timeSteps);
        // One product for all time steps is faster than one for each.
        Tensor[] inputs = sequences.Unpack(Inputs(blocks, observations)).unbind(2);
        Tensor memory = zeros([inputs[0].shape[0], inputs[0].shape[1], MemorySize], observations.dtype, observations.device);
        var states = new Tensor[inputs.Length];
        for (int t = 0; t < inputs.Length; t++) states[t] = memory = Next(blocks, inputs[t], memory);
        return sequences.Pack(stack(states, dim: 2));
    }

    /// <inheritdoc/>
    protected override Tensor NextMemory(Tensor[] blocks, Tensor observations, Tensor memory) =>
        Next(blocks, Inputs(blocks, observations), memory);

    /// <summary>The contribution of the observations to the gates. [N, M, obs] to [N, M, 3 H]</summary>
    private Tensor Inputs(Tensor[] blocks, Tensor observations)
    {
        Tensor hidden = Mlp.Hidden(blocks.AsSpan(0, layerBlocks), observations, activation);
        return Mlp.Linear(hidden, blocks[layerBlocks], blocks[layerBlocks + 1]);
    }

    /// <param name="inputs">[N, B, 3 H]</param>
    /// <param name="memory">[N, B, H]</param>
    private Tensor Next(Tensor[] blocks, Tensor inputs, Tensor memory)
    {
        Tensor[] fromInput = inputs.chunk(Gates, 2);
        Tensor[] fromMemory = Mlp.Linear(memory, blocks[layerBlocks + 2], blocks[layerBlocks + 3]).chunk(Gates, 2);
        Tensor reset = fromInput[0].Plus(fromMemory[0]).sigmoid(), update = fromInput[1].Plus(fromMemory[1]).sigmoid();
        Tensor candidate = fromInput[2].Plus(reset * fromMemory[2]).tanh();
        return candidate.Plus(update * (memory - candidate));
    }

    private static IEnumerable<(string Name, int[] Shape)> Blocks(int[] sizes) =>
    [
        .. Mlp.LayerBlocks(sizes, "gru").SkipLast(2),
        ("gru.input_weight", [sizes[^2], Gates * sizes[^1]]),
        ("gru.input_bias", [Gates * sizes[^1]]),
        ("gru.memory_weight", [sizes[^1], Gates * sizes[^1]]),
        ("gru.memory_bias", [Gates * sizes[^1]]),
    ];
}

using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>
/// The forward pass of one task's <see cref="GaussianMlp"/> for a few environments, without tensors, for use inside a
/// rollout on one thread. Whole blocks of environments are computed with environments in the lanes, the rest with output
/// units in the lanes. Both ways take the same sums in the same order, so they give the same means.
/// </summary>
public sealed class FusedMlp
{
    // A wide block has enough sums at a time to hide the latency of its multiply-adds; a narrow block has nearly enough.
    private const int NarrowRegisters = 2;

    private readonly LayerKernel kernel;
    private readonly int wideBlock;
    private readonly int narrowBlock;
    private readonly GaussianMlp policy;
    private readonly int[] sizes;
    private readonly int[] strides;
    private readonly float[][] weights;
    private readonly float[][] biases;
    private readonly float[][] spreadBiases;
    private float[] front;
    private float[] back;
    private float[] inputs = [];
    private float[] means = [];
    private int capacity;

    public FusedMlp(GaussianMlp policy) : this(policy, LayerKernel.OfProcessor())
    {
    }

    internal FusedMlp(GaussianMlp policy, LayerKernel kernel)
    {
        this.policy = policy;
        this.kernel = kernel;
        (wideBlock, narrowBlock) = (kernel.TileRegisters * Width, NarrowRegisters * Width);
        sizes = [.. policy.LayerSizes];
        strides = [.. sizes.Select(size => RoundUp(size, Width))];
        weights = [.. Enumerable.Range(0, sizes.Length - 1).Select(layer => new float[sizes[layer] * strides[layer + 1]])];
        biases = [.. strides[1..].Select(stride => new float[stride])];
        spreadBiases = [.. strides[1..].Select(stride => new float[stride * Width])];
        LogStd = new float[policy.ActionSize];
        front = new float[wideBlock * strides.Max()];
        back = new float[front.Length];
    }

    private int Width => kernel.Width;

    /// <summary>Whether a policy is one that this class computes.</summary>
    public static bool Suits(GaussianPolicy policy) =>
        policy is GaussianMlp { HasStateDependentStd: false, Activation: Activation.Tanh or Activation.Relu };

    /// <summary>The log standard deviations of the parameters that were loaded last, not below their floor. [act]</summary>
    public float[] LogStd { get; }

    /// <summary>Copies one task's flat parameters [P] into the padded layout of the products.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        IReadOnlyList<ParameterBlock> blocks = policy.Layout.Blocks;
        for (int layer = 0; layer < weights.Length; layer++)
        {
            int units = sizes[layer + 1];
            for (int row = 0; row < sizes[layer]; row++)
                parameters.Slice(blocks[2 * layer].Offset + row * units, units).CopyTo(weights[layer].AsSpan(row * strides[layer + 1]));
            parameters.Slice(blocks[2 * layer + 1].Offset, units).CopyTo(biases[layer]);
            if (layer == 0 && policy.ContextSize > 0) AddContext(parameters);
            for (int unit = 0; unit < units; unit++) spreadBiases[layer].AsSpan(unit * Width, Width).Fill(biases[layer][unit]);
        }
        int logStd = policy.Layout.Block(GaussianMlp.LogStdBlock).Offset;
        float floor = (float)Math.Log(policy.MinStd);
        for (int i = 0; i < LogStd.Length; i++) LogStd[i] = Math.Max(parameters[logStd + i], floor);
    }

    // The context adds the same to the first layer for all observations, so it becomes part of the bias.
    private void AddContext(ReadOnlySpan<float> parameters)
    {
        ParameterBlock context = policy.Layout.Block(ParameterLayout.Context);
        ParameterBlock weight = policy.Layout.Block(ParameterLayout.ContextWeight);
        for (int row = 0; row < context.Length; row++)
            for (int unit = 0; unit < sizes[1]; unit++)
                biases[0][unit] += parameters[context.Offset + row] * parameters[weight.Offset + row * sizes[1] + unit];
    }

    /// <summary>Makes room for a number of environments. Inputs and means that were there are lost.</summary>
    public void Reserve(int environments)
    {
        if (environments <= capacity) return;
        capacity = RoundUp(environments, wideBlock);
        inputs = new float[sizes[0] * capacity];
        means = new float[RoundUp(sizes[^1], LayerKernel.TileRows) * capacity];
    }

    /// <summary>One observed coordinate of every environment, which the caller writes before a forward pass.</summary>
    public Span<float> Input(int coordinate) => inputs.AsSpan(coordinate * capacity, capacity);

    /// <summary>One coordinate of the mean action of every environment, after a forward pass.</summary>
    public ReadOnlySpan<float> Mean(int coordinate) => means.AsSpan(coordinate * capacity, capacity);

    /// <summary>Computes the means of the action distribution for the first <paramref name="count"/> environments.</summary>
    public void Forward(int count)
    {
        int first = 0;
        for (; count - first >= narrowBlock; first += BlockFor(count - first)) ForwardBlock(first, BlockFor(count - first));
        if (first < count) ForwardRows(first, count - first);
    }

    private int BlockFor(int count) => count >= wideBlock ? wideBlock : narrowBlock;

    // Environments are in the lanes, and the weights are the same for all lanes.
    private void ForwardBlock(int first, int width)
    {
        var input = new Strided(ref inputs[first], capacity, 1);
        for (int layer = 0; layer < weights.Length; layer++)
        {
            bool isLast = layer == weights.Length - 1;
            int units = RoundUp(sizes[layer + 1], LayerKernel.TileRows);
            Strided output = isLast ? new(ref means[first], capacity, 1) : new(ref back[0], width, 1);
            kernel.Multiply(
                new(ref weights[layer][0], 1, strides[layer + 1]), input, new(ref spreadBiases[layer][0], Width, 0), output,
                sizes[layer], units, width / Width);
            if (!isLast) kernel.Activate(policy.Activation, back.AsSpan(0, units * width));
            (front, back) = (back, front);
            input = output;
        }
    }

    // Output units are in the lanes, and the inputs of a row are the same for all lanes.
    private void ForwardRows(int first, int count)
    {
        int rows = RoundUp(count, LayerKernel.TileRows);
        for (int row = 0; row < count; row++)
            for (int i = 0; i < sizes[0]; i++) front[row * strides[0] + i] = inputs[i * capacity + first + row];
        for (int layer = 0; layer < weights.Length; layer++)
        {
            int stride = strides[layer + 1];
            kernel.Multiply(
                new(ref front[0], strides[layer], 1), new(ref weights[layer][0], stride, 1), new(ref biases[layer][0], 0, Width),
                new(ref back[0], stride, 1), sizes[layer], rows, stride / Width);
            if (layer < weights.Length - 1) kernel.Activate(policy.Activation, back.AsSpan(0, rows * stride));
            (front, back) = (back, front);
        }
        for (int row = 0; row < count; row++)
            for (int i = 0; i < sizes[^1]; i++) means[i * capacity + first + row] = front[row * strides[^1] + i];
    }

    private static int RoundUp(int count, int multiple) => (count + multiple - 1) / multiple * multiple;
}

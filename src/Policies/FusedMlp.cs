using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>
/// The forward pass of one task's <see cref="GaussianMlp"/> over a few rows, without tensors, for use inside a
/// rollout on one thread. SIMD lanes are output units, so a row's result does not depend on the other rows.
/// </summary>
public sealed class FusedMlp
{
    private const int RowBlock = 4;
    private static readonly int Width = Vector512<float>.Count;

    private readonly GaussianMlp policy;
    private readonly float[][] weights;
    private readonly float[][] biases;
    private readonly int[] sizes;
    private readonly int[] strides;
    private float[] front = [];
    private float[] back = [];

    public FusedMlp(GaussianMlp policy)
    {
        this.policy = policy;
        sizes = [.. policy.LayerSizes];
        strides = [.. sizes.Select(size => (size + Width - 1) / Width * Width)];
        weights = [.. Enumerable.Range(0, sizes.Length - 1).Select(layer => new float[sizes[layer] * strides[layer + 1]])];
        biases = [.. Enumerable.Range(1, sizes.Length - 1).Select(layer => new float[strides[layer]])];
        LogStd = new float[policy.ActionSize];
    }

    /// <summary>Log standard deviations of the parameters loaded last, floored. [act]</summary>
    public float[] LogStd { get; }

    /// <summary>Distance between two rows of inputs, and of outputs.</summary>
    public (int Input, int Output) RowStride => (strides[0], strides[^1]);

    /// <summary>Copies one task's flat parameters [P] into the padded layout of the kernels.</summary>
    public void Load(ReadOnlySpan<float> parameters)
    {
        IReadOnlyList<ParameterBlock> blocks = policy.Layout.Blocks;
        for (int layer = 0; layer < weights.Length; layer++)
        {
            for (int row = 0; row < sizes[layer]; row++)
            {
                parameters.Slice(blocks[2 * layer].Offset + row * sizes[layer + 1], sizes[layer + 1])
                    .CopyTo(weights[layer].AsSpan(row * strides[layer + 1]));
            }
            parameters.Slice(blocks[2 * layer + 1].Offset, sizes[layer + 1]).CopyTo(biases[layer]);
        }
        float floor = (float)Math.Log(policy.MinStd);
        for (int i = 0; i < LogStd.Length; i++) LogStd[i] = Math.Max(parameters[blocks[^1].Offset + i], floor);
    }

    /// <summary>Means of the action distribution at the first rows of the input.</summary>
    /// <param name="input">Rows of observations, <see cref="RowStride"/> apart</param>
    /// <returns>Rows of means, <see cref="RowStride"/> apart, valid until the next call</returns>
    public ReadOnlySpan<float> Forward(ReadOnlySpan<float> input, int rows)
    {
        int padded = (rows + RowBlock - 1) / RowBlock * RowBlock;
        int needed = padded * strides.Max();
        if (front.Length < needed) (front, back) = (new float[needed], new float[needed]);
        input[..(rows * strides[0])].CopyTo(front);
        for (int layer = 0; layer < weights.Length; layer++)
        {
            Multiply(layer, padded);
            if (layer < weights.Length - 1) Activate(back.AsSpan(0, padded * strides[layer + 1]));
            (front, back) = (back, front);
        }
        return front.AsSpan(0, rows * strides[^1]);
    }

    private void Multiply(int layer, int rows)
    {
        int inputs = sizes[layer], inputStride = strides[layer], outputStride = strides[layer + 1];
        ref float x = ref MemoryMarshal.GetArrayDataReference(front);
        ref float w = ref MemoryMarshal.GetArrayDataReference(weights[layer]);
        ref float y = ref MemoryMarshal.GetArrayDataReference(back);
        ref float bias = ref MemoryMarshal.GetArrayDataReference(biases[layer]);
        for (int row = 0; row < rows; row += RowBlock)
        {
            ref float xRow = ref Unsafe.Add(ref x, row * inputStride);
            ref float yRow = ref Unsafe.Add(ref y, row * outputStride);
            int column = 0;
            for (; column + 2 * Width <= outputStride; column += 2 * Width)
                Block2(inputs, inputStride, outputStride, ref xRow, ref Unsafe.Add(ref w, column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref yRow, column));
            if (column < outputStride)
                Block1(inputs, inputStride, outputStride, ref xRow, ref Unsafe.Add(ref w, column), ref Unsafe.Add(ref bias, column), ref Unsafe.Add(ref yRow, column));
        }
    }

    // Four rows by two registers: eight independent accumulations hide the latency of the multiply-add.
    private static void Block2(
        int inputs, int inputStride, int outputStride, ref float x, ref float w, ref float bias, ref float y)
    {
        Vector512<float> a0 = Vector512.LoadUnsafe(ref bias), b0 = Vector512.LoadUnsafe(ref bias, (nuint)Width);
        Vector512<float> a1 = a0, a2 = a0, a3 = a0, b1 = b0, b2 = b0, b3 = b0;
        for (int i = 0; i < inputs; i++)
        {
            Vector512<float> wa = Vector512.LoadUnsafe(ref w), wb = Vector512.LoadUnsafe(ref w, (nuint)Width);
            Vector512<float> x0 = Vector512.Create(Unsafe.Add(ref x, i));
            Vector512<float> x1 = Vector512.Create(Unsafe.Add(ref x, i + inputStride));
            Vector512<float> x2 = Vector512.Create(Unsafe.Add(ref x, i + 2 * inputStride));
            Vector512<float> x3 = Vector512.Create(Unsafe.Add(ref x, i + 3 * inputStride));
            a0 = Vector512.FusedMultiplyAdd(x0, wa, a0);
            b0 = Vector512.FusedMultiplyAdd(x0, wb, b0);
            a1 = Vector512.FusedMultiplyAdd(x1, wa, a1);
            b1 = Vector512.FusedMultiplyAdd(x1, wb, b1);
            a2 = Vector512.FusedMultiplyAdd(x2, wa, a2);
            b2 = Vector512.FusedMultiplyAdd(x2, wb, b2);
            a3 = Vector512.FusedMultiplyAdd(x3, wa, a3);
            b3 = Vector512.FusedMultiplyAdd(x3, wb, b3);
            w = ref Unsafe.Add(ref w, outputStride);
        }
        Store2(a0, b0, ref y);
        Store2(a1, b1, ref Unsafe.Add(ref y, outputStride));
        Store2(a2, b2, ref Unsafe.Add(ref y, 2 * outputStride));
        Store2(a3, b3, ref Unsafe.Add(ref y, 3 * outputStride));
    }

    private static void Block1(
        int inputs, int inputStride, int outputStride, ref float x, ref float w, ref float bias, ref float y)
    {
        for (int row = 0; row < RowBlock; row++)
        {
            Vector512<float> sum = Vector512.LoadUnsafe(ref bias);
            ref float weight = ref w;
            for (int i = 0; i < inputs; i++)
            {
                sum = Vector512.FusedMultiplyAdd(
                    Vector512.Create(Unsafe.Add(ref x, row * inputStride + i)), Vector512.LoadUnsafe(ref weight), sum);
                weight = ref Unsafe.Add(ref weight, outputStride);
            }
            sum.StoreUnsafe(ref Unsafe.Add(ref y, row * outputStride));
        }
    }

    private static void Store2(Vector512<float> a, Vector512<float> b, ref float y)
    {
        a.StoreUnsafe(ref y);
        b.StoreUnsafe(ref y, (nuint)Width);
    }

    private void Activate(Span<float> values)
    {
        Span<Vector512<float>> vectors = MemoryMarshal.Cast<float, Vector512<float>>(values);
        if (policy.Activation == Activation.Tanh)
            for (int i = 0; i < vectors.Length; i++) vectors[i] = VectorMath.Tanh(vectors[i]);
        else
            for (int i = 0; i < vectors.Length; i++) vectors[i] = Vector512.Max(vectors[i], Vector512<float>.Zero);
    }
}

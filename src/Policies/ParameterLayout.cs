using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>One named block of the flat parameter vector.</summary>
/// <param name="Offset">The index of the first element in the flat vector</param>
public sealed record ParameterBlock(string Name, int Offset, params int[] Shape)
{
    public int Length => checked((int)LongLength);

    internal long LongLength => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>The part of a flat vector [P] that holds the block.</summary>
    public Span<float> Of(float[] parameters) => parameters.AsSpan(Offset, Length);
}

/// <summary>
/// The places of a model's blocks in the flat vector [P]. Because the parameters are one flat tensor, adaptation is
/// <c>theta - alpha * gradient</c>, and conjugate gradients, step sizes and checkpoints need no lists.
/// </summary>
public sealed class ParameterLayout
{
    /// <summary>
    /// The block of context parameters, if there is one. They are inputs of the network that belong to a task and not to a sample.
    /// </summary>
    public const string Context = "context";

    /// <summary>The block of the weights from the context to the first layer.</summary>
    public const string ContextWeight = Context + ".weight";

    public ParameterLayout(IEnumerable<(string Name, int[] Shape)> blocks)
    {
        var placed = new List<ParameterBlock>();
        foreach ((string name, int[] shape) in blocks)
        {
            // A layout that is too large to be used still says how large it is, so its offsets may overflow.
            placed.Add(new ParameterBlock(name, unchecked((int)LongCount), shape));
            LongCount += placed[^1].LongLength;
        }
        Blocks = placed;
        lengths = [.. placed.Select(block => block.LongLength)];
    }

    private readonly long[] lengths;

    public IReadOnlyList<ParameterBlock> Blocks { get; }

    public ParameterBlock Block(string name) => Blocks.Single(block => block.Name == name);

    /// <summary>P, the number of parameters.</summary>
    public int Count => checked((int)LongCount);

    /// <summary>P, which may be more than an array can hold.</summary>
    public long LongCount { get; }

    /// <summary>Draws weights that are uniform with the variance of Glorot and Bengio 2010; all other parameters are zero. [P]</summary>
    public float[] Initialise(RandomStream stream)
    {
        var parameters = new float[Count];
        foreach (ParameterBlock block in Blocks.Where(block => block.Shape.Length >= 2))
        {
            // The two sizes of a matrix, or the channels of a convolution, each as often as its kernel has places.
            double bound = Math.Sqrt(6.0 / ((block.Shape[0] + block.Shape[1]) * block.Shape.Skip(2).Aggregate(1.0, (a, b) => a * b)));
            for (int i = 0; i < block.Length; i++)
                parameters[block.Offset + i] = (float)(bound * (2 * stream.Uniform(block.Offset + i) - 1));
        }
        return parameters;
    }

    /// <summary>Splits the parameters of every task into their blocks. [N, P] to tensors [N, ...shape]</summary>
    public Tensor[] Split(Tensor parameters)
    {
        long tasks = parameters.shape[0];
        // The gradient of one split is a single concatenation, which a slice for each block would not give.
        Tensor[] parts = parameters.split(lengths, dim: 1);
        for (int i = 0; i < parts.Length; i++)
        {
            if (Blocks[i].Shape.Length >= 2) parts[i] = parts[i].view([tasks, .. Blocks[i].Shape.Select(size => (long)size)]);
        }
        return parts;
    }
}

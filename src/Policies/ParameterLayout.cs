using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>One named block of the flat parameter vector.</summary>
/// <param name="Offset">The index of the first element in the flat vector</param>
public sealed record ParameterBlock(string Name, int Offset, params int[] Shape)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
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
            placed.Add(new ParameterBlock(name, Count, shape));
            Count += placed[^1].Length;
        }
        Blocks = placed;
        lengths = [.. placed.Select(block => (long)block.Length)];
    }

    private readonly long[] lengths;

    public IReadOnlyList<ParameterBlock> Blocks { get; }

    public ParameterBlock Block(string name) => Blocks.Single(block => block.Name == name);

    /// <summary>P, the number of parameters.</summary>
    public int Count { get; }

    /// <summary>Draws weights that are uniform with the variance of Glorot and Bengio 2010; all other parameters are zero. [P]</summary>
    public float[] Initialise(RandomStream stream)
    {
        var parameters = new float[Count];
        foreach (ParameterBlock block in Blocks.Where(block => block.Shape.Length == 2))
        {
            double bound = Math.Sqrt(6.0 / (block.Shape[0] + block.Shape[1]));
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
            if (Blocks[i].Shape.Length == 2) parts[i] = parts[i].view(tasks, Blocks[i].Shape[0], Blocks[i].Shape[1]);
        }
        return parts;
    }
}

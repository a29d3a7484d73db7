using MamlRobotics.Envs;

namespace MamlRobotics.Policies;

/// <summary>One named block of the flat parameter vector.</summary>
/// <param name="Offset">First element within the flat vector.</param>
public sealed record ParameterBlock(string Name, int Offset, params int[] Shape)
{
    public int Length => Shape.Aggregate(1, (product, size) => product * size);
}

/// <summary>
/// Where each block of a policy lives in the flat vector [P]. One flat tensor makes adaptation
/// <c>theta - alpha * gradient</c>, and conjugate gradients, step sizes and checkpoints need no lists.
/// </summary>
public sealed class ParameterLayout
{
    /// <summary>The block of context parameters, if there is one: inputs of the network that are a task's and not a sample's.</summary>
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

    /// <summary>P.</summary>
    public int Count { get; }

    /// <summary>A start of training: weights uniform with the variance of Glorot and Bengio 2010, all else zero. [P]</summary>
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

    /// <summary>The blocks of every task: [N, P] to tensors [N, ...shape].</summary>
    public Tensor[] Split(Tensor parameters)
    {
        long tasks = parameters.shape[0];
        // One split rather than a slice per block: its gradient is a single concatenation.
        Tensor[] parts = parameters.split(lengths, dim: 1);
        for (int i = 0; i < parts.Length; i++)
        {
            if (Blocks[i].Shape.Length == 2) parts[i] = parts[i].view(tasks, Blocks[i].Shape[0], Blocks[i].Shape[1]);
        }
        return parts;
    }
}

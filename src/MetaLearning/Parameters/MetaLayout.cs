namespace MamlRobotics.MetaLearning;

/// <summary>A named part of the meta-parameters besides theta, such as learned step sizes.</summary>
/// <param name="Shape">The shape of the array that a checkpoint keeps</param>
/// <param name="Start">Gives the numbers with which training begins, in the order of memory</param>
public sealed record MetaBlock(string Name, IReadOnlyList<long> Shape, Func<float[]> Start)
{
    public long Length => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>A block that starts as zeros.</summary>
    public static MetaBlock Zeros(string name, params IReadOnlyList<long> shape) =>
        new(name, shape, () => new float[shape.Aggregate(1L, (product, size) => product * size)]);

    /// <summary>A block of so many rows, each of which starts as this block. [count, shape]</summary>
    public MetaBlock Rows(int count) => this with
    {
        Shape = [count, .. Shape],
        Start = () => [.. Enumerable.Repeat(Start(), count).SelectMany(row => row)],
    };
}

/// <summary>
/// The layout of the meta-parameters in one flat tensor [Q]: the initial parameters theta [P], then whatever else a learner learns,
/// block by block. Because they are one tensor, gradients, conjugate gradients and checkpoints treat all of them alike.
/// </summary>
public sealed class MetaLayout
{
    private readonly Dictionary<string, long> offsets = [];

    /// <param name="parameterCount">P</param>
    /// <param name="learned">The blocks that are learned besides theta, in order</param>
    public MetaLayout(int parameterCount, params IReadOnlyList<MetaBlock> learned)
    {
        ParameterCount = parameterCount;
        Learned = learned;
        LongCount = parameterCount;
        foreach (MetaBlock block in learned)
        {
            offsets.Add(block.Name, LongCount);
            LongCount += block.Length;
        }
    }

    /// <summary>P, the number of parameters of the model.</summary>
    public int ParameterCount { get; }

    public IReadOnlyList<MetaBlock> Learned { get; }

    /// <summary>Q, the number of meta-parameters, which may be more than an array can hold.</summary>
    public long LongCount { get; }

    /// <summary>Q, the number of meta-parameters.</summary>
    public int Count => checked((int)LongCount);

    /// <summary>The initial parameters of the model. [Q] to [P]</summary>
    public Tensor Theta(Tensor meta) => meta.narrow(0, 0, ParameterCount);

    public bool Has(string block) => offsets.ContainsKey(block);

    /// <summary>The index at which a block begins in the flat tensor.</summary>
    public long OffsetOf(MetaBlock block) => offsets[block.Name];

    /// <summary>A block in its shape, as a view. [Q] to the block's shape</summary>
    public Tensor Block(Tensor meta, string name)
    {
        MetaBlock block = Learned.First(block => block.Name == name);
        return meta.narrow(0, offsets[name], block.Length).view([.. block.Shape]);
    }

    /// <summary>The flat meta-parameters with which training begins, [Q], from the initial parameters [P].</summary>
    public float[] Start(ReadOnlySpan<float> theta)
    {
        var start = new float[Count];
        theta.CopyTo(start);
        foreach (MetaBlock block in Learned) block.Start().CopyTo(start, offsets[block.Name]);
        return start;
    }
}

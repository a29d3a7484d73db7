namespace MamlRobotics.FewShot;

/// <summary>N functions that optimisers minimise, each of a point with D coordinates.</summary>
public abstract record Optimisees : ITensorHolder
{
    /// <summary>N</summary>
    public abstract long Count { get; }

    public abstract IEnumerable<Tensor> Tensors { get; }

    /// <summary>The value of each function, or its estimate from the batch of an optimisation step. [N, D] to [N]</summary>
    /// <param name="step">The number of steps that led to the points</param>
    public abstract Tensor Loss(Tensor points, int step);

    /// <summary>Some of the functions, without a copy.</summary>
    public abstract Optimisees Some(long first, long count);
}

namespace MamlRobotics.FewShot;

/// <summary>Functions, and how far an optimiser has come with them.</summary>
/// <param name="Points">[N, D]</param>
/// <param name="Memory">What the optimiser remembers of each coordinate, [N, D, memory]</param>
/// <param name="Steps">The number of steps behind it</param>
public sealed record OptimiseeSamples(Optimisees Functions, Tensor Points, Tensor Memory, int Steps) : ITaskSamples<OptimiseeSamples>
{
    /// <inheritdoc/>
    public long TaskCount => Points.shape[0];

    /// <summary>D, because each coordinate takes the part of a sample.</summary>
    public long SampleCount => Points.shape[1];

    public IEnumerable<Tensor> Tensors => [.. Functions.Tensors, Points, Memory];

    /// <inheritdoc/>
    public OptimiseeSamples Tasks(long first, long count) => count == TaskCount ? this : this with
    {
        Functions = Functions.Some(first, count), Points = Points.narrow(0, first, count), Memory = Memory.narrow(0, first, count),
    };

    /// <inheritdoc/>
    public OptimiseeSamples Thinned(int stride) => this;
}

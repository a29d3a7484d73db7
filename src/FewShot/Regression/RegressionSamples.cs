namespace MamlRobotics.FewShot;

/// <summary>Points of N functions.</summary>
/// <param name="Inputs">[N, M, in]</param>
/// <param name="Targets">[N, M, out]</param>
public sealed record RegressionSamples(Tensor Inputs, Tensor Targets) : ITaskSamples<RegressionSamples>
{
    /// <inheritdoc/>
    public long TaskCount => Inputs.shape[0];

    /// <inheritdoc/>
    public long SampleCount => Inputs.shape[1];

    public IEnumerable<Tensor> Tensors => [Inputs, Targets];

    /// <inheritdoc/>
    public RegressionSamples Tasks(long first, long count) =>
        count == TaskCount ? this : new(Inputs.narrow(0, first, count), Targets.narrow(0, first, count));

    /// <inheritdoc/>
    public RegressionSamples Thinned(int stride) => stride == 1 ? this
        : new(Inputs.slice(1, 0, SampleCount, stride), Targets.slice(1, 0, SampleCount, stride));
}

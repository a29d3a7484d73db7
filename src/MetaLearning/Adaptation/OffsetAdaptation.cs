namespace MamlRobotics.MetaLearning;

/// <summary>
/// Adds a learned offset, the same for every task, to some of the parameters after an inner step: theta' = step(theta) + offset.
/// Yang et al. 2019, equation 5, arXiv 1903.01063, where all parameters have an offset.
/// </summary>
/// <param name="Steps">The inner steps without the offset</param>
/// <param name="Block">
/// The block of the meta-parameters that holds the offsets, [K, length]. Each of the first K inner steps has a row; further steps
/// have no offset.
/// </param>
/// <param name="First">The index of the first parameter that has an offset</param>
public sealed record OffsetAdaptation(IAdaptation Steps, string Block, int First) : IAdaptation
{
    /// <inheritdoc/>
    public IEnumerable<Tensor> Tensors => Steps.Tensors;

    /// <inheritdoc/>
    public MetaLayout Layout => Steps.Layout;

    /// <inheritdoc/>
    public Tensor Start(Tensor meta, long tasks) => Steps.Start(meta, tasks);

    /// <inheritdoc/>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable)
    {
        Tensor after = Steps.Step(meta, parameters, losses, step, differentiable), offsets = Layout.Block(meta, Block);
        if (step >= offsets.shape[0]) return after;
        long before = First, length = offsets.shape[1];
        return after.Plus(nn.functional.pad(offsets[step], [before, Layout.ParameterCount - before - length]));
    }
}

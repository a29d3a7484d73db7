namespace MamlRobotics.MetaLearning;

/// <summary>
/// Adds a learned offset, the same for every task, to some of the parameters behind an inner step: theta' = step(theta) + offset.
/// Yang et al. 2019, equation 5, arXiv 1903.01063, where all parameters have one.
/// </summary>
/// <param name="Steps">The steps without it</param>
/// <param name="Block">Of the meta-parameters, [K, length]: a row for each of the first K inner steps; further steps have no offset</param>
/// <param name="First">The first of the parameters that it is added to</param>
public sealed record OffsetAdaptation(IAdaptation Steps, string Block, int First) : IAdaptation
{
    /// <inheritdoc/>
    public MetaLayout Layout => Steps.Layout;

    /// <inheritdoc/>
    public Tensor Start(Tensor meta, long tasks) => Steps.Start(meta, tasks);

    /// <inheritdoc/>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable)
    {
        Tensor behind = Steps.Step(meta, parameters, losses, step, differentiable), offsets = Layout.Block(meta, Block);
        if (step >= offsets.shape[0]) return behind;
        long before = First, length = offsets.shape[1];
        return behind.Plus(nn.functional.pad(offsets[step], [before, Layout.ParameterCount - before - length]));
    }
}

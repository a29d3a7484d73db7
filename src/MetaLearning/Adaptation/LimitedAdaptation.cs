namespace MamlRobotics.MetaLearning;

/// <summary>
/// Takes no further inner steps than those that were trained for: a learned loss says nothing about models that it never saw, and a
/// step on it may destroy what the steps before have reached.
/// </summary>
/// <param name="Most">The steps that are taken; further ones leave the parameters as they are.</param>
public sealed record LimitedAdaptation(IAdaptation Steps, int Most) : IAdaptation
{
    /// <inheritdoc/>
    public MetaLayout Layout => Steps.Layout;

    /// <inheritdoc/>
    public Tensor Start(Tensor meta, long tasks) => Steps.Start(meta, tasks);

    /// <inheritdoc/>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable) =>
        step < Most ? Steps.Step(meta, parameters, losses, step, differentiable) : parameters;
}

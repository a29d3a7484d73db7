namespace MamlRobotics.MetaLearning;

/// <summary>
/// Takes only as many inner steps as in training. A learned loss means nothing for models that it was not trained on, and a further
/// step on it may undo the steps before.
/// </summary>
/// <param name="Steps">The inner steps without this limit</param>
/// <param name="Most">The number of steps that are taken; further ones leave the parameters as they are</param>
public sealed record LimitedAdaptation(IAdaptation Steps, int Most) : IAdaptation
{
    /// <inheritdoc/>
    public IEnumerable<Tensor> Tensors => Steps.Tensors;

    /// <inheritdoc/>
    public MetaLayout Layout => Steps.Layout;

    /// <inheritdoc/>
    public Tensor Start(Tensor meta, long tasks) => Steps.Start(meta, tasks);

    /// <inheritdoc/>
    public bool IsDone(int step) => step >= Most;

    /// <inheritdoc/>
    public Tensor Step(Tensor meta, Tensor parameters, Tensor losses, int step, bool differentiable) =>
        IsDone(step) ? parameters : Steps.Step(meta, parameters, losses, step, differentiable);
}

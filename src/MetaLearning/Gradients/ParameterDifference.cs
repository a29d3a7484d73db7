namespace MamlRobotics.MetaLearning;

/// <summary>
/// From the adapted parameters to the initial ones, as if that were a gradient: theta minus the mean of theta'. No derivative of
/// the inner steps is needed, and nothing but theta is learned. Nichol, Achiam and Schulman 2018, algorithm 2, arXiv 1803.02999.
/// </summary>
public sealed class ParameterDifference : IMetaGradient
{
    /// <inheritdoc/>
    public (MetaValue Value, Tensor Gradient) Differentiate<TSamples>(
        MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches) where TSamples : ITaskSamples<TSamples>
    {
        Tensor fixedMeta = meta.detach(), gradient = zeros_like(fixedMeta);
        MetaValue value = objective.Evaluate(fixedMeta, batches, differentiable: false);
        MetaLayout layout = objective.Adaptation.Layout;
        // A difference for each task first: the mean of the adapted parameters would round away what is small beside theta.
        layout.Theta(gradient).Accumulate((layout.Theta(fixedMeta) - value.Adapted).mean([0L]));
        return (value, gradient);
    }
}

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Takes the difference between the initial and the adapted parameters for a gradient: theta minus the mean of theta'. It needs
/// no derivative of the inner steps, and nothing but theta is learned. Nichol, Achiam and Schulman 2018, algorithm 2, arXiv
/// 1803.02999.
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
        // The differences are taken before their mean: rounding the mean of the adapted parameters would lose small differences.
        layout.Theta(gradient).Accumulate((layout.Theta(fixedMeta) - value.Adapted).mean([0L]));
        return (value, gradient);
    }
}

namespace MamlRobotics.MetaLearning;

/// <summary>Differentiates the outer loss with respect to the meta-parameters.</summary>
public interface IMetaGradient
{
    /// <summary>Gives the value of the objective on some tasks, and the gradient that the outer step descends.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <returns>The gradient is [Q], averaged over the tasks.</returns>
    (MetaValue Value, Tensor Gradient) Differentiate<TSamples>(
        MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches) where TSamples : ITaskSamples<TSamples>;
}

/// <summary>
/// Differentiates through the inner steps, as far as the adaptation keeps its graph. Finn, Abbeel and Levine 2017, algorithm 1,
/// arXiv 1703.03400.
/// </summary>
public sealed class ThroughTheSteps : IMetaGradient
{
    /// <inheritdoc/>
    public (MetaValue Value, Tensor Gradient) Differentiate<TSamples>(
        MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches) where TSamples : ITaskSamples<TSamples>
    {
        Tensor leaf = meta.detach().requires_grad_();
        MetaValue value = objective.Evaluate(leaf, batches);
        return (value, autograd.grad([value.Total], [leaf])[0]);
    }
}

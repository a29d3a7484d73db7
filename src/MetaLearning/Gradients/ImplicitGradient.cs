namespace MamlRobotics.MetaLearning;

/// <summary>
/// The implicit gradient of inner loops with a proximal term. Where the adapted parameters minimise the inner loss with that term,
/// the meta-gradient of a task is (I + H / lambda)^-1 v, with the gradient v of the outer loss and the Hessian H of the inner loss,
/// both at the adapted parameters. It does not depend on how these were found, so no graph of the inner steps is kept.
/// Rajeswaran et al. 2019, algorithm 2, arXiv 1909.04630.
/// </summary>
/// <param name="lambda">
/// The weight of the proximal term, <see cref="GradientAdaptation.Proximity"/>, and more where the inner loss is not convex: conjugate
/// gradients need all eigenvalues of H above -lambda
/// </param>
/// <param name="iterations">The number of conjugate gradient iterations</param>
public sealed class ImplicitGradient(double lambda, int iterations) : IMetaGradient
{
    /// <inheritdoc/>
    public (MetaValue Value, Tensor Gradient) Differentiate<TSamples>(
        MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches) where TSamples : ITaskSamples<TSamples>
    {
        Tensor fixedMeta = meta.detach(), gradient = zeros_like(fixedMeta);
        MetaValue value = objective.Evaluate(fixedMeta, batches, differentiable: false);
        Tensor adapted = value.Adapted.detach().requires_grad_();
        Tensor outer = autograd.grad([objective.Model.Forward(fixedMeta, adapted, batches[^1]).Outer().sum()], [adapted])[0];
        Tensor loss = objective.Model.Forward(fixedMeta, adapted, batches[^2]).Inner(batches.Count - 2).sum();
        Tensor inner = autograd.grad([loss], [adapted], retain_graph: true, create_graph: true)[0];
        Tensor rows = ConjugateGradient.SolveRows(Product, outer, iterations);
        objective.Adaptation.Layout.Theta(gradient).Accumulate(rows.mean([0L]));
        return (value, gradient);

        Tensor Product(Tensor vectors) =>
            vectors.Plus(autograd.grad([inner], [adapted], [vectors], retain_graph: true)[0] * Number(1 / lambda));
    }
}

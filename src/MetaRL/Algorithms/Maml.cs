namespace MamlRobotics.MetaRL;

/// <summary>Limits of a trust-region step.</summary>
/// <param name="MaximumKl">Bound on the mean KL at the adapted policies, nats</param>
/// <param name="Damping">Added to the diagonal of the curvature</param>
public sealed record TrustRegionOptions(
    double MaximumKl, int ConjugateGradientIterations, double Damping, double BacktrackRatio, int MaximumBacktracks);

/// <summary>
/// MAML for reinforcement learning: differentiate the surrogate of the adapted policies through the inner steps, and
/// take a trust-region step. Finn, Abbeel and Levine 2017, algorithm 3, arXiv 1703.03400; the step is TRPO's,
/// Schulman et al. 2015, arXiv 1502.05477. Curvature products are exact (double backward through the KL), where the
/// authors' code takes finite differences.
/// </summary>
public sealed class Maml(PolicyMetaObjective objective, TrustRegionOptions options) : IMetaLearner
{
    public IReadOnlyDictionary<string, Tensor> State { get; } = new Dictionary<string, Tensor>();

    public void Restore(IReadOnlyDictionary<string, Tensor> state) { }

    public OuterStep Update(Tensor meta, IReadOnlyList<SampleBatch> batches, double progress) => TensorScope.Run(() =>
    {
        Tensor leaf = meta.detach().requires_grad_();
        MetaObjectiveValue value = objective.Evaluate(leaf, batches, Surrogate);
        Tensor gradient = autograd.grad([value.Loss], [leaf], retain_graph: true)[0];
        Tensor klGradient = autograd.grad([AdaptedKl(value, batches)], [leaf], retain_graph: true, create_graph: true)[0];
        Tensor CurvatureProduct(Tensor vector) =>
            autograd.grad([klGradient.dot(vector)], [leaf], retain_graph: true)[0].add(vector, alpha: options.Damping);

        (Tensor direction, Tensor image) = ConjugateGradient.Solve(CurvatureProduct, gradient, options.ConjugateGradientIterations);
        double curvature = direction.dot(image).ToDouble();
        double lossBefore = value.Loss.ToDouble();
        // No curvature means no gradient, or a step that cannot be scaled to the trust region.
        if (!(curvature > 0)) return new OuterStep(meta.clone(), lossBefore, lossBefore, 0, Accepted: false, LineSearchTrials: 0);
        Tensor fullStep = direction.mul(Math.Sqrt(2 * options.MaximumKl / curvature));
        return LineSearch(meta, fullStep, batches, lossBefore);
    });

    private OuterStep LineSearch(Tensor meta, Tensor fullStep, IReadOnlyList<SampleBatch> batches, double lossBefore)
    {
        double fraction = 1;
        for (int trial = 0; trial < options.MaximumBacktracks; trial++, fraction *= options.BacktrackRatio)
        {
            Tensor candidate = meta.detach().add(fullStep, alpha: -fraction);
            (double loss, double kl) = TensorScope.Free(() =>
            {
                MetaObjectiveValue value = objective.Evaluate(candidate.detach().requires_grad_(), batches, Surrogate);
                return (value.Loss.ToDouble(), AdaptedKl(value, batches).ToDouble());
            });
            if (loss < lossBefore && kl <= options.MaximumKl) return new OuterStep(candidate, lossBefore, loss, kl, Accepted: true, trial + 1);
        }
        return new OuterStep(meta.clone(), lossBefore, lossBefore, 0, Accepted: false, options.MaximumBacktracks);
    }

    private static Tensor AdaptedKl(MetaObjectiveValue value, IReadOnlyList<SampleBatch> batches) => batches[^1].MeanKlTo(value.Policies[^1]);

    private static Tensor Surrogate(Tensor ratio, Tensor advantages) => -ratio * advantages;
}

namespace MamlRobotics.MetaRL;

/// <summary>Limits of a trust-region step.</summary>
/// <param name="MaximumKl">Bound on the mean KL at the adapted policies, nats</param>
/// <param name="Damping">Added to the diagonal of the curvature</param>
/// <param name="CurvatureStride">Curvature is measured at one of this many samples; loss, gradient and line search see all.</param>
public sealed record TrustRegionOptions(
    double MaximumKl, int ConjugateGradientIterations, double Damping, double BacktrackRatio, int MaximumBacktracks, int CurvatureStride);

/// <summary>
/// MAML for reinforcement learning: differentiate the surrogate of the adapted policies through the inner steps, and
/// take a trust-region step. Finn, Abbeel and Levine 2017, algorithm 3, arXiv 1703.03400; the step is TRPO's,
/// Schulman et al. 2015, arXiv 1502.05477. Curvature products are exact (<see cref="AdaptedCurvature"/>), where the
/// authors' code takes finite differences. With gradient g, curvature F and damping lambda, the step s solves
/// (F + lambda I) s = c g, and c is such that the quadratic model of the divergence, damping included, is at its bound:
/// s' (F + lambda I) s / 2 = MaximumKl. The line search shortens it from there.
/// </summary>
public sealed class Maml(TaskParallelObjective objective, TrustRegionOptions options) : IMetaLearner
{
    public IReadOnlyDictionary<string, Tensor> State { get; } = new Dictionary<string, Tensor>();

    public void Restore(IReadOnlyDictionary<string, Tensor> state) { }

    public void Dispose() { }

    public OuterStep Update(Tensor meta, IReadOnlyList<SampleBatch> batches, double progress) => TensorScope.Run(() =>
    {
        OuterLoss before = objective.Differentiate(meta, batches, Surrogate);
        (Tensor direction, Tensor image) = Direction(meta, batches, before.Gradient!);
        double[] numbers = ReadNumbers(direction.dot(image), before.Loss, before.Gradient!.norm());
        (double curvature, double lossBefore, double norm) = (numbers[0], numbers[1], numbers[2]);
        // No curvature means no gradient, or a step that cannot be scaled to the trust region.
        if (!(curvature > 0)) return new OuterStep(meta, lossBefore, lossBefore, 0, Accepted: false, LineSearchTrials: 0) { GradientNorm = norm };
        Tensor fullStep = direction * Number(Math.Sqrt(2 * options.MaximumKl / curvature));
        return LineSearch(meta, fullStep, batches, lossBefore) with { GradientNorm = norm };
    });

    internal LinearSolution Direction(Tensor meta, IReadOnlyList<SampleBatch> batches, Tensor gradient) => TensorScope.Run(() =>
    {
        AdaptedCurvature curvature = objective.Curvature(meta, batches, options.CurvatureStride);
        return ConjugateGradient.Solve(
            vector => curvature.Product(vector).add(vector, alpha: Number(options.Damping)), gradient, options.ConjugateGradientIterations);
    });

    private OuterStep LineSearch(Tensor meta, Tensor fullStep, IReadOnlyList<SampleBatch> batches, double lossBefore)
    {
        double fraction = 1;
        for (int trial = 0; trial < options.MaximumBacktracks; trial++, fraction *= options.BacktrackRatio)
        {
            Tensor candidate = meta.detach().add(fullStep, alpha: Number(-fraction));
            (double loss, double kl) = TensorScope.Free(() =>
            {
                OuterLoss value = objective.Evaluate(candidate, batches, Surrogate);
                return (value.Loss.ReadNumber(), value.Kl.ReadNumber());
            });
            if (loss < lossBefore && kl <= options.MaximumKl) return new OuterStep(candidate, lossBefore, loss, kl, Accepted: true, trial + 1);
        }
        return new OuterStep(meta, lossBefore, lossBefore, 0, Accepted: false, options.MaximumBacktracks);
    }

    private static Tensor Surrogate(Tensor ratio, Tensor advantages) => -ratio * advantages;
}

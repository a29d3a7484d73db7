using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>Options of a trust-region step.</summary>
[Choice("trpo", Label = "TRPO", Source = "Schulman et al. 2015, arXiv 1502.05477")]
public sealed record TrustRegionOptions : OptimiserOptions
{
    [Description("Bound on the KL of one outer step at the adapted policies, nats.")]
    [Range(1e-12, 1e6)]
    public double MaximumKl { get; init; } = 0.01;

    [Description("Conjugate gradient iterations.")]
    [Range(1, 1000)]
    public int ConjugateGradientIterations { get; init; } = 10;

    [Description("Measure the curvature at one of this many time steps; the loss, its gradient and the line search use all of them.")]
    [Range(1, 1000)]
    public int CurvatureStride { get; init; } = 1;

    [Description("Added to the diagonal of the curvature. With more, parameters that hardly change the adapted policies move less.")]
    [Range(0, 1e6)]
    public double Damping { get; init; } = 1e-5;

    [Description("The line search multiplies the step by this after each failed trial.")]
    [Range(0.01, 0.99)]
    public double BacktrackRatio { get; init; } = 0.8;

    [Description("Largest number of trials of the line search.")]
    [Range(1, 1000)]
    public int MaximumBacktracks { get; init; } = 15;

    /// <inheritdoc/>
    public override void Require<TSamples>(MetaObjective<TSamples> objective) => LinearisedAdaptation<TSamples>.Require(objective);

    /// <inheritdoc/>
    public override IMetaOptimiser<TSamples> Create<TSamples>(TaskParallelObjective<TSamples> objective, Tensor rates)
    {
        rates.Dispose();
        return new TrustRegion<TSamples>(objective, this);
    }
}

/// <summary>
/// The trust-region step of TRPO, Schulman et al. 2015, arXiv 1502.05477, as MAML takes it for reinforcement learning, Finn, Abbeel
/// and Levine 2017, algorithm 3, arXiv 1703.03400. Curvature products are exact (<see cref="AdaptedCurvature{TSamples}"/>), whereas
/// the authors' code uses finite differences. With gradient g, curvature F and damping lambda, the step s solves
/// (F + lambda I) s = c g. The factor c makes the quadratic model of the divergence, damping included, equal to its bound:
/// s' (F + lambda I) s / 2 = MaximumKl. The line search then shortens the step.
/// </summary>
public sealed class TrustRegion<TSamples>(TaskParallelObjective<TSamples> objective, TrustRegionOptions options) : IMetaOptimiser<TSamples>
    where TSamples : ITaskSamples<TSamples>
{
    public IReadOnlyDictionary<string, Tensor> State { get; } = new Dictionary<string, Tensor>();

    public void Restore(IReadOnlyDictionary<string, Tensor> state) { }

    public void Dispose() { }

    /// <inheritdoc/>
    public OuterStep Update(Tensor meta, IReadOnlyList<TSamples> batches, double progress) => TensorScope.Run(() =>
    {
        TaskParallelObjective<TSamples> present = objective.At(progress);
        OuterLoss before = present.Differentiate(meta, batches);
        (Tensor direction, Tensor image) = Direction(present, meta, batches, before.Gradient!);
        double[] numbers = ReadNumbers(direction.dot(image), before.Loss, before.Gradient!.norm());
        (double curvature, double lossBefore, double norm) = (numbers[0], numbers[1], numbers[2]);
        if (!double.IsFinite(lossBefore) || !double.IsFinite(norm)) throw present.Explain(meta, batches);
        if (!double.IsFinite(curvature))
            throw new TrainingException("The curvature of the trust region is not finite; raise its damping or lower the learning rates.");
        // Without curvature there is no gradient, or no way to scale the step to the trust region.
        if (!(curvature > 0)) return NoStep(meta, lossBefore, trials: 0) with { GradientNorm = norm };
        Tensor fullStep = direction * Number(Math.Sqrt(2 * options.MaximumKl / curvature));
        return LineSearch(present, meta, fullStep, batches, lossBefore) with { GradientNorm = norm };
    });

    internal LinearSolution Direction(
        TaskParallelObjective<TSamples> present, Tensor meta, IReadOnlyList<TSamples> batches, Tensor gradient) => TensorScope.Run(() =>
    {
        AdaptedCurvature<TSamples> curvature = present.Curvature(meta, batches, options.CurvatureStride);
        return ConjugateGradient.Solve(
            vector => curvature.Product(vector).add(vector, alpha: Number(options.Damping)), gradient, options.ConjugateGradientIterations);
    });

    private OuterStep LineSearch(
        TaskParallelObjective<TSamples> present, Tensor meta, Tensor fullStep, IReadOnlyList<TSamples> batches, double lossBefore)
    {
        double fraction = 1;
        for (int trial = 0; trial < options.MaximumBacktracks; trial++, fraction *= options.BacktrackRatio)
        {
            Tensor candidate = meta.detach().add(fullStep, alpha: Number(-fraction));
            (double loss, double divergence) = TensorScope.Free(() =>
            {
                OuterLoss value = present.Evaluate(candidate, batches);
                return (value.Loss.ReadNumber(), value.Divergence!.ReadNumber());
            });
            if (loss < lossBefore && divergence <= options.MaximumKl)
                return new OuterStep(candidate, lossBefore, loss, divergence, Accepted: true, trial + 1);
        }
        return NoStep(meta, lossBefore, options.MaximumBacktracks);
    }

    private static OuterStep NoStep(Tensor meta, double loss, int trials) =>
        new(meta, loss, loss, Divergence: 0, Accepted: false, LineSearchTrials: trials);
}

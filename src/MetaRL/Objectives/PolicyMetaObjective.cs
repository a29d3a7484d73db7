using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>The loss of an inner step.</summary>
public enum InnerObjective
{
    /// <summary>-log pi A: the policy gradient of REINFORCE, as in MAML.</summary>
    LogLikelihood,

    /// <summary>-(pi / pi_sampler) A: low variance curvature. Rothfuss et al. 2019, equation 9, arXiv 1810.06784.</summary>
    LikelihoodRatio,
}

/// <summary>The value of a meta-objective and the divergences that trust regions and penalties need.</summary>
/// <param name="Loss">Scalar: the outer loss, weighted over inner steps and averaged over tasks</param>
/// <param name="AdaptedKl">Scalar: KL from the sampling policies to the adapted ones at the last inner step</param>
/// <param name="SupportKl">Scalar: the same, averaged over the policies that sampled the support batches</param>
public sealed record MetaObjectiveValue(Tensor Loss, Tensor AdaptedKl, Tensor SupportKl);

/// <summary>
/// The outer loss as a function of the flat meta-parameters: adapt on the support batches, then judge the adapted
/// policies on the batches that they sampled.
/// </summary>
/// <param name="Inner">Loss of the inner steps</param>
/// <param name="StepWeights">Weight of the policy after each inner step in the outer loss, [K]</param>
public sealed record PolicyMetaObjective(
    GaussianMlp Policy, InnerLoop InnerLoop, InnerObjective Inner, IReadOnlyList<double> StepWeights)
{
    /// <summary>Loss of each task under a policy's densities at a batch: inner objectives share it with sampling.</summary>
    /// <param name="logDensities">[N, M]</param>
    /// <returns>[N]</returns>
    public Tensor InnerLosses(Tensor logDensities, SampleBatch batch) => batch.MeanOverSamples(Inner switch
    {
        InnerObjective.LogLikelihood => -logDensities * batch.Advantages,
        _ => -(logDensities - batch.LogDensities).exp() * batch.Advantages,
    });

    /// <summary>Evaluates the objective with its graph.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="outerLoss">Loss per sample from the probability ratio and the advantage, each [N, M]</param>
    public MetaObjectiveValue Evaluate(Tensor meta, IReadOnlyList<SampleBatch> batches, Func<Tensor, Tensor, Tensor> outerLoss)
    {
        int steps = batches.Count - 1;
        Tensor parameters = InnerLoop.Layout.Initial(meta, batches[0].TaskCount);
        Tensor? loss = null, supportKl = null;
        for (int step = 0; ; step++)
        {
            SampleBatch batch = batches[step];
            DiagonalGaussian distribution = Policy.Distribution(parameters, batch.Observations);
            Tensor logDensities = distribution.LogDensity(batch.Actions);
            if (step > 0 && StepWeights[step - 1] > 0)
            {
                Tensor ratio = (logDensities - batch.LogDensities).exp();
                Tensor weighted = batch.MeanOverSamples(outerLoss(ratio, batch.Advantages)).mean().mul(StepWeights[step - 1]);
                loss = loss is null ? weighted : loss + weighted;
            }
            Tensor kl = batch.MeanOverSamples(batch.Sampler.KlTo(distribution)).mean();
            if (step == steps) return new MetaObjectiveValue(loss!, kl, supportKl!.div(steps));
            supportKl = supportKl is null ? kl : supportKl + kl;
            parameters = InnerLoop.Step(meta, parameters, InnerLosses(logDensities, batch), step, differentiable: true);
        }
    }
}

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

/// <summary>The value of a meta-objective, with the policies that it was judged at.</summary>
/// <param name="Loss">Scalar: the outer loss, weighted over inner steps and averaged over tasks</param>
/// <param name="Policies">At batch k, the policy after k inner steps</param>
/// <param name="QueryLogDensities">[N, M]: of the query batch's actions under the policies after the last inner step</param>
public sealed record MetaObjectiveValue(Tensor Loss, IReadOnlyList<DiagonalGaussian> Policies, Tensor QueryLogDensities);

/// <summary>
/// The outer loss as a function of the flat meta-parameters: adapt on the support batches, then judge the adapted
/// policies on the batches that they sampled.
/// </summary>
/// <param name="Inner">Loss of the inner steps</param>
/// <param name="StepWeights">Weight of the policy after each inner step in the outer loss, [K]</param>
public sealed record PolicyMetaObjective(
    GaussianMlp Policy, InnerLoop InnerLoop, InnerObjective Inner, IReadOnlyList<double> StepWeights)
{
    /// <summary>Loss of each task's inner step, from the log-densities of its batch under the policy to be adapted.</summary>
    /// <param name="logDensities">[N, M]</param>
    /// <returns>[N]</returns>
    public Tensor InnerLosses(Tensor logDensities, SampleBatch batch) => batch.MeanOverSamples(Inner switch
    {
        InnerObjective.LogLikelihood => -logDensities * batch.Advantages,
        _ => -(logDensities - batch.LogDensities).exp() * batch.Advantages,
    });

    /// <inheritdoc cref="InnerLosses(Tensor, SampleBatch)"/>
    /// <param name="parameters">[N, P], of the policy to be adapted</param>
    public Tensor InnerLossesAt(Tensor parameters, SampleBatch batch) =>
        InnerLosses(Policy.Distribution(parameters, batch.Observations).LogDensity(batch.Actions), batch);

    /// <summary>One inner step on a batch, without an outer gradient.</summary>
    /// <param name="parameters">[N, P]</param>
    /// <param name="step">Inner step, counted from 0</param>
    /// <returns>[N, P]</returns>
    public Tensor Adapt(Tensor meta, Tensor parameters, SampleBatch batch, int step)
    {
        Tensor leaf = parameters.detach().requires_grad_();
        return InnerLoop.Step(meta.detach(), leaf, InnerLossesAt(leaf, batch), step, differentiable: false).detach();
    }

    /// <summary>Evaluates the objective.</summary>
    /// <param name="meta">[Q]</param>
    /// <param name="batches">K support batches and the query batch</param>
    /// <param name="outerLoss">Loss per sample from the probability ratio and the advantage, each [N, M]</param>
    /// <param name="differentiable">Keep the graph through the inner steps, down to <paramref name="meta"/></param>
    public MetaObjectiveValue Evaluate(
        Tensor meta, IReadOnlyList<SampleBatch> batches, Func<Tensor, Tensor, Tensor> outerLoss, bool differentiable = true)
    {
        var policies = new List<DiagonalGaussian>();
        Tensor parameters = InnerLoop.Layout.Initial(meta, batches[0].TaskCount);
        Tensor? loss = null;
        for (int step = 0; ; step++)
        {
            bool isLast = step == batches.Count - 1;
            if (!differentiable) parameters = isLast ? parameters.detach() : parameters.detach().requires_grad_();
            SampleBatch batch = batches[step];
            DiagonalGaussian policy = Policy.Distribution(parameters, batch.Observations);
            Tensor logDensities = policy.LogDensity(batch.Actions);
            policies.Add(policy);
            if (step > 0 && StepWeights[step - 1] > 0)
            {
                Tensor ratio = (logDensities - batch.LogDensities).exp();
                Tensor weighted = batch.MeanOverSamples(outerLoss(ratio, batch.Advantages)).mean() * Number(StepWeights[step - 1]);
                loss = loss is null ? weighted : loss.Plus(weighted);
            }
            if (isLast) return new MetaObjectiveValue(loss!, policies, logDensities);
            parameters = InnerLoop.Step(meta, parameters, InnerLosses(logDensities, batch), step, differentiable);
        }
    }
}

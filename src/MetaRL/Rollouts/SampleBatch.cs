using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The samples of one batch of episodes, for learning: steps before an episode's end alone, packed along one axis
/// and padded to the task with the most. Axes: N task, M sample (docs/notation.md).
/// </summary>
/// <param name="Observations">[N, M, obs]</param>
/// <param name="Actions">[N, M, act], in policy units, before scaling and clipping</param>
/// <param name="Advantages">[N, M]</param>
/// <param name="Weights">[N, M], one over the task's number of samples, zero for padding</param>
/// <param name="Sampler">The distribution that the actions were drawn from</param>
/// <param name="LogDensities">[N, M], of the actions under <paramref name="Sampler"/></param>
public sealed record SampleBatch(
    Tensor Observations, Tensor Actions, Tensor Advantages, Tensor Weights, DiagonalGaussian Sampler, Tensor LogDensities)
    : ITensorHolder
{
    public long TaskCount => Observations.shape[0];

    public IEnumerable<Tensor> Tensors => [Observations, Actions, Advantages, Weights, Sampler.Mean, Sampler.LogStd, LogDensities];

    /// <summary>Average over a task's samples. [N, M] to [N]</summary>
    public Tensor MeanOverSamples(Tensor values) => (values * Weights).sum([1]);

    /// <summary>KL from the policies that sampled the batch to others, averaged over samples and tasks, nats. A scalar</summary>
    public Tensor MeanKlTo(DiagonalGaussian policies) => MeanOverSamples(Sampler.KlTo(policies)).mean();

    /// <summary>The same samples as another number type, or elsewhere.</summary>
    public SampleBatch To(ScalarType type, Device device) => new(
        Observations.to(type, device), Actions.to(type, device), Advantages.to(type, device), Weights.to(type, device),
        new DiagonalGaussian(Sampler.Mean.to(type, device), Sampler.LogStd.to(type, device)), LogDensities.to(type, device));
}

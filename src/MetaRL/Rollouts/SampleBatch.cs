using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The samples of one batch of episodes, for learning. Only live steps are samples. They are packed along one axis and padded
/// to the length of the task that has the most. Axes: N task, M sample (docs/notation.md).
/// </summary>
/// <param name="Observations">[N, M, obs]</param>
/// <param name="Actions">[N, M, act], in policy units, before scaling and clipping</param>
/// <param name="Advantages">[N, M]</param>
/// <param name="Weights">[N, M], one over the number of samples of the task, zero for padding</param>
/// <param name="Sampler">The distribution from which the actions were drawn</param>
/// <param name="LogDensities">[N, M], the log-densities of the actions under <paramref name="Sampler"/></param>
/// <param name="Rewards">[N, M], zero for padding</param>
/// <param name="TimeSteps">[N, M], the time step of each sample within its episode, counted from 0; zero for padding</param>
public sealed record SampleBatch(
    Tensor Observations, Tensor Actions, Tensor Advantages, Tensor Weights, DiagonalGaussian Sampler, Tensor LogDensities,
    Tensor Rewards, Tensor TimeSteps)
    : ITaskSamples<SampleBatch>
{
    /// <summary>N, the number of tasks.</summary>
    public long TaskCount => Observations.shape[0];

    /// <summary>M, the number of samples of the task that has the most.</summary>
    public long SampleCount => Observations.shape[1];

    /// <summary>B, the number of episodes of each task.</summary>
    public int EpisodeCount { get; init; }

    public IEnumerable<Tensor> Tensors =>
        [Observations, Actions, Advantages, Weights, Sampler.Mean, Sampler.LogStd, LogDensities, Rewards, TimeSteps];

    /// <summary>The mean over the samples of a task. [N, M] to [N]</summary>
    public Tensor MeanOverSamples(Tensor values) => (values * Weights).sum([1]);

    /// <summary>The KL from the policies that sampled the batch to others, as a scalar mean over samples and tasks, nats.</summary>
    public Tensor MeanKlTo(DiagonalGaussian policies) => MeanOverSamples(Sampler.KlTo(policies)).mean();

    /// <summary>The mean entropy of the policies that sampled the batch, as a scalar, nats.</summary>
    public Tensor MeanEntropy()
    {
        Tensor entropy = Sampler.Entropy();
        return Sampler.LogStd.shape[1] == SampleCount ? MeanOverSamples(entropy).mean() : entropy.mean();
    }

    /// <summary>The time step of each sample; -1 for padding. [N, M]</summary>
    public Tensor TimeStepsOrPadding() => where(Weights.gt(Number(0)), TimeSteps, full_like(TimeSteps, Number(-1)));

    /// <summary>The samples of some tasks, without a copy.</summary>
    public SampleBatch Tasks(long first, long count) => Select(values => values.narrow(0, first, count));

    /// <summary>
    /// One sample of every <paramref name="stride"/> in turn, for estimates that do not need all samples. The place of the sample
    /// among these moves on by the golden ratio, so that it has no period in common with the horizon. It begins at the first sample,
    /// which every task has.
    /// </summary>
    public SampleBatch Thinned(int stride)
    {
        const double GoldenRatio = 0.6180339887498949;
        if (stride == 1) return this;
        long[] taken = [.. Enumerable.Range(0, (int)((SampleCount + stride - 1) / stride))
            .Select(i => (long)i * stride + (long)(stride * (i * GoldenRatio % 1))).Where(sample => sample < SampleCount)];
        Tensor index = taken.CopyToTensor(device: Observations.device);
        SampleBatch thin = Select(values => values.shape[1] == SampleCount ? values.index_select(1, index) : values);
        return thin with { Weights = thin.Weights / thin.Weights.sum(1, keepdim: true) };
    }

    /// <summary>The same samples with another number type or on another device.</summary>
    public SampleBatch To(ScalarType type, Device device) => Select(values => values.to(type, device));

    private SampleBatch Select(Func<Tensor, Tensor> part) => new(
        part(Observations), part(Actions), part(Advantages), part(Weights),
        new DiagonalGaussian(part(Sampler.Mean), part(Sampler.LogStd)), part(LogDensities), part(Rewards), part(TimeSteps))
    {
        EpisodeCount = EpisodeCount,
    };
}

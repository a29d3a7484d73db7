namespace MamlRobotics.MetaRL;

/// <summary>The outer loss on all tasks.</summary>
/// <param name="Loss">Scalar</param>
/// <param name="Kl">Scalar: mean divergence of the adapted policies from those that sampled, nats</param>
/// <param name="Gradient">[Q]; null where none was asked for</param>
/// <param name="ClipFraction">Scalar: share of the query samples whose probability ratio is beyond the clip; null where none was asked for</param>
public sealed record OuterLoss(Tensor Loss, Tensor Kl, Tensor? Gradient = null, Tensor? ClipFraction = null) : ITensorHolder
{
    public IEnumerable<Tensor> Tensors => ((Tensor?[])[Loss, Kl, Gradient, ClipFraction]).OfType<Tensor>();

    public static OuterLoss operator +(OuterLoss left, OuterLoss right) =>
        new(left.Loss.Plus(right.Loss), left.Kl.Plus(right.Kl), Sum(left.Gradient, right.Gradient), Sum(left.ClipFraction, right.ClipFraction));

    public static OuterLoss operator *(OuterLoss loss, double factor) =>
        new(loss.Loss * Number(factor), loss.Kl * Number(factor), Product(loss.Gradient, factor), Product(loss.ClipFraction, factor));

    private static Tensor? Sum(Tensor? left, Tensor? right) => left is null || right is null ? null : left.Plus(right);

    private static Tensor? Product(Tensor? value, double factor) => value is null ? null : value * Number(factor);
}

/// <summary>
/// A meta-objective over all tasks of an iteration, computed on a few tasks at a time. On a CPU each thread takes
/// tasks of its own: their activations stay in its cache, and no operator waits for other threads. On a GPU many tasks
/// go together. Sums are taken in the order of the tasks, so the result does not depend on the number of threads.
/// </summary>
/// <param name="samplesAtOnce">Tasks go together up to about this many samples of a batch.</param>
/// <param name="leastParts">Where there are as many tasks, they go in at least so many parts, for threads to share out.</param>
public sealed class TaskParallelObjective(PolicyMetaObjective objective, int threads, long samplesAtOnce, int leastParts = 1)
{
    // Leaves a machine of 8 GB room for the samples, the other phases and what the allocator holds.
    private const long GraphBytes = 3L << 30;

    /// <summary>With the samples at once that suit a device.</summary>
    /// <param name="threads">Of a CPU</param>
    public static TaskParallelObjective On(Device device, PolicyMetaObjective objective, int threads)
    {
        // A layer's activations stay in a core's second cache. Fewer and larger parts spend less on calling operators.
        const long LayerBytes = 1L << 20, GpuBytes = 1L << 30;
        const int ForThreads = 8;
        return device.type == DeviceType.CPU
            ? new(objective, threads, LayerBytes / (sizeof(float) * objective.Policy.LayerSizes.Max()), ForThreads)
            : new(objective, threads: 1, GpuBytes / LinearisedAdaptation.BytesPerSample(objective.Policy, sizeof(float)));
    }

    public MetaLayout Layout => objective.InnerLoop.Layout;

    /// <summary>One inner step of every task, without an outer gradient.</summary>
    /// <inheritdoc cref="PolicyMetaObjective.Adapt"/>
    public Tensor Adapt(Tensor meta, Tensor parameters, SampleBatch batch, int step) => TensorScope.Run(() =>
    {
        TaskPart[] parts = TaskPart.Split([batch], samplesAtOnce, leastParts);
        return cat(TensorScope.RunEach(parts.Length, threads, index =>
            objective.Adapt(meta, parameters.narrow(0, parts[index].First, parts[index].Count), parts[index].Batches[0], step)));
    });

    /// <summary>The outer loss without its gradient.</summary>
    /// <inheritdoc cref="PolicyMetaObjective.Evaluate"/>
    /// <param name="clip">Where it is given, the share of probability ratios outside 1 +- this is counted.</param>
    public OuterLoss Evaluate(Tensor meta, IReadOnlyList<SampleBatch> batches, Func<Tensor, Tensor, Tensor> outerLoss, double? clip = null) =>
        MeanOverTasks(batches, part =>
        {
            MetaObjectiveValue value = objective.Evaluate(meta.detach(), part, outerLoss, differentiable: false);
            return new OuterLoss(value.Loss.detach(), AdaptedKl(value, part), ClipFraction: ClipFraction(value, part, clip));
        });

    /// <summary>The outer loss and its gradient.</summary>
    /// <param name="penalty">Added to the loss that is differentiated, from batches and the policies on them</param>
    /// <inheritdoc cref="PolicyMetaObjective.Evaluate"/>
    public OuterLoss Differentiate(
        Tensor meta, IReadOnlyList<SampleBatch> batches, Func<Tensor, Tensor, Tensor> outerLoss,
        Func<IReadOnlyList<SampleBatch>, MetaObjectiveValue, Tensor>? penalty = null, double? clip = null) =>
        MeanOverTasks(batches, part =>
        {
            Tensor leaf = meta.detach().requires_grad_();
            MetaObjectiveValue value = objective.Evaluate(leaf, part, outerLoss);
            Tensor total = penalty is null ? value.Loss : value.Loss.Plus(penalty(part, value));
            return new OuterLoss(value.Loss.detach(), AdaptedKl(value, part), autograd.grad([total], [leaf])[0], ClipFraction(value, part, clip));
        });

    /// <summary>The curvature of the adapted policies' divergence, at the meta-parameters that sampled the batches.</summary>
    /// <inheritdoc cref="AdaptedCurvature"/>
    public AdaptedCurvature Curvature(Tensor meta, IReadOnlyList<SampleBatch> batches, int stride, long graphBytes = GraphBytes) =>
        new(objective, meta.detach(), TaskPart.Split(batches, samplesAtOnce, leastParts), threads, stride, graphBytes);

    private OuterLoss MeanOverTasks(IReadOnlyList<SampleBatch> batches, Func<IReadOnlyList<SampleBatch>, OuterLoss> mean) => TensorScope.Run(() =>
    {
        TaskPart[] parts = TaskPart.Split(batches, samplesAtOnce, leastParts);
        return TensorScope.RunEach(parts.Length, threads, index => mean(parts[index].Batches) * ((double)parts[index].Count / batches[0].TaskCount))
            .Aggregate((sum, part) => sum + part);
    });

    private static Tensor? ClipFraction(MetaObjectiveValue value, IReadOnlyList<SampleBatch> batches, double? clip)
    {
        if (clip is not { } bound) return null;
        SampleBatch query = batches[^1];
        Tensor ratio = (value.QueryLogDensities.detach() - query.LogDensities).exp();
        return query.MeanOverSamples(ratio.Plus(-1.0).abs().gt(Number(bound)).to(query.Weights.dtype)).mean();
    }

    private static Tensor AdaptedKl(MetaObjectiveValue value, IReadOnlyList<SampleBatch> batches) =>
        batches[^1].MeanKlTo(value.Policies[^1]).detach();
}

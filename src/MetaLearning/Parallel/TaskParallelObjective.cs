namespace MamlRobotics.MetaLearning;

/// <summary>
/// A meta-objective over all tasks of an iteration, computed on a few tasks at a time. On a CPU each thread takes
/// tasks of its own: their activations stay in its cache, and no operator waits for other threads. On a GPU many tasks
/// go together. Sums are taken in the order of the tasks, so the result does not depend on the number of threads.
/// </summary>
/// <param name="samplesAtOnce">Tasks go together up to about this many samples of a batch.</param>
/// <param name="leastParts">Where there are as many tasks, they go in at least so many parts, for threads to share out.</param>
public sealed class TaskParallelObjective<TSamples>(
    MetaObjective<TSamples> objective, IMetaGradient gradient, int threads, long samplesAtOnce, int leastParts = 1)
    where TSamples : ITaskSamples<TSamples>
{
    // Leaves a machine of 8 GB room for the samples, the other phases and what the allocator holds.
    private const long GraphBytes = 3L << 30;

    private long leastSamplesOfPart = 1;

    /// <summary>With the samples at once that suit a device.</summary>
    /// <param name="threads">Of a CPU</param>
    public static TaskParallelObjective<TSamples> On(Device device, MetaObjective<TSamples> objective, IMetaGradient gradient, int threads)
    {
        // A layer's activations stay in a core's second cache. Fewer and larger parts spend less on calling operators.
        const long LayerBytes = 1L << 20, GpuBytes = 1L << 30;
        const int ForThreads = 8, WorthAThread = 1000;
        return device.type == DeviceType.CPU
            ? new(objective, gradient, threads, LayerBytes / (sizeof(float) * objective.Model.WidestLayer), ForThreads) { leastSamplesOfPart = WorthAThread }
            : new(objective, gradient, threads: 1, GpuBytes / GraphSize.BytesPerSample(objective.Model.Units, sizeof(float)));
    }

    public IAdaptation Adaptation => objective.Adaptation;

    public MetaLayout Layout => objective.Adaptation.Layout;

    /// <summary>The objective of outer steps once that share of the training is done; null where it never changes.</summary>
    public Func<double, MetaObjective<TSamples>>? Schedule { get; set; }

    /// <summary>With the objective of that share of the training.</summary>
    public TaskParallelObjective<TSamples> At(double progress) =>
        Schedule is null ? this
        : new(Schedule(progress), gradient, threads, samplesAtOnce, leastParts) { leastSamplesOfPart = leastSamplesOfPart };

    /// <summary>One inner step of every task, without an outer gradient.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Adapt"/>
    public Tensor Adapt(Tensor meta, Tensor parameters, TSamples samples, int step) => TensorScope.Run(() =>
    {
        TaskPart<TSamples>[] parts = Parts([samples]);
        return cat(TensorScope.RunEach(parts.Length, threads, index =>
            objective.Adapt(meta, parameters.narrow(0, parts[index].First, parts[index].Count), parts[index].Batches[0], step)));
    });

    /// <summary>The outer loss without its gradient.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Evaluate"/>
    public OuterLoss Evaluate(Tensor meta, IReadOnlyList<TSamples> batches) =>
        MeanOverTasks(batches, part => Summary(objective.Evaluate(meta.detach(), part, differentiable: false)));

    /// <summary>The outer loss and the direction to descend.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Evaluate"/>
    public OuterLoss Differentiate(Tensor meta, IReadOnlyList<TSamples> batches) => MeanOverTasks(batches, part =>
    {
        (MetaValue value, Tensor direction) = gradient.Differentiate(objective, meta, part);
        return Summary(value) with { Gradient = direction };
    });

    /// <summary>The curvature of the adapted models' divergence, at the meta-parameters that sampled the batches.</summary>
    /// <inheritdoc cref="AdaptedCurvature{TSamples}"/>
    public AdaptedCurvature<TSamples> Curvature(Tensor meta, IReadOnlyList<TSamples> batches, int stride, long graphBytes = GraphBytes) =>
        new(objective, meta.detach(), Parts(batches), threads, stride, graphBytes);

    // A part of few samples costs more in calls of operators than a thread saves.
    private TaskPart<TSamples>[] Parts(IReadOnlyList<TSamples> batches)
    {
        long samples = batches[0].TaskCount * batches.Max(batch => batch.SampleCount);
        return TaskPart<TSamples>.Split(batches, samplesAtOnce, (int)Math.Min(leastParts, samples / leastSamplesOfPart));
    }

    private OuterLoss MeanOverTasks(IReadOnlyList<TSamples> batches, Func<IReadOnlyList<TSamples>, OuterLoss> mean) => TensorScope.Run(() =>
    {
        TaskPart<TSamples>[] parts = Parts(batches);
        return TensorScope.RunEach(parts.Length, threads, index => mean(parts[index].Batches) * ((double)parts[index].Count / batches[0].TaskCount))
            .Aggregate((sum, part) => sum + part);
    });

    private static OuterLoss Summary(MetaValue value) => new(value.Total.detach(), value.Losses[^1].Divergence()?.mean().detach())
    {
        Figures = [.. value.Losses[^1].Figures.Select(figure => (figure.Name, figure.Value.mean()))],
    };
}

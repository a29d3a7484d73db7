namespace MamlRobotics.MetaLearning;

/// <summary>
/// A meta-objective over all tasks of an iteration, computed on a few tasks at a time. On a CPU each thread takes
/// its own tasks, whose activations stay in its cache, and no operator waits for other threads. On a GPU many tasks are
/// computed together. Processes share the parts out like threads, and gather the results of each part. Sums are taken in the order
/// of the tasks, so the result depends neither on the number of threads nor on that of processes.
/// </summary>
/// <param name="samplesAtOnce">About how many samples of a batch are computed together</param>
/// <param name="leastParts">The least number of parts that the tasks are split into for the threads, if there are enough tasks</param>
/// <param name="group">The processes that share the parts out; null for this one alone</param>
public sealed class TaskParallelObjective<TSamples>(
    MetaObjective<TSamples> objective, IMetaGradient gradient, int threads, long samplesAtOnce, int leastParts = 1,
    IProcessGroup? group = null)
    where TSamples : ITaskSamples<TSamples>
{
    // On a machine with 8 GB this leaves room for the samples, the other phases and what the allocator holds.
    private const long GraphBytes = 3L << 30;

    private readonly IProcessGroup group = group ?? OneProcess.Instance;
    private long leastSamplesOfPart = 1;

    /// <summary>Creates an objective that computes as many samples together as suit a device.</summary>
    /// <param name="threads">The number of threads on a CPU</param>
    /// <param name="group">The processes that compute together, on CPUs; null for this one alone</param>
    public static TaskParallelObjective<TSamples> On(
        Device device, MetaObjective<TSamples> objective, IMetaGradient gradient, int threads, IProcessGroup? group = null) =>
        device.type == DeviceType.CPU ? OnCpu(objective, gradient, threads, group) : OnGpu(objective, gradient);

    private static TaskParallelObjective<TSamples> OnCpu(
        MetaObjective<TSamples> objective, IMetaGradient gradient, int threads, IProcessGroup? group)
    {
        // The activations of a layer stay in the second cache of a core. Fewer and larger parts spend less on calling operators.
        const long LayerBytes = 1L << 20;
        const int LeastParts = 8, LeastSamplesOfPart = 200, PartsOfSequences = 2;
        if (objective.Model.IsSequential) return new(objective, gradient, threads, SamplesOfGraph(objective), PartsOfSequences, group);
        long samplesAtOnce = LayerBytes / (sizeof(float) * objective.Model.WidestLayer);
        return new(objective, gradient, threads, samplesAtOnce, LeastParts, group) { leastSamplesOfPart = LeastSamplesOfPart };
    }

    private static TaskParallelObjective<TSamples> OnGpu(MetaObjective<TSamples> objective, IMetaGradient gradient)
    {
        return new(objective, gradient, threads: 1, SamplesOfGraph(objective));
    }

    // About how many samples have a graph that memory has room for.
    private static long SamplesOfGraph(MetaObjective<TSamples> objective)
    {
        const long GraphBytesAtOnce = 1L << 30;
        return GraphBytesAtOnce / GraphSize.BytesPerSample(objective.Model.Units, sizeof(float));
    }

    public IAdaptation Adaptation => objective.Adaptation;

    public MetaLayout Layout => objective.Adaptation.Layout;

    /// <summary>
    /// The objective of outer steps as a function of the share of the training that is done; null where it never changes.
    /// </summary>
    public Func<double, MetaObjective<TSamples>>? Schedule { get; set; }

    /// <summary>This with the objective that holds once a share of the training is done.</summary>
    public TaskParallelObjective<TSamples> At(double progress) =>
        Schedule is null ? this
        : new(Schedule(progress), gradient, threads, samplesAtOnce, leastParts, group) { leastSamplesOfPart = leastSamplesOfPart };

    /// <summary>Takes one inner step of every task, without an outer gradient.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Adapt"/>
    public Tensor Adapt(Tensor meta, Tensor parameters, TSamples samples, int step) => TensorScope.Run(() =>
    {
        TaskPart<TSamples>[] parts = Parts([samples]);
        return SharedParts.Rows(group, parts, threads, parameters, part =>
            objective.Adapt(meta, parameters.narrow(0, part.First, part.Count), part.Batches[0], step));
    });

    /// <summary>The outer loss without its gradient.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Evaluate"/>
    public OuterLoss Evaluate(Tensor meta, IReadOnlyList<TSamples> batches) =>
        MeanOverTasks(batches, part => Summary(objective.Evaluate(meta.detach(), part, differentiable: false)));

    /// <summary>The outer loss and the gradient that the outer step descends.</summary>
    /// <inheritdoc cref="MetaObjective{TSamples}.Evaluate"/>
    public OuterLoss Differentiate(Tensor meta, IReadOnlyList<TSamples> batches) => MeanOverTasks(batches, part =>
    {
        (MetaValue value, Tensor direction) = gradient.Differentiate(objective, meta, part);
        return Summary(value) with { Gradient = direction };
    });

    /// <summary>Says which task and quantity made a number of <see cref="Differentiate"/> not finite.</summary>
    /// <inheritdoc cref="FaultSearch{TSamples}.Explain"/>
    internal TrainingException Explain(Tensor meta, IReadOnlyList<TSamples> batches) =>
        new FaultSearch<TSamples>(objective, gradient).Explain(meta, batches);

    /// <summary>The curvature of the adapted models' divergence, at the meta-parameters with which the batches were sampled.</summary>
    /// <inheritdoc cref="AdaptedCurvature{TSamples}"/>
    public AdaptedCurvature<TSamples> Curvature(Tensor meta, IReadOnlyList<TSamples> batches, int stride, long graphBytes = GraphBytes) =>
        new(objective, meta.detach(), Parts(batches), threads, group, stride, graphBytes);

    // For a part with few samples, calling the operators costs more time than another thread saves.
    private TaskPart<TSamples>[] Parts(IReadOnlyList<TSamples> batches)
    {
        long samples = batches[0].TaskCount * batches.Max(batch => batch.SampleCount);
        return TaskPart<TSamples>.Split(batches, samplesAtOnce, (int)Math.Min(leastParts, samples / leastSamplesOfPart));
    }

    private OuterLoss MeanOverTasks(IReadOnlyList<TSamples> batches, Func<IReadOnlyList<TSamples>, OuterLoss> mean) => TensorScope.Run(() =>
    {
        TaskPart<TSamples>[] parts = Parts(batches);
        double Weight(TaskPart<TSamples> part) => (double)part.Count / batches[0].TaskCount;
        return SharedParts.Losses(group, parts.Length, threads, index => mean(parts[index].Batches) * Weight(parts[index]))
            .Aggregate((sum, part) => sum + part);
    });

    private static OuterLoss Summary(MetaValue value) => new(value.Total.detach(), value.Losses[^1].Divergence()?.mean().detach())
    {
        Figures = [.. value.Losses[^1].Figures.Select(figure => (figure.Name, figure.Value.mean()))],
    };
}

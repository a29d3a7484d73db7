namespace MamlRobotics.MetaLearning;

/// <summary>
/// The matrix of second derivatives, with respect to the meta-parameters, of the mean divergence of the adapted models from those
/// that gave the query data. It is never formed: <see cref="LinearisedAdaptation{TSamples}"/> computes its products with vectors.
/// Graphs are kept from one product to the next as far as memory allows; those of further tasks are built for each product.
/// </summary>
public sealed class AdaptedCurvature<TSamples> where TSamples : ITaskSamples<TSamples>
{
    private readonly MetaObjective<TSamples> objective;
    private readonly Tensor meta;
    private readonly TaskPart<TSamples>[] parts;
    private readonly IReadOnlyList<TSamples>[] measured;
    private readonly int threads;
    private readonly LinearisedAdaptation<TSamples>[] kept;

    /// <param name="meta">[Q], the meta-parameters with which the batches were sampled</param>
    /// <param name="stride">Curvature is measured at one of this many samples of a task.</param>
    /// <param name="graphBytes">The memory for graphs that are kept</param>
    internal AdaptedCurvature(
        MetaObjective<TSamples> objective, Tensor meta, TaskPart<TSamples>[] parts, int threads, int stride, long graphBytes)
    {
        (this.objective, this.meta, this.parts, this.threads) = (objective, meta, parts, threads);
        measured = [.. parts.Select(part => part.Batches.Select(batch => batch.Thinned(stride)).ToArray())];
        long samples = measured[0].Sum(batch => batch.TaskCount * batch.SampleCount);
        long affordable = graphBytes / (samples * GraphSize.BytesPerSample(objective.Model.Units, meta.element_size()));
        kept = TensorScope.RunEach((int)Math.Min(parts.Length, affordable), threads, Linearise);
    }

    /// <summary>The matrix times a vector. [Q] to [Q]</summary>
    public Tensor Product(Tensor vector) => TensorScope.Run(() => TensorScope
        .RunEach(parts.Length, threads, part => (part < kept.Length ? kept[part] : Linearise(part)).Product(vector))
        .Aggregate((sum, part) => sum.Plus(part))
        .div(Number(parts.Sum(part => part.Count))));

    private LinearisedAdaptation<TSamples> Linearise(int part) => new(objective, meta, parts[part].Batches, measured[part]);
}

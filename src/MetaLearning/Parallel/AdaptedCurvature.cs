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
    private readonly int threads;
    private readonly IProcessGroup group;
    private readonly Share own;
    private readonly IReadOnlyList<TSamples>[] measured;
    private readonly LinearisedAdaptation<TSamples>[] kept;

    /// <param name="meta">[Q], the meta-parameters with which the batches were sampled</param>
    /// <param name="stride">Curvature is measured at one of this many samples of a task.</param>
    /// <param name="graphBytes">The memory of each process for graphs that are kept</param>
    internal AdaptedCurvature(
        MetaObjective<TSamples> objective, Tensor meta, TaskPart<TSamples>[] parts, int threads, IProcessGroup group, int stride,
        long graphBytes)
    {
        (this.objective, this.meta, this.parts, this.threads, this.group) = (objective, meta, parts, threads, group);
        own = Share.Of(parts.Length, group)[group.Rank];
        measured = [.. parts[own.First..own.Next].Select(part => part.Batches.Select(batch => batch.Thinned(stride)).ToArray())];
        kept = TensorScope.RunEach(own.Count == 0 ? 0 : (int)Math.Min(own.Count, Affordable(graphBytes)), threads, Linearise);
    }

    /// <summary>The matrix times a vector. [Q] to [Q]</summary>
    public Tensor Product(Tensor vector) => TensorScope.Run(() => SharedParts
        .Vectors(group, parts.Length, threads, vector, part => OfOwn(part - own.First).Product(vector))
        .Aggregate((sum, part) => sum.Plus(part))
        .div(Number(parts.Sum(part => part.Count))));

    private long Affordable(long graphBytes)
    {
        long samples = measured[0].Sum(batch => batch.TaskCount * batch.SampleCount);
        return graphBytes / (samples * GraphSize.BytesPerSample(objective.Model.Units, meta.element_size()));
    }

    private LinearisedAdaptation<TSamples> OfOwn(int index) => index < kept.Length ? kept[index] : Linearise(index);

    private LinearisedAdaptation<TSamples> Linearise(int index) => new(objective, meta, parts[own.First + index].Batches, measured[index]);
}

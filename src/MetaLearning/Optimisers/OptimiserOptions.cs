namespace MamlRobotics.MetaLearning;

/// <summary>The options of a meta-optimiser, which create it. In a configuration they are an object under its name.</summary>
public abstract record OptimiserOptions
{
    /// <param name="rates">[Q], factors of the learning rates; the optimiser owns the tensor from then on</param>
    public abstract IMetaOptimiser<TSamples> Create<TSamples>(TaskParallelObjective<TSamples> objective, Tensor rates)
        where TSamples : ITaskSamples<TSamples>;

    /// <summary>Requires that this optimiser can take the outer steps of an objective.</summary>
    /// <exception cref="Envs.InputException">It cannot.</exception>
    public virtual void Require<TSamples>(MetaObjective<TSamples> objective) where TSamples : ITaskSamples<TSamples> { }

    /// <summary>
    /// The reason why a run with another number of iterations would differ from the first iteration on; null where it would not.
    /// </summary>
    public virtual string? DependsOnIterations => null;
}

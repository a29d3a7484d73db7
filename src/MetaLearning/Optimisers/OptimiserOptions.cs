namespace MamlRobotics.MetaLearning;

/// <summary>A meta-optimiser's options, nested under its name in a configuration, from which it is made.</summary>
public abstract record OptimiserOptions
{
    /// <param name="rates">Factor of the learning rate of every meta-parameter, [Q]; the optimiser's own from here on</param>
    public abstract IMetaOptimiser<TSamples> Create<TSamples>(TaskParallelObjective<TSamples> objective, Tensor rates)
        where TSamples : ITaskSamples<TSamples>;

    /// <exception cref="Envs.InputException">It cannot take the outer steps of this objective.</exception>
    public virtual void Require<TSamples>(MetaObjective<TSamples> objective) where TSamples : ITaskSamples<TSamples> { }

    /// <summary>Why a run of another number of iterations would differ from its first iteration on; null where it would not.</summary>
    public virtual string? DependsOnIterations => null;
}

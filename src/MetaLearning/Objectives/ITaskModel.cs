namespace MamlRobotics.MetaLearning;

/// <summary>The model that adapts to a task, as a function of flat parameters, and its losses.</summary>
public interface ITaskModel<TSamples> where TSamples : ITaskSamples<TSamples>
{
    /// <summary>The number of units of the widest layer, whose activations should fit in a cache.</summary>
    int WidestLayer { get; }

    /// <summary>The number of units of all layers except the input.</summary>
    int Units { get; }

    /// <summary>
    /// Whether the samples of a task are computed one after another, as by a recurrent network. Each part of the tasks then takes many
    /// calls of small operators, so that fewer parts are faster.
    /// </summary>
    bool IsSequential => false;

    /// <summary>Passes the samples of every task forward through its model.</summary>
    /// <param name="meta">[Q], which learned losses depend on</param>
    /// <param name="parameters">[N, P]</param>
    ITaskLosses Forward(Tensor meta, Tensor parameters, TSamples samples);
}

/// <summary>The losses after a forward pass, each [N] and with its graph.</summary>
public interface ITaskLosses
{
    /// <summary>The inner loss, which inner step <paramref name="step"/>, counted from 0, descends. [N]</summary>
    Tensor Inner(int step);

    /// <summary>The outer loss, which the meta-parameters minimise. [N]</summary>
    Tensor Outer();

    /// <summary>
    /// The divergence of the models from those that gave the samples, nats; null where the samples do not depend on a model. [N]
    /// </summary>
    Tensor? Divergence();

    /// <summary>Further figures of the outer loss, by the names of their columns in the metrics, each [N] and without a graph.</summary>
    IEnumerable<(string Name, Tensor Value)> Figures { get; }
}

/// <summary>A model whose Fisher information is known, as trust regions need it.</summary>
public interface IFisherModel<TSamples> : ITaskModel<TSamples> where TSamples : ITaskSamples<TSamples>
{
    /// <summary>Whether the inner loss is learned, which means that it depends on meta-parameters outside the model.</summary>
    bool LearnsLoss { get; }

    /// <summary>The outputs of the model that the divergence depends on, with their graphs, each [N, ...].</summary>
    /// <param name="parameters">[N, P]</param>
    IReadOnlyList<Tensor> Outputs(Tensor parameters, TSamples samples);

    /// <summary>
    /// Multiplies a change of the outputs by the matrix of second derivatives of each task's divergence with respect to its outputs,
    /// at the models that gave the samples.
    /// </summary>
    IReadOnlyList<Tensor> FisherProduct(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> change, TSamples samples);
}

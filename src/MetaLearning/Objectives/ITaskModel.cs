namespace MamlRobotics.MetaLearning;

/// <summary>What adapts: a model of each task as a function of flat parameters, and its losses.</summary>
public interface ITaskModel<TSamples> where TSamples : ITaskSamples<TSamples>
{
    /// <summary>P.</summary>
    int ParameterCount { get; }

    /// <summary>Units of its widest layer, whose activations should fit in a cache.</summary>
    int WidestLayer { get; }

    /// <summary>Units of all layers but the input.</summary>
    int Units { get; }

    /// <summary>One forward pass of every task's model over its samples.</summary>
    /// <param name="meta">[Q], for losses that are learned</param>
    /// <param name="parameters">[N, P]</param>
    ITaskLosses Forward(Tensor meta, Tensor parameters, TSamples samples);
}

/// <summary>The losses that a forward pass gives, each [N] and with its graph.</summary>
public interface ITaskLosses
{
    /// <summary>What inner step <paramref name="step"/>, counted from 0, descends. [N]</summary>
    Tensor Inner(int step);

    /// <summary>What the meta-parameters are judged by. [N]</summary>
    Tensor Outer();

    /// <summary>How far the models are from those that gave the samples, nats; null where samples do not depend on a model. [N]</summary>
    Tensor? Divergence();

    /// <summary>What else is worth knowing of the outer loss, by the name of its column in the metrics, each [N] and without a graph.</summary>
    IEnumerable<(string Name, Tensor Value)> Figures { get; }
}

/// <summary>A model whose divergence has a known Fisher information, for trust regions.</summary>
public interface IFisherModel<TSamples> : ITaskModel<TSamples> where TSamples : ITaskSamples<TSamples>
{
    /// <summary>Whether the loss of an inner step is learned: it depends on meta-parameters that are none of the model's.</summary>
    bool LearnsLoss { get; }

    /// <summary>What the divergence is a function of, with its graph, each [N, ...].</summary>
    /// <param name="parameters">[N, P]</param>
    IReadOnlyList<Tensor> Outputs(Tensor parameters, TSamples samples);

    /// <summary>
    /// The matrix of second derivatives of each task's divergence by its outputs, where the models are those that gave the
    /// samples, times a change of the outputs.
    /// </summary>
    IReadOnlyList<Tensor> FisherProduct(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> change, TSamples samples);
}

using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Minus the product of the context with the mean of a learned embedding of the task's samples, in which a sample has a weight that is
/// learned too. A gradient step of size one adds that mean to the context.
/// </summary>
/// <param name="network">Its outputs are the embedding, [context], and the logarithm of the weight</param>
public sealed class LearnedEmbedding(MetaLayout layout, SampleNetwork network, WeightInputs inputs, EnvironmentSpec spec) : IPolicyLoss
{
    /// <inheritdoc/>
    public bool IsLearned => true;

    /// <inheritdoc/>
    public Tensor Of(PolicyOnBatch seen) => -(Mean(seen.Meta, seen.Batch) * seen.Context!).sum([1]);

    /// <summary>The weighted mean of the embedding. [N, context]</summary>
    public Tensor Mean(Tensor meta, SampleBatch batch)
    {
        Tensor outputs = network.Vectors(layout.Block(meta, SampleNetwork.BlockName), inputs.Of(batch, spec.Horizon));
        long context = outputs.shape[2] - 1;
        Tensor shares = (outputs.select(2, context).Plus(batch.Weights.log())).softmax(1);
        return (outputs.narrow(2, 0, context) * shares.unsqueeze(2)).sum([1]);
    }
}

using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A tanh network from the features of a sample to one number or several, from which learned losses are made. It is the same for every
/// task. It is a function of (parameters, features) and holds no parameters.
/// </summary>
public sealed class SampleNetwork(int features, IReadOnlyList<int> hiddenSizes, int outputs = 1)
{
    /// <summary>The block of the meta-parameters that holds its parameters.</summary>
    public const string BlockName = "objective";

    private readonly ParameterLayout layout = new(Blocks([features, .. hiddenSizes, outputs]));

    /// <summary>The block of the meta-parameters for its parameters, with their initial values.</summary>
    /// <param name="lastScale">A factor of the initial weights of the last layer</param>
    public MetaBlock Block(RandomStream stream, double lastScale = 1) => new(BlockName, [layout.Count], () =>
    {
        float[] start = layout.Initialise(stream);
        ParameterBlock last = layout.Blocks[^2];
        foreach (ref float weight in start.AsSpan(last.Offset, last.Length)) weight *= (float)lastScale;
        return start;
    });

    /// <summary>Computes the only output for every sample. [N, M, features] to [N, M]</summary>
    /// <inheritdoc cref="Vectors"/>
    public Tensor Of(Tensor parameters, Tensor features) => Outputs(parameters, features).view(features.shape[0], features.shape[1]);

    /// <summary>Computes the outputs for every sample. [N, M, features] to [N, M, outputs]</summary>
    /// <param name="parameters">The block of its parameters, flat</param>
    public Tensor Vectors(Tensor parameters, Tensor features) =>
        Outputs(parameters, features).view(features.shape[0], features.shape[1], outputs);

    private Tensor Outputs(Tensor parameters, Tensor features)
    {
        Tensor[] blocks = layout.Split(parameters.unsqueeze(0));
        Tensor hidden = features.flatten(0, 1).unsqueeze(0);
        for (int layer = 0; layer < blocks.Length / 2; layer++)
        {
            if (layer > 0) hidden = hidden.tanh();
            hidden = bmm(hidden, blocks[2 * layer]).Accumulate(blocks[2 * layer + 1].unsqueeze(1));
        }
        return hidden;
    }

    private static IEnumerable<(string Name, int[] Shape)> Blocks(int[] sizes) => Enumerable.Range(0, sizes.Length - 1).SelectMany(layer =>
        new[] { ($"layer{layer}.weight", new[] { sizes[layer], sizes[layer + 1] }), ($"layer{layer}.bias", [sizes[layer + 1]]) });
}

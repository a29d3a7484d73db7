using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// The quadratic loss of an offset plus the context times a matrix of weights, as in a network with one layer and no input.
/// </summary>
internal sealed class ContextModel(int contextSize) : ITaskModel<QuadraticSamples>
{
    public ParameterLayout Layout { get; } = new(
    [
        ("offset", [Quadratics.Dimensions]),
        ("context.weight", [contextSize, Quadratics.Dimensions]),
        (ParameterLayout.Context, [contextSize]),
    ]);

    public int WidestLayer => Quadratics.Dimensions;

    public int Units => Quadratics.Dimensions;

    public ITaskLosses Forward(Tensor meta, Tensor parameters, QuadraticSamples samples)
    {
        Tensor[] blocks = Layout.Split(parameters);
        Tensor point = blocks[0].Plus(blocks[2].unsqueeze(1).bmm(blocks[1]).squeeze(1));
        return new QuadraticModel(Quadratics.Dimensions).Forward(meta, point, samples);
    }
}

using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A network for each task, whose inner and outer losses are the mean squared error.</summary>
public sealed class RegressionModel(Mlp network) : ITaskModel<RegressionSamples>
{
    /// <inheritdoc/>
    public int WidestLayer => network.LayerSizes.Max();

    /// <inheritdoc/>
    public int Units => network.LayerSizes.Skip(1).Sum();

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, RegressionSamples samples) =>
        new Losses(network.Forward(parameters, samples.Inputs), samples.Targets);

    private sealed record Losses(Tensor Outputs, Tensor Targets) : ITaskLosses
    {
        public IEnumerable<(string Name, Tensor Value)> Figures => [];

        public Tensor Inner(int step) => Outer();

        public Tensor Outer() => (Outputs - Targets).Square().mean([1, 2]);

        public Tensor? Divergence() => null;
    }
}

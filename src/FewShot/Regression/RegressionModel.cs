using MamlRobotics.Policies;

namespace MamlRobotics.FewShot;

/// <summary>A network for each task, whose losses are the mean squared error; a part of the inner loss may be learned.</summary>
/// <param name="layout">The layout of the meta-parameters, in which a learned loss finds its own</param>
/// <param name="learned">The learned part of the inner loss; null where there is none</param>
public sealed class RegressionModel(Mlp network, MetaLayout layout, LearnedLoss? learned) : ITaskModel<RegressionSamples>
{
    private readonly Mlp? psi = learned?.Psi;

    /// <inheritdoc/>
    public int WidestLayer => network.LayerSizes.Max();

    /// <inheritdoc/>
    public int Units => network.LayerSizes.Skip(1).Sum();

    /// <inheritdoc/>
    public ITaskLosses Forward(Tensor meta, Tensor parameters, RegressionSamples samples)
    {
        Tensor outputs = network.Forward(parameters, samples.Inputs);
        return new Losses(outputs, samples.Targets, psi is null ? null : () => LearnedLoss.Of(psi, layout, meta, samples, outputs));
    }

    private sealed record Losses(Tensor Outputs, Tensor Targets, Func<Tensor>? Learned) : ITaskLosses
    {
        public IEnumerable<(string Name, Tensor Value)> Figures => [];

        public Tensor Inner(int step) => Learned is null ? Outer() : Outer().Plus(Learned());

        public Tensor Outer() => (Outputs - Targets).Square().mean([1, 2]);

        public Tensor? Divergence() => null;
    }
}

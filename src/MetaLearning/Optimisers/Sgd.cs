using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>Options of gradient descent as a meta-optimiser.</summary>
[Choice("sgd", Label = "SGD", Source = "gradient descent with a constant or linearly falling rate")]
public sealed record SgdOptions : DescentOptions
{
    [Description("Learning rate; in Reptile it is epsilon.")]
    [Range(1e-12, 1e6)]
    public double LearningRate { get; init; } = 0.1;

    /// <inheritdoc/>
    protected override double RateOf(string? block) => LearningRate;

    /// <inheritdoc/>
    protected override IUpdateRule Rule(Tensor rates) => new Sgd(rates);
}

/// <summary>Gradient descent over one flat vector.</summary>
/// <param name="rates">[Q], a learning rate for each coordinate; this object owns the tensor from then on</param>
public sealed class Sgd(Tensor rates) : IUpdateRule
{
    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Tensor> State { get; } = new Dictionary<string, Tensor>();

    /// <inheritdoc/>
    public void Restore(IReadOnlyDictionary<string, Tensor> state) { }

    /// <inheritdoc/>
    public Tensor Step(Tensor parameters, Tensor gradient, double scale = 1) => parameters - rates * gradient * Number(scale);

    public void Dispose() => rates.Dispose();
}

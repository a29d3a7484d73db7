using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.FewShot;

/// <summary>
/// Learning to learn by gradient descent by gradient descent: an optimiser that is a recurrent network learns from how it minimises
/// functions. What takes the place of an inner step is a step of the optimiser.
/// </summary>
[Choice("learned-optimiser", Label = "Learned optimiser", Source = "Andrychowicz et al. 2016, sections 2 and 3, arXiv 1606.04474")]
public sealed record LearnedOptimiser : Recipe
{
    [Description("Units of each of the two LSTM layers of the optimiser.")]
    [Range(1, 1000)]
    public int Units { get; init; } = 20;

    [Description("p: a gradient g is seen as log |g| / p and its sign, below e^-p as -1 and e^p g.")]
    [Range(0.1, 50)]
    public double LogarithmRange { get; init; } = 10;

    [Description("Factor of the optimiser's output, which makes its step.")]
    [Range(1e-9, 1e3)]
    public double OutputScale { get; init; } = 0.1;

    [Description("Number of steps that the loss goes through; innerSteps is a multiple of it.")]
    [Range(1, 100)]
    public int Unroll { get; init; } = 20;

    [Description("Ignore that gradients depend on earlier steps, as the paper does.")]
    public bool FirstOrder { get; init; } = true;

    [Description("Learn from the logarithm of each function's value, so that small values count as much as large ones.")]
    public bool Logarithm { get; init; }

    /// <inheritdoc/>
    public override string StepName => "step";

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(setting.WithoutSteps(), new ThroughTheSteps()) { TrainingSteps = 0 };

    /// <inheritdoc/>
    public override bool Suits(Type samples) => samples == typeof(OptimiseeSamples);

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => innerSteps % Unroll == 0 ? null
        : $"innerSteps = {innerSteps} must be a multiple of learned-optimiser.unroll = {Unroll}, the steps that the loss goes through.";

    /// <summary>The network, without its parameters.</summary>
    internal OptimiserNetwork Network => new(new OptimiserSettings(Units, LogarithmRange, OutputScale, Unroll, FirstOrder, Logarithm));
}

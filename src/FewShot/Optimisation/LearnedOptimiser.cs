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

    [Description("What the network sees: logarithm (size and sign of a gradient), or moments (it and its mean, normalised, and the time).")]
    public OptimiserInput Input { get; init; }

    [Description("p: a gradient g is seen as log |g| / p and its sign, below e^-p as -1 and e^p g.")]
    [Range(0.1, 50)]
    public double LogarithmRange { get; init; } = 10;

    [Description("Factor of the optimiser's output, which makes its step.")]
    [Range(1e-9, 1e3)]
    public double OutputScale { get; init; } = 0.1;

    [Description("Rate of a step of Adam that is added, and whose length the network chooses; 0 for none. It needs input=moments.")]
    [Range(0.0, 1e3)]
    public double NominalRate { get; init; }

    [Description("Number of steps that the loss goes through; innerSteps is a multiple of it.")]
    [Range(1, 100)]
    public int Unroll { get; init; } = 20;

    [Description("Number of last steps of those of unroll whose values make the loss (weights of the paper's equation 3); 0 for all.")]
    [Range(0, 100)]
    public int CountedSteps { get; init; }

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
    public override string? Fault(int innerSteps)
    {
        if (innerSteps % Unroll != 0)
            return $"innerSteps = {innerSteps} must be a multiple of learned-optimiser.unroll = {Unroll}, the steps of one loss.";
        if (CountedSteps > Unroll)
            return $"learned-optimiser.countedSteps = {CountedSteps} must be at most learned-optimiser.unroll = {Unroll}.";
        return NominalRate == 0 || Input == OptimiserInput.Moments ? null
            : "learned-optimiser.nominalRate needs the running mean: set learned-optimiser.input=moments, or nominalRate=0.";
    }

    /// <summary>The network, without its parameters.</summary>
    internal OptimiserNetwork NetworkFor(int steps)
    {
        int counted = CountedSteps > 0 ? CountedSteps : Unroll;
        return new(new(Units, Input, LogarithmRange, OutputScale, NominalRate, steps, Unroll, counted, FirstOrder, Logarithm));
    }
}

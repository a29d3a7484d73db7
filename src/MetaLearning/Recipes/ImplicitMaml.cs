using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>Implicit MAML: inner steps that stay near theta, and the outer gradient from where they end, whatever way they took.</summary>
[Choice("imaml", Label = "iMAML", Source = "Rajeswaran et al. 2019, algorithms 1 and 2, arXiv 1909.04630")]
public sealed record ImplicitMaml : Recipe
{
    [Description("lambda: the inner loss has half of this times the squared distance from the start added to it.")]
    [Range(1e-6, 1e6)]
    public double Lambda { get; init; } = 2;

    [Description("Conjugate gradient iterations of the outer gradient.")]
    [Range(1, 1000)]
    public int SolverIterations { get; init; } = 5;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(
        new MetaStage(setting.PlainSteps() with { Proximity = Lambda }, Composition.LastStepAlone(setting.InnerSteps)),
        new ImplicitGradient(Lambda, SolverIterations));
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// Implicit MAML: a proximal term keeps the inner steps near theta, and the meta-gradient depends only on the adapted parameters,
/// not on the path to them.
/// </summary>
[Choice("imaml", Label = "iMAML", Source = "Rajeswaran et al. 2019, algorithms 1 and 2, arXiv 1909.04630")]
public sealed record ImplicitMaml : Recipe
{
    [Description("lambda: half of this times the squared distance from the start is added to the inner loss.")]
    [Range(1e-6, 1e6)]
    public double Lambda { get; init; } = 2;

    [Description("Number of conjugate gradient iterations for the outer gradient.")]
    [Range(1, 1000)]
    public int SolverIterations { get; init; } = 5;

    [Description("Added to lambda where the outer gradient is solved for, which then exists for inner losses of more negative curvature.")]
    [Range(0.0, 1e6)]
    public double Damping { get; init; }

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(
        new MetaStage(setting.PlainSteps() with { Proximity = Lambda }, Composition.LastStepAlone(setting.InnerSteps)),
        new ImplicitGradient(Lambda + Damping, SolverIterations));
}

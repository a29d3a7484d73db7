using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// MAML++: MAML with a loss after every inner step early in training, first-order gradients early in training, and learned step
/// sizes for each inner step. Here each parameter has its own step size, where in the paper each layer has one.
/// </summary>
[Choice("maml-plus-plus", Label = "MAML++", Source = "Antoniou, Edwards and Storkey 2019, section 4, arXiv 1810.09502")]
public sealed record MamlPlusPlus : GradientRecipe
{
    public MamlPlusPlus() => LearnedStepSizes = LearnedStepSizes.PerStep;

    [Description("Share of the training in which the weights of the inner steps change linearly from equal weights to stepWeights.")]
    [Range(0.0, 1.0)]
    public double MultiStepShare { get; init; } = 0.1;

    [Description("Share of the training, from its beginning, in which gradients ignore the derivative of the inner step.")]
    [Range(0.0, 1.0)]
    public double FirstOrderShare { get; init; } = 0.3;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new AdamOptions { Epochs = 1 };

    /// <inheritdoc/>
    public override string? DependsOnIterations => MultiStepShare == 0 && FirstOrderShare == 0 ? null : FormattableString.Invariant(
        $"multiStepShare={MultiStepShare} and firstOrderShare={FirstOrderShare} of maml-plus-plus are shares of all iterations");

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        GradientAdaptation adaptation = Adaptation(setting);
        return new(Stage(0), new ThroughTheSteps()) { StageAt = Stage };

        MetaStage Stage(double progress) =>
            new(adaptation with { FirstOrder = FirstOrder || progress < FirstOrderShare }, WeightsAt(progress, setting.InnerSteps));
    }

    private double[] WeightsAt(double progress, int steps)
    {
        double annealed = progress < MultiStepShare ? progress / MultiStepShare : 1;
        return [.. Weights(steps).Select(weight => (1 - annealed) / steps + annealed * weight)];
    }
}

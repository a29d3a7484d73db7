using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// A recipe that the program does not know: inner steps change only vectors, such as biases, and the outer step shrinks theta.
/// </summary>
[Choice("toy", Label = "Toy", Source = "these tests")]
public sealed record ToyRecipe : Recipe
{
    [Description("What the outer step leaves of theta.")]
    [Range(0.0, 1.0)]
    public double Share { get; init; } = 0.9;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser => new SgdOptions { LearningRate = 1, Epochs = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting) => new(
        new MetaStage(
            setting.PlainSteps() with { Mask = setting.Mask(block => block.Shape.Length == 1) },
            Composition.LastStepAlone(setting.InnerSteps)),
        new Shrinking(Share));

    private sealed class Shrinking(double share) : IMetaGradient
    {
        public (MetaValue Value, Tensor Gradient) Differentiate<TSamples>(
            MetaObjective<TSamples> objective, Tensor meta, IReadOnlyList<TSamples> batches) where TSamples : ITaskSamples<TSamples> =>
            (objective.Evaluate(meta.detach(), batches, differentiable: false), meta.detach() * Number(1 - share));
    }
}

using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>What a recipe is put together for.</summary>
/// <param name="Model">The blocks of the model's parameters</param>
/// <param name="InnerLearningRates">alpha of each inner step, the last one for all further steps</param>
/// <param name="InnerSteps">K</param>
/// <param name="Device">Where tensors of the learner's own are made</param>
public sealed record RecipeSetting(ParameterLayout Model, IReadOnlyList<double> InnerLearningRates, int InnerSteps, Device Device)
{
    /// <summary>Of the draws that a learner's own meta-parameters start from.</summary>
    public RandomStream Seed { get; init; } = RandomStream.FromSeed(0);

    /// <summary>Gradient steps of the given sizes, of which nothing is learned but theta.</summary>
    public GradientAdaptation PlainSteps() =>
        new(new MetaLayout(Model.Count), new StepSizes(Model.Count, InnerLearningRates, LearnedStepSizes.None, InnerSteps));

    /// <summary>[P], one where <paramref name="chosen"/> holds for a parameter's block, else zero.</summary>
    public Tensor Mask(Func<ParameterBlock, bool> chosen)
    {
        var mask = new float[Model.Count];
        foreach (ParameterBlock block in Model.Blocks.Where(chosen)) mask.AsSpan(block.Offset, block.Length).Fill(1);
        return tensor(mask, device: Device);
    }
}

/// <summary>What an outer step sees of a learner, which may change in the course of training.</summary>
/// <param name="StepWeights">Weight of the models after each inner step in the outer loss, [K]</param>
public sealed record MetaStage(IAdaptation Adaptation, IReadOnlyList<double> StepWeights);

/// <summary>The parts of a learner.</summary>
/// <param name="Stage">What a test adapts by, and what training begins with</param>
public sealed record Composition(MetaStage Stage, IMetaGradient Gradient)
{
    /// <summary>The stage once that share of the training is done; null where it never changes.</summary>
    public Func<double, MetaStage>? StageAt { get; init; }

    /// <summary>Added to the outer loss, from the losses at every batch.</summary>
    public Func<IReadOnlyList<ITaskLosses>, Tensor>? Penalty { get; init; }

    /// <summary>Parameters whose initial values are not learned.</summary>
    public Func<ParameterBlock, bool> IsHeld { get; init; } = _ => false;

    /// <summary>All weight on the models after the last of <paramref name="steps"/> inner steps. [K]</summary>
    public static double[] LastStepAlone(int steps)
    {
        var last = new double[steps];
        last[^1] = 1;
        return last;
    }
}

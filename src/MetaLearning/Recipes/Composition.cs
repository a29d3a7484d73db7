using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>The model and the configuration that a recipe is composed for.</summary>
/// <param name="Model">The blocks of the model's parameters</param>
/// <param name="InnerLearningRates">alpha of each inner step; the last one holds for all further steps</param>
/// <param name="InnerSteps">K</param>
/// <param name="Device">The device on which the learner makes its own tensors</param>
public sealed record RecipeSetting(ParameterLayout Model, IReadOnlyList<double> InnerLearningRates, int InnerSteps, Device Device)
{
    /// <summary>The stream of the draws for the initial values of a learner's own meta-parameters.</summary>
    public RandomStream Seed { get; init; } = RandomStream.FromSeed(0);

    /// <summary>Gradient steps of the given sizes, where only theta is learned.</summary>
    public GradientAdaptation PlainSteps() =>
        new(new MetaLayout(Model.Count), new StepSizes(Model.Count, InnerLearningRates, LearnedStepSizes.None, InnerSteps));

    /// <summary>The stage of a learner that takes no inner steps, so that its parameters are the same for every task.</summary>
    public MetaStage WithoutSteps() => new(new LimitedAdaptation(PlainSteps(), Most: 0), Composition.LastStepAlone(InnerSteps));

    /// <summary>[P], one for the parameters of the blocks that <paramref name="chosen"/> selects, and zero for the others.</summary>
    public Tensor Mask(Func<ParameterBlock, bool> chosen)
    {
        var mask = new float[Model.Count];
        foreach (ParameterBlock block in Model.Blocks.Where(chosen)) mask.AsSpan(block.Offset, block.Length).Fill(1);
        return mask.CopyToTensor(device: Device);
    }
}

/// <summary>The parts of a learner's objective that may change in the course of training.</summary>
/// <param name="StepWeights">[K], the weights of the models after each inner step in the outer loss</param>
public sealed record MetaStage(IAdaptation Adaptation, IReadOnlyList<double> StepWeights)
{
    /// <summary>As in <see cref="MetaObjective{TSamples}.StepsApart"/>.</summary>
    public bool StepsApart { get; init; }
}

/// <summary>The parts of a learner.</summary>
/// <param name="Stage">The stage with which training begins and tests adapt</param>
public sealed record Composition(MetaStage Stage, IMetaGradient Gradient)
{
    /// <summary>The stage as a function of the share of the training that is done; null where it never changes.</summary>
    public Func<double, MetaStage>? StageAt { get; init; }

    /// <summary>Computes a penalty from the losses at every batch, which is added to the outer loss.</summary>
    public Func<IReadOnlyList<ITaskLosses>, Tensor>? Penalty { get; init; }

    /// <summary>The number of inner steps in training; null where it is that of the configuration.</summary>
    public int? TrainingSteps { get; init; }

    /// <summary>Whether outer steps leave the initial values of a block as they are.</summary>
    public Func<ParameterBlock, bool> IsFrozen { get; init; } = _ => false;

    /// <summary>Step weights that are one for the models after the last of <paramref name="steps"/> inner steps, else zero. [K]</summary>
    public static double[] LastStepAlone(int steps)
    {
        var last = new double[steps];
        last[^1] = 1;
        return last;
    }
}

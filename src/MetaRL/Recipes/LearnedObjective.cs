using System.ComponentModel;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A learned inner objective: a network psi, meta-learned like the initial parameters, corrects every advantage in the inner loss.
/// An inner step can then depend on the distance to a goal and not only on its direction. It is related to NoRML's learned
/// advantage and to ML3.
/// </summary>
[Choice("learned-objective", Label = "Learned objective",
    Source = "after Yang et al. 2019, arXiv 1903.01063, and Bechtle et al. 2021, arXiv 1906.05374")]
public sealed record LearnedObjective : PolicyRecipe
{
    private const string ShiftBlock = "log_std_shift";

    public LearnedObjective() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    [Description("Units of each hidden layer of psi.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64, 64];

    [Description("Whether the observation of a sample is an input of psi.")]
    public bool SeesObservation { get; init; } = true;

    [Description("Whether the action of a sample is an input of psi.")]
    public bool SeesAction { get; init; } = true;

    [Description("Whether the reward of a sample is an input of psi.")]
    public bool SeesReward { get; init; } = true;

    [Description("Keep the standard deviation of the initial policy fixed, for exploration; otherwise it is learned.")]
    public bool HoldStd { get; init; } = true;

    [Description("Learn a shift of the log standard deviation after each inner step, the same for all tasks.")]
    public bool LearnedStdShift { get; init; } = true;

    private WeightInputs Inputs => new(SeesObservation, SeesAction, SeesReward);

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser =>
        new AdamOptions { Epochs = 5, LearningRate = 2e-3, StepSizeLearningRate = 2e-3, FinalRate = 0.05, MaximumGradientNorm = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        ParameterBlock logStd = LogStd(setting);
        MetaBlock psi = Psi(Sizes(setting)).Block(setting.Seed.Stream("psi"), lastScale: 0.1);
        MetaBlock[] shift = LearnedStdShift ? [MetaBlock.Zeros(ShiftBlock, setting.InnerSteps, logStd.Length)] : [];
        GradientAdaptation steps = Adaptation(setting, [psi, .. shift]);
        IAdaptation adaptation = LearnedStdShift ? new OffsetAdaptation(steps, ShiftBlock, logStd.Offset) : steps;
        var limited = new LimitedAdaptation(adaptation, setting.InnerSteps);
        return new Composition(new MetaStage(limited, Weights(setting.InnerSteps)), new ThroughTheSteps())
        {
            IsHeld = block => HoldStd && block.Name == logStd.Name,
        };
    }

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) =>
        new LearnedWeight(layout, Psi((spec.Observation.Count, spec.Action.Count)), Inputs, spec);

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => FaultOfLearnedLoss("learned-objective", HiddenSizes) ?? base.Fault(innerSteps);

    private ScalarNetwork Psi((int Observation, int Action) sizes) => new(Inputs.Count(sizes.Observation, sizes.Action), HiddenSizes);
}

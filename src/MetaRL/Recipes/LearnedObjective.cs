using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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
    private const string ShiftBlock = "log_std_shift", OffsetBlock = "offset";

    public LearnedObjective() => LearnedStepSizes = LearnedStepSizes.PerParameter;

    [Description("Units of each hidden layer of psi.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64, 64];

    [Description("Whether the observation of a sample is an input of psi.")]
    public bool SeesObservation { get; init; } = true;

    [Description("Whether the action of a sample is an input of psi.")]
    public bool SeesAction { get; init; } = true;

    [Description("Whether the reward of a sample is an input of psi.")]
    public bool SeesReward { get; init; } = true;

    [Description("Factor of the observation as an input of psi, which should bring it to about 1.")]
    [Range(1e-12, 1e12)]
    public double ObservationScale { get; init; } = 2;

    [Description("Factor of the reward as an input of psi, which should bring it to about 1.")]
    [Range(1e-12, 1e12)]
    public double RewardScale { get; init; } = 1;

    [Description("Whether psi corrects the advantages at all; without it the inner loss is the likelihood ratio of ProMP.")]
    public bool LearnedCorrection { get; init; } = true;

    [Description("Learn a psi for each inner step; otherwise all steps have the same.")]
    public bool PsiPerStep { get; init; }

    [Description("Learn each inner step for the policies right after it, and take those before it as given: the outer gradient of a "
        + "step goes through that step alone.")]
    public bool StepsApart { get; init; }

    [Description("Keep the standard deviation of the initial policy fixed, for exploration; otherwise it is learned.")]
    public bool HoldStd { get; init; } = true;

    [Description("Learn a shift of the log standard deviation after each inner step, the same for all tasks.")]
    public bool LearnedStdShift { get; init; } = true;

    [Description("Learn an offset of all parameters after each inner step, as in NoRML, instead of the log standard deviation's alone.")]
    public bool LearnedOffset { get; init; }

    [Description("Weight of the outer loss's term for exploration: the best episodes of a support batch, not all of them, should be good.")]
    [Range(0.0, 1e6)]
    public double ExplorationWeight { get; init; }

    [Description("The best of so many episodes of a support batch counts in the term for exploration.")]
    [Range(2, 100_000)]
    public int ExplorationEpisodes { get; init; } = 20;

    [Description("The term for exploration clips probability ratios at 1 +- this.")]
    [Range(1e-6, 100)]
    public double ExplorationClip { get; init; } = 0.3;

    private WeightInputs Inputs => new(SeesObservation, SeesAction, SeesReward, ObservationScale, RewardScale);

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser =>
        new AdamOptions { Epochs = 5, LearningRate = 2e-3, StepSizeLearningRate = 2e-3, FinalRate = 0.05, MaximumGradientNorm = 1 };

    /// <inheritdoc/>
    public override Composition Compose(RecipeSetting setting)
    {
        ParameterBlock logStd = LogStd(setting);
        (string shifted, int first, int length) =
            LearnedOffset ? (OffsetBlock, 0, setting.Model.Count) : (ShiftBlock, logStd.Offset, LearnedStdShift ? logStd.Length : 0);
        MetaBlock[] shift = length > 0 ? [MetaBlock.Zeros(shifted, setting.InnerSteps, length)] : [];
        GradientAdaptation steps = Adaptation(setting, [.. LearnedPsi(setting), .. shift]);
        IAdaptation adaptation = length > 0 ? new OffsetAdaptation(steps, shifted, first) : steps;
        var limited = new LimitedAdaptation(adaptation, setting.InnerSteps);
        var stage = new MetaStage(limited, Weights(setting.InnerSteps)) { StepsApart = StepsApart };
        return new Composition(stage, new ThroughTheSteps())
        {
            Penalty = ExplorationWeight > 0 ? Exploration : null,
            IsHeld = block => HoldStd && block.Name == logStd.Name,
        };
    }

    /// <inheritdoc/>
    public override IPolicyLoss InnerLoss(MetaLayout layout, EnvironmentSpec spec) => LearnedCorrection
        ? new LearnedWeight(layout, Psi((spec.Observation.Count, spec.Action.Count)), Inputs, spec)
        : new LikelihoodRatio();

    /// <inheritdoc/>
    public override string? Fault(int innerSteps) => FaultOfLearnedLoss("learned-objective", HiddenSizes) ?? base.Fault(innerSteps);

    private Tensor Exploration(IReadOnlyList<ITaskLosses> losses)
    {
        IEnumerable<PolicyOnBatch> support = losses.SkipLast(1).Select(batch => ((PolicyModel.Losses)batch).Seen);
        Tensor terms = stack([.. support.Select(seen => BestEpisodeTerm.Of(seen, ExplorationEpisodes, ExplorationClip).mean())]);
        return terms.sum() * Number(ExplorationWeight);
    }

    private IEnumerable<MetaBlock> LearnedPsi(RecipeSetting setting)
    {
        if (!LearnedCorrection) yield break;
        MetaBlock psi = Psi(Sizes(setting)).Block(setting.Seed.Stream("psi"), lastScale: 0.1);
        yield return PsiPerStep ? psi.Rows(setting.InnerSteps) : psi;
    }

    private ScalarNetwork Psi((int Observation, int Action) sizes) => new(Inputs.Count(sizes.Observation, sizes.Action), HiddenSizes);
}

using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// A learner whose inner loss has a network of what each sample was, meta-learned like the initial parameters, with the options that
/// such learners share.
/// </summary>
public abstract record LearnedLossRecipe : PolicyRecipe
{
    private const string ShiftBlock = "log_std_shift", OffsetBlock = "offset";

    [Description("Units of each hidden layer of the learned network.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64, 64];

    [Description("Whether the observation of a sample is an input of the learned network.")]
    public bool SeesObservation { get; init; } = true;

    [Description("Whether the action of a sample is an input of the learned network.")]
    public bool SeesAction { get; init; } = true;

    [Description("Whether the reward of a sample is an input of the learned network.")]
    public bool SeesReward { get; init; } = true;

    [Description("Factor of the observation as an input of the learned network, which should bring it to about 1.")]
    [Range(1e-12, 1e12)]
    public double ObservationScale { get; init; } = 2;

    [Description("Factor of the reward as an input of the learned network, which should bring it to about 1.")]
    [Range(1e-12, 1e12)]
    public double RewardScale { get; init; } = 1;

    [Description("Keep the standard deviation of the initial policy fixed, for exploration; otherwise it is learned.")]
    public bool HoldStd { get; init; } = true;

    [Description("Learn a shift of the log standard deviation after each inner step, the same for all tasks.")]
    public bool LearnedStdShift { get; init; } = true;

    [Description("Learn an offset of all parameters after each inner step, as in NoRML, instead of the log standard deviation's alone.")]
    public bool LearnedOffset { get; init; }

    [Description("Learn each inner step for the policies right after it, and take those before it as given: the outer gradient of a "
        + "step goes through that step alone.")]
    public bool StepsApart { get; init; }

    [Description("Weight of the outer loss's term for exploration: the best episodes of a support batch, not all of them, should be good.")]
    [Range(0.0, 1e6)]
    public double ExplorationWeight { get; init; }

    [Description("The best of so many episodes of a support batch counts in the term for exploration.")]
    [Range(2, 100_000)]
    public int ExplorationEpisodes { get; init; } = 5;

    [Description("The term for exploration clips probability ratios at 1 +- this.")]
    [Range(1e-6, 100)]
    public double ExplorationClip { get; init; } = 0.3;

    /// <inheritdoc/>
    public override OptimiserOptions DefaultOptimiser =>
        new AdamOptions { Epochs = 5, LearningRate = 2e-3, StepSizeLearningRate = 2e-3, FinalRate = 0.05, MaximumGradientNorm = 1 };

    /// <summary>What the learned network sees of a sample.</summary>
    protected WeightInputs Inputs => new(SeesObservation, SeesAction, SeesReward, ObservationScale, RewardScale);

    /// <summary>The learner, with the learned network's block of the meta-parameters.</summary>
    protected Composition Composed(RecipeSetting setting, IEnumerable<MetaBlock> network)
    {
        ParameterBlock logStd = LogStd(setting);
        (string shifted, int first, int length) =
            LearnedOffset ? (OffsetBlock, 0, setting.Model.Count) : (ShiftBlock, logStd.Offset, LearnedStdShift ? logStd.Length : 0);
        MetaBlock[] shift = length > 0 ? [MetaBlock.Zeros(shifted, setting.InnerSteps, length)] : [];
        GradientAdaptation steps = Adaptation(setting, [.. network, .. shift]);
        IAdaptation adaptation = length > 0 ? new OffsetAdaptation(steps, shifted, first) : steps;
        var limited = new LimitedAdaptation(adaptation, setting.InnerSteps);
        var stage = new MetaStage(limited, Weights(setting.InnerSteps)) { StepsApart = StepsApart };
        return new Composition(stage, new ThroughTheSteps())
        {
            Penalty = ExplorationWeight > 0 ? Exploration : null,
            IsFrozen = block => HoldStd && block.Name == logStd.Name,
        };
    }

    private Tensor Exploration(IReadOnlyList<ITaskLosses> losses)
    {
        IEnumerable<PolicyOnBatch> support = losses.SkipLast(1).Select(batch => ((PolicyModel.Losses)batch).Seen);
        Tensor terms = stack([.. support.Select(seen => BestEpisodeTerm.Of(seen, ExplorationEpisodes, ExplorationClip).mean())]);
        return terms.sum() * Number(ExplorationWeight);
    }
}

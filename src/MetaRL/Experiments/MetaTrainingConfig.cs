using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The configuration of meta-reinforcement learning. <c>maml config</c> prints the descriptions, and the ranges are checked when a
/// configuration is read.
/// </summary>
[Choice("policies", Label = "reinforcement learning", Source = "Finn, Abbeel and Levine 2017, section 5.3, arXiv 1703.03400")]
public sealed record MetaTrainingConfig : TrainingConfig
{
    private static readonly Dictionary<string, string> Moved = new()
    {
        ["learnedStepSizes"] = "{algorithm}.learnedStepSizes",
        ["firstOrder"] = "{algorithm}.firstOrder",
        ["stepWeights"] = "{algorithm}.stepWeights",
        ["supportKlPenalty"] = "promp.supportKlPenalty",
        ["maximumKl"] = "trpo.maximumKl", ["conjugateGradientIterations"] = "trpo.conjugateGradientIterations",
        ["curvatureStride"] = "trpo.curvatureStride", ["damping"] = "trpo.damping", ["backtrackRatio"] = "trpo.backtrackRatio",
        ["maximumBacktracks"] = "trpo.maximumBacktracks",
        ["epochs"] = "adam.epochs", ["stopKl"] = "adam.stopKl", ["maximumGradientNorm"] = "adam.maximumGradientNorm",
        ["learningRate"] = "adam.learningRate", ["stepSizeLearningRate"] = "adam.stepSizeLearningRate", ["finalRate"] = "adam.finalRate",
    };

    [JsonPropertyOrder(-1)]
    [Description("Family of tasks that the policy learns to adapt to; `maml envs` lists them.")]
    public string Environment { get; init; } = "maml-nav";

    [Description("B: episodes of each task in a batch.")]
    [Range(1, 100_000)]
    public int TrajectoriesPerTask { get; init; } = 20;

    [Description("Inner loss: log-likelihood (MAML) or likelihood-ratio (LVC, as in ProMP).")]
    public InnerObjective InnerObjective { get; init; } = InnerObjective.LogLikelihood;

    [Description("The outer loss clips probability ratios at 1 +- this. A trust region does not clip: it limits the KL instead.")]
    [Range(1e-6, 100)]
    public double Clip { get; init; } = 0.3;

    [Description("Network of the policy: mlp (with no hidden layers it is linear), gru (with a memory) or convolutional.")]
    public PolicyNetwork Network { get; init; }

    [Description("Units of each hidden layer of the policy; the last number for a gru is the size of its memory.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [100, 100];

    [Description("Channels of each convolution of a convolutional network; each convolution halves the sides of the picture.")]
    public IReadOnlyList<int> Channels { get; init; } = [8, 8];

    [Description("Cells on each side of the picture that a convolutional network sees: the first two observations as a point in a grid.")]
    [Range(3, 1000)]
    public int GridCells { get; init; } = 12;

    [Description("The picture reaches from minus to plus this, in the units of the observation.")]
    [Range(1e-6, 1e6)]
    public double GridHalfWidth { get; init; } = 1;

    [Description("Activation of the hidden layers: tanh, relu, elu or silu; rollouts on a CPU are fastest with tanh and relu.")]
    public Activation Activation { get; init; } = Activation.Relu;

    [Description("Initial standard deviation of the policy, in policy units.")]
    [Range(1e-6, 100)]
    public double InitialStd { get; init; } = 1;

    [Description("Whether the standard deviation depends on the observation; otherwise it is the same everywhere.")]
    public bool StateDependentStd { get; init; }

    [Description("Smallest standard deviation of the policy, in policy units.")]
    [Range(1e-12, 100)]
    public double MinStd { get; init; } = 1e-6;

    [Description("One policy unit in action units of the environment; alpha depends on it. 0: the unit of the family.")]
    [Range(0.0, 1e6)]
    public double ActionUnit { get; init; }

    [Description("gamma: discount of a reward for each time step.")]
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    [Description("lambda of generalised advantage estimation.")]
    [Range(0.0, 1.0)]
    public double GaeLambda { get; init; } = 1;

    [Description("Shift and scale each task's advantages to mean 0 and standard deviation 1.")]
    public bool NormaliseAdvantages { get; init; } = true;

    [Description("Episodes of each task in a validation and in the final evaluation.")]
    [Range(1, 100_000)]
    public int ValidationTrajectories { get; init; } = 40;

    /// <inheritdoc/>
    public override ParameterLayout Model => Experiment.PolicyOf(this).Layout;

    /// <inheritdoc/>
    public override string ScoreName => "return";

    /// <inheritdoc/>
    public override string Subject => Environment;

    /// <inheritdoc/>
    public override RecordedEvaluation ReadEvaluation(string path) => EvaluationFile.Read(path);

    /// <inheritdoc/>
    public override Type Samples => typeof(SampleBatch);

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> MovedKeys => Moved;

    /// <inheritdoc/>
    public override IExperiment CreateExperiment(Device device, int threads, IProcessGroup? group = null) =>
        new Experiment(this, device, threads, group: group);

    /// <inheritdoc/>
    public override MetaTrainingConfig Resolved() => this with
    {
        ActionUnit = ActionUnit > 0 ? ActionUnit : TaskFamilies.ByName[Environment].ActionUnit,
        Optimiser = OuterStep,
    };

    /// <inheritdoc/>
    public override void Check()
    {
        if (!TaskFamilies.ByName.ContainsKey(Environment))
        {
            string all = string.Join(", ", TaskFamilies.ByName.Keys);
            throw new InputException($"There is no environment '{Environment}'; choose one of {all}.");
        }
        if (HiddenSizes.Any(size => size is < 1 or > 100_000))
            throw new InputException("hiddenSizes must be a list of layer sizes between 1 and 100000.");
        base.Check();
        string learner = Choices.Of(Algorithm).Name;
        CheckNetwork(learner);
        if (Algorithm is IPolicyLearner { FollowsEpisodes: true } && OuterStep is TrustRegionOptions { CurvatureStride: > 1 })
            throw new InputException($"trpo.curvatureStride must be 1 with {learner}, whose loss follows episodes step by step.");
        if (Experiment.MetaParameterCount(this) is var count && count > Array.MaxLength)
        {
            string learned = $"hiddenSizes make {count} parameters to learn, learned step sizes included";
            throw new InputException($"{learned}; at most {Array.MaxLength} are possible.");
        }
        Experiment.RequireOuterStep(this);
        if (InitialStd < MinStd)
        {
            throw new InputException(FormattableString.Invariant(
                $"initialStd must be at least minStd = {MinStd}, below which it is neither used nor learned."));
        }
    }

    private void CheckNetwork(string learner)
    {
        if (Network == PolicyNetwork.Gru && HiddenSizes.Count == 0)
            throw new InputException("hiddenSizes must have at least one number with network gru: the size of its memory.");
        if (Network == PolicyNetwork.Gru && OuterStep is TrustRegionOptions { CurvatureStride: > 1 })
            throw new InputException("trpo.curvatureStride must be 1 with network gru, which follows episodes step by step.");
        if (Network == PolicyNetwork.Convolutional && (Channels.Count == 0 || Channels.Any(count => count is < 1 or > 10_000)))
            throw new InputException("channels must be a list of at least one number between 1 and 10000.");
        if (Network == PolicyNetwork.Convolutional && TaskFamilies.ByName[Environment].Spec.Observation.Count < 2)
            throw new InputException($"network convolutional needs two coordinates of a position, and {Environment} has one observation.");
        if (Network != PolicyNetwork.Mlp && Algorithm.ContextSize > 0)
            throw new InputException($"network must be mlp with {learner}, whose context is an input of that network.");
        if (Network != PolicyNetwork.Gru && Algorithm is IPolicyLearner { JoinsEpisodes: true })
            throw new InputException($"network must be gru with {learner}, which adapts by the memory of its policy.");
    }
}

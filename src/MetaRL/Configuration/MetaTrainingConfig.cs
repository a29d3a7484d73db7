using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>The outer step.</summary>
public enum Algorithm
{
    /// <summary>Trust-region step on the adapted policies' surrogate: <see cref="MetaRL.Maml"/>.</summary>
    Maml,

    /// <summary>Adam on the clipped surrogate: <see cref="MetaRL.ProMp"/>.</summary>
    [JsonStringEnumMemberName("promp")]
    ProMp,
}

/// <summary>
/// Everything that decides what a training run computes. The descriptions are what <c>maml config</c> prints; the
/// ranges are checked when a configuration is read.
/// </summary>
public sealed record MetaTrainingConfig
{
    [Description("Family of tasks that the policy learns to adapt to; `maml envs` lists them.")]
    public string Environment { get; init; } = "maml-nav";

    [Description("Seed of every draw of the run.")]
    [Range(0, long.MaxValue)]
    public long Seed { get; init; } = 1;

    [Description("Number of outer steps.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 100;

    [Description("N: tasks per outer step.")]
    [Range(1, 100_000)]
    public int MetaBatchSize { get; init; } = 20;

    [Description("B: episodes per task and batch.")]
    [Range(1, 100_000)]
    public int TrajectoriesPerTask { get; init; } = 20;

    [Description("K: inner steps, each with a fresh support batch.")]
    [Range(1, 100)]
    public int InnerSteps { get; init; } = 1;

    [Description("alpha of each inner step, the last one for all further steps; where step sizes are learned, their start.")]
    public IReadOnlyList<double> InnerLearningRates { get; init; } = [0.1];

    [Description("Step sizes that are meta-learned: none, per-parameter (Meta-SGD) or per-step (per parameter and inner step).")]
    public LearnedStepSizes LearnedStepSizes { get; init; } = LearnedStepSizes.None;

    [Description("Inner loss: log-likelihood (MAML) or likelihood-ratio (LVC, as in ProMP).")]
    public InnerObjective InnerObjective { get; init; } = InnerObjective.LogLikelihood;

    [Description("Ignore the inner step's own derivative in the outer gradient (first-order MAML).")]
    public bool FirstOrder { get; init; }

    [Description("Weight in the outer loss of the policy after each inner step; empty: the last one alone.")]
    public IReadOnlyList<double> StepWeights { get; init; } = [];

    [Description("Outer step: maml (TRPO) or promp (Adam on the clipped surrogate).")]
    public Algorithm Algorithm { get; init; } = Algorithm.Maml;

    [Description("maml: bound on the KL of one outer step at the adapted policies, nats.")]
    [Range(1e-12, 1e6)]
    public double MaximumKl { get; init; } = 0.01;

    [Description("maml: conjugate gradient iterations.")]
    [Range(1, 1000)]
    public int ConjugateGradientIterations { get; init; } = 10;

    [Description("maml: measure the curvature at one of this many time steps; the loss, its gradient and the line search see all.")]
    [Range(1, 1000)]
    public int CurvatureStride { get; init; } = 1;

    [Description("maml: added to the diagonal of the curvature; more keeps still what the adapted policies hardly feel, such as where the prior policy goes.")]
    [Range(0, 1e6)]
    public double Damping { get; init; } = 1e-5;

    [Description("maml: factor of the step at each backtrack of the line search.")]
    [Range(0.01, 0.99)]
    public double BacktrackRatio { get; init; } = 0.8;

    [Description("maml: trials of the line search.")]
    [Range(1, 1000)]
    public int MaximumBacktracks { get; init; } = 15;

    [Description("promp: Adam steps per iteration, on the same batches.")]
    [Range(1, 1000)]
    public int Epochs { get; init; } = 5;

    [Description("promp: probability ratios are trusted within 1 +- this.")]
    [Range(1e-6, 100)]
    public double Clip { get; init; } = 0.3;

    [Description("promp: weight of the KL at the support batches.")]
    [Range(0, 1e6)]
    public double SupportKlPenalty { get; init; } = 5e-4;

    [Description("promp: no further epochs once the KL at the adapted policies is beyond this, nats.")]
    [Range(0, 1e6)]
    public double StopKl { get; init; } = 1e6;

    [Description("promp: longer outer gradients are scaled down to this length.")]
    [Range(1e-12, 1e12)]
    public double MaximumGradientNorm { get; init; } = 1e6;

    [Description("promp: Adam's learning rate of the policy parameters.")]
    [Range(1e-12, 10)]
    public double LearningRate { get; init; } = 1e-3;

    [Description("promp: Adam's learning rate of learned step sizes.")]
    [Range(0.0, 10.0)]
    public double StepSizeLearningRate { get; init; } = 1e-3;

    [Description("promp: share of the learning rates that is left at the end of training, reached linearly.")]
    [Range(0.0, 1.0)]
    public double FinalRate { get; init; } = 1;

    [Description("Units of each hidden layer of the policy.")]
    public IReadOnlyList<int> HiddenSizes { get; init; } = [100, 100];

    [Description("Activation of the hidden layers: relu or tanh.")]
    public Activation Activation { get; init; } = Activation.Relu;

    [Description("Initial standard deviation of the policy, in policy units.")]
    [Range(1e-6, 100)]
    public double InitialStd { get; init; } = 1;

    [Description("Floor of the standard deviation, in policy units.")]
    [Range(1e-12, 100)]
    public double MinStd { get; init; } = 1e-6;

    [Description("What one policy unit is in the environment's action units; it changes the meaning of alpha. 0: the unit of the family.")]
    [Range(0.0, 1e6)]
    public double ActionUnit { get; init; }

    [Description("gamma: what a reward one step later is worth.")]
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 0.99;

    [Description("lambda of the generalised advantage.")]
    [Range(0.0, 1.0)]
    public double GaeLambda { get; init; } = 1;

    [Description("Shift and scale each task's advantages to mean 0 and standard deviation 1.")]
    public bool NormaliseAdvantages { get; init; } = true;

    [Description("Iterations between validations.")]
    [Range(1, 1_000_000)]
    public int ValidationEvery { get; init; } = 10;

    [Description("Tasks of a validation, drawn apart from those of training.")]
    [Range(1, 100_000)]
    public int ValidationTasks { get; init; } = 40;

    [Description("Episodes per task, of a validation and of the final evaluation.")]
    [Range(1, 100_000)]
    public int ValidationTrajectories { get; init; } = 40;

    [Description("Inner step whose validation return chooses the best checkpoint; 0: the sum over steps 1 to K.")]
    [Range(0, 100)]
    public int ValidationStep { get; init; } = 1;

    [Description("Iterations between checkpoints.")]
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; init; } = 10;

    /// <summary>The same with numbers in place of what is left to the family.</summary>
    public MetaTrainingConfig Resolved() => ActionUnit > 0 ? this : this with { ActionUnit = TaskFamily.ByName[Environment].ActionUnit };
}

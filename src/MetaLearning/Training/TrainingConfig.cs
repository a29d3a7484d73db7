using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// The configuration of a training, as far as it is the same for every problem. Each kind of problem has its own configuration,
/// which a <see cref="ChoiceAttribute"/> registers. <c>maml config</c> prints the descriptions, and the ranges are checked when a
/// configuration is read.
/// </summary>
public abstract record TrainingConfig
{
    [JsonPropertyOrder(-2)]
    [Description("What is learned: policies, sinusoid (regression), classification (of pictures) or optimisation (an optimiser).")]
    public string Problem { get; init; }

    protected TrainingConfig() => Problem = Choices.Of(GetType()).Name;

    [Description("Seed of every draw of the run.")]
    [Range(0, long.MaxValue)]
    public long Seed { get; init; } = 1;

    [Description("Number of outer steps.")]
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 100;

    [Description("N: tasks per outer step.")]
    [Range(1, 100_000)]
    public int MetaBatchSize { get; init; } = 20;

    [Description("K: inner steps, each with a fresh support batch.")]
    [Range(1, 100)]
    public int InnerSteps { get; init; } = 1;

    [Description("alpha of each inner step, the last one also of further steps. Learned step sizes start from these.")]
    public IReadOnlyList<double> InnerLearningRates { get; init; } = [0.1];

    [Description("The learner; `maml algorithms` lists them. Its options are an object under its name.")]
    public Recipe Algorithm { get; init; } = new Maml();

    [Description("The outer step: trpo, adam or sgd; by default that of the learner. Its options are an object under its name.")]
    public OptimiserOptions? Optimiser { get; init; }

    [Description("Iterations between validations.")]
    [Range(1, 1_000_000)]
    public int ValidationEvery { get; init; } = 10;

    [Description("Number of tasks of a validation, which are drawn separately from those of training.")]
    [Range(1, 100_000)]
    public int ValidationTasks { get; init; } = 40;

    [Description("Inner step after which the validation chooses the best checkpoint; 0: the sum over steps 1 to K.")]
    [Range(0, 100)]
    public int ValidationStep { get; init; } = 1;

    [Description("Iterations between checkpoints.")]
    [Range(1, 1_000_000)]
    public int CheckpointEvery { get; init; } = 10;

    /// <summary>The optimiser of the outer step with its options.</summary>
    public OptimiserOptions OuterStep => Optimiser ?? DefaultOptimiser;

    /// <summary>The outer step if <see cref="Optimiser"/> is null.</summary>
    public virtual OptimiserOptions DefaultOptimiser => Algorithm.DefaultOptimiser;

    /// <summary>
    /// The reason why a run with another number of iterations would differ from the first iteration on; null where it would not.
    /// </summary>
    public string? DependsOnIterations => OuterStep.DependsOnIterations ?? Algorithm.DependsOnIterations;

    /// <summary>The part of the configuration that a recipe needs, for a model on a device.</summary>
    public RecipeSetting Setting(ParameterLayout model, Device device) =>
        new(model, InnerLearningRates, InnerSteps, device) { Seed = RandomStream.FromSeed(Seed).Stream("learner") };

    /// <summary>The name of a score in columns and tags, such as return.</summary>
    public abstract string ScoreName { get; }

    /// <summary>Whether a higher score is better.</summary>
    public virtual bool HigherIsBetter => true;

    /// <summary>What the scores are of, such as an environment; scores of different subjects mean different things.</summary>
    public virtual string Subject => Problem;

    /// <summary>Reads an evaluation of a run.</summary>
    /// <exception cref="InputException">The file is damaged.</exception>
    public virtual RecordedEvaluation ReadEvaluation(string path) => ScoresFile.Read(path);

    /// <summary>The type of the samples that its learner learns from.</summary>
    public abstract Type Samples { get; }

    /// <summary>Whether a learner can learn from its samples.</summary>
    public virtual bool Suits(Recipe learner) => learner.Suits(Samples);

    /// <summary>The blocks of the parameters of its model.</summary>
    public abstract ParameterLayout Model { get; }

    /// <summary>The meta-parameters of its learner.</summary>
    public MetaLayout MetaLayout => TensorScope.Free(() => Algorithm.Compose(Setting(Model, CPU)).Stage.Adaptation.Layout);

    /// <summary>Keys of earlier versions with the paths that replace them; {algorithm} is the name of the learner.</summary>
    public virtual IReadOnlyDictionary<string, string> MovedKeys => new Dictionary<string, string>();

    /// <summary>Creates the experiment that the configuration describes.</summary>
    /// <param name="threads">The number of threads on a CPU</param>
    /// <param name="group">The processes that train together; null for this one alone</param>
    public abstract IExperiment CreateExperiment(Device device, int threads, IProcessGroup? group = null);

    /// <summary>The same configuration with defaults that depend on other keys filled in, such as the outer step of the learner.</summary>
    public abstract TrainingConfig Resolved();

    /// <exception cref="InputException">A value is wrong in itself, or together with another.</exception>
    public virtual void Check()
    {
        if (!Suits(Algorithm))
        {
            string learner = Choices.Of(Algorithm).Name, problem = Choices.Of(this).Label;
            throw new InputException($"The learner {learner} is not for {problem}; `maml algorithms {learner}` says what it learns.");
        }
        if (InnerLearningRates.Count == 0 || InnerLearningRates.Any(rate => !double.IsFinite(rate)))
            throw new InputException("innerLearningRates must be a list of at least one finite number.");
        if (Algorithm.Fault(InnerSteps) is { } fault) throw new InputException(fault);
        if (ValidationStep > InnerSteps) throw new InputException($"validationStep must be at most innerSteps = {InnerSteps}.");
    }
}

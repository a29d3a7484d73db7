using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Composes the parts that a configuration names. Disposing of it frees the state of the learner; its parts hold no other tensor.
/// </summary>
public sealed class Experiment : IExperiment<SampleBatch>
{
    private const string Regret = "regret", Entropy = "entropy", ExplainedVariance = "explained_variance";

    /// <summary>The column that counts the environment steps that were sampled for learning.</summary>
    public const string LiveSteps = "live_steps";

    private readonly Device device;
    private readonly Learner<SampleBatch> learner;

    /// <param name="samplesInTensors">
    /// Whether to sample in tensors. By default this is so on every device except the CPU, where sampling without tensors is faster.
    /// </param>
    /// <param name="family">
    /// A family with the same observations and actions as that of the configuration; null for the family of the configuration
    /// </param>
    public Experiment(MetaTrainingConfig config, Device device, int threads, bool? samplesInTensors = null, TaskFamily? family = null)
    {
        this.device = device;
        Config = config = config.Resolved();
        Family = family ?? TaskFamilies.ByName[config.Environment];
        Policy = PolicyOf(config);
        Compute.Configure();
        Composition composition = config.Algorithm.Compose(config.Setting(Policy.Layout, device));
        PolicyModel model = ModelOf(config, Policy, composition);
        learner = new Learner<SampleBatch>(composition, config.OuterStep, model, Policy.Layout, device, threads);
        var options = new CollectorOptions(config.ActionUnit, config.Discount, config.GaeLambda, config.NormaliseAdvantages);
        IRolloutCollector collector = samplesInTensors ?? device.type != DeviceType.CPU
            ? new TensorCollector(Family, Policy, options, device)
            : new FusedCollector(Family, Policy, options, threads);
        Sampler = new AdaptationSampler(learner.Objective, collector);
    }

    public MetaTrainingConfig Config { get; }
    TrainingConfig IExperiment.Config => Config;
    public TaskFamily Family { get; }

    /// <summary>
    /// The tasks of validations, which are drawn separately from those of training and are the same throughout. The best checkpoint
    /// is chosen by the returns on them.
    /// </summary>
    public TaskBatch ValidationTasks => Family.Tasks.Sample(Seed.Stream("validation-tasks"), Config.ValidationTasks);

    public GaussianMlp Policy { get; }
    public MetaLayout Layout => learner.Layout;
    public AdaptationSampler Sampler { get; }
    public IMetaOptimiser<SampleBatch> Optimiser => learner.Optimiser;
    public RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <inheritdoc/>
    public ParameterLayout Model => Policy.Layout;

    /// <inheritdoc/>
    public string ScoreName => "return";

    /// <inheritdoc/>
    public bool HigherIsBetter => true;

    /// <inheritdoc/>
    public (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns =>
        ([.. ReturnColumns, Regret, Entropy, ExplainedVariance, LiveSteps], [(ClippedSurrogate.ClipFraction, "outer/clip_fraction")]);

    /// <inheritdoc/>
    public Tensor CreateInitialMeta() => tensor(Layout.Start(Policy.Initialise(Seed.Stream("policy"), Config.InitialStd)), device: device);

    private IEnumerable<string> ReturnColumns =>
        Enumerable.Range(0, Config.InnerSteps).Select(step => $"support_return_{step}").Append("query_return");

    /// <inheritdoc/>
    public IMetaTrainer CreateTrainer() => new MetaTrainer<SampleBatch>(this);

    /// <inheritdoc/>
    public void WriteTasks(string folder) => TaskFile.Write(Path.Combine(folder, "validation.csv"), ValidationTasks);

    /// <inheritdoc/>
    public IterationData<SampleBatch> Sample(Tensor meta, int iteration)
    {
        TaskBatch tasks = Family.Tasks.Sample(Seed.Stream("tasks", iteration), Config.MetaBatchSize);
        AdaptationData data = Sampler.Sample(
            meta, tasks, Config.InnerSteps, Config.TrajectoriesPerTask, Seed.Stream("rollouts", iteration));
        Rollouts query = data.Batches[^1];
        double[] returns = [.. data.Batches.Select(batch => batch.MeanReturn)];
        double explained = Rollouts.MeanOfFinite(data.Batches.Select(batch => batch.ExplainedVariance));
        Metric[] metrics =
        [
            .. ReturnColumns.Zip(returns, (column, value) => new Metric(column, null, value)),
            new(Regret, null, Family.MeanOptimalReturn(tasks) - query.MeanReturn),
            new(Entropy, "policy/entropy", query.Samples.Sampler.Entropy().mean().ReadNumber()),
            new(ExplainedVariance, "baseline/explained_variance", explained),
            new(LiveSteps, null, data.Batches.Sum(batch => batch.LiveSteps)),
        ];
        return new(data.Samples, returns, metrics, data.SamplingSeconds, data.AdaptationSeconds)
        {
            TaskName = task => AdaptationSampler.Describe(tasks, task),
        };
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepScores> Validate(Tensor meta, int iteration) => Evaluator.Evaluate(
        Sampler, Family, meta, ValidationTasks, Config.InnerSteps, Config.ValidationTrajectories, Seed.Stream("validation", iteration));

    public void Dispose() => learner.Dispose();

    public static GaussianMlp PolicyOf(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamilies.ByName[config.Environment].Spec;
        return new GaussianMlp(
            spec.Observation.Count, spec.Action.Count, config.HiddenSizes, config.Activation, config.MinStd, config.Algorithm.ContextSize);
    }

    /// <summary>Q, the number of meta-parameters of a configuration, which may be more than an array can hold.</summary>
    public static long MetaParameterCount(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamilies.ByName[config.Environment].Spec;
        long count = GaussianMlp.ParameterCount(
            spec.Observation.Count, spec.Action.Count, config.HiddenSizes, config.Algorithm.ContextSize);
        return count > Array.MaxLength ? count : config.MetaLayout.LongCount;
    }

    /// <exception cref="InputException">The configuration's optimiser cannot take the outer steps of its learner.</exception>
    internal static void RequireOuterStep(MetaTrainingConfig config) => TensorScope.Free(() =>
    {
        GaussianMlp policy = PolicyOf(config);
        Composition composition = config.Algorithm.Compose(config.Setting(policy.Layout, CPU));
        MetaStage stage = composition.Stage;
        config.OuterStep.Require(new MetaObjective<SampleBatch>(ModelOf(config, policy, composition), stage.Adaptation, stage.StepWeights));
    });

    private static PolicyModel ModelOf(MetaTrainingConfig config, GaussianMlp policy, Composition composition) =>
        new(policy, InnerLoss(config, composition.Stage.Adaptation.Layout), OuterLoss(config));

    private static IPolicyLoss InnerLoss(MetaTrainingConfig config, MetaLayout layout) =>
        (config.Algorithm as PolicyRecipe)?.InnerLoss(layout, TaskFamilies.ByName[config.Environment].Spec)
        ?? (config.InnerObjective == InnerObjective.LogLikelihood ? new LogLikelihood() : new LikelihoodRatio());

    // A trust region limits the step itself, so its loss needs no clipping.
    private static IPolicyLoss OuterLoss(MetaTrainingConfig config) =>
        config.OuterStep is TrustRegionOptions ? new LikelihoodRatio() : new ClippedSurrogate(config.Clip);
}

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
    private readonly CollectorOptions options;

    /// <param name="samplesInTensors">
    /// Whether to sample in tensors. By default this is so on every device except the CPU, where sampling without tensors is faster; a
    /// network that only tensors compute is sampled so everywhere.
    /// </param>
    /// <param name="family">
    /// A family with the same observations and actions as that of the configuration; null for the family of the configuration
    /// </param>
    /// <param name="group">The processes that train together; null for this one alone</param>
    public Experiment(MetaTrainingConfig config, Device device, int threads, bool? samplesInTensors = null, TaskFamily? family = null,
        IProcessGroup? group = null)
    {
        this.device = device;
        Config = config = config.Resolved();
        var asks = config.Algorithm as IPolicyLearner;
        Family = family ?? TaskFamilies.ByName[config.Environment];
        ObservedFamily = asks is not { SeesTask: true } ? Family
            : Family.WithTaskObserved(TaskFamilies.ByName[config.Environment].Spec.Task.Count);
        Policy = PolicyOf(config);
        Compute.Configure();
        Composition composition = config.Algorithm.Compose(config.Setting(Policy.Layout, device));
        PolicyModel model = ModelOf(config, Policy, composition);
        learner = new Learner<SampleBatch>(composition, config.OuterStep, model, Policy.Layout, device, threads, group);
        options = new CollectorOptions(config.ActionUnit, config.Discount, config.GaeLambda, config.NormaliseAdvantages)
        {
            JoinsEpisodes = asks is { JoinsEpisodes: true },
        };
        Sampler = new AdaptationSampler(learner.Objective, Collector(samplesInTensors ?? device.type != DeviceType.CPU, threads, group));
    }

    public MetaTrainingConfig Config { get; }
    TrainingConfig IExperiment.Config => Config;
    public TaskFamily Family { get; }

    /// <summary>The family with the observations that the policy gets from it.</summary>
    public TaskFamily ObservedFamily { get; }

    /// <summary>
    /// The tasks of validations, which are drawn separately from those of training and are the same throughout. The best checkpoint
    /// is chosen by the returns on them.
    /// </summary>
    public TaskBatch ValidationTasks => Family.Tasks.Sample(Seed.Stream("validation-tasks"), Config.ValidationTasks);

    public GaussianPolicy Policy { get; }
    public MetaLayout Layout => learner.Layout;
    public AdaptationSampler Sampler { get; }
    public IMetaOptimiser<SampleBatch> Optimiser => learner.Optimiser;
    public RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <inheritdoc/>
    public ParameterLayout Model => Policy.Layout;

    /// <inheritdoc/>
    public (IReadOnlyList<string> Data, IReadOnlyList<(string Column, string Tag)> OuterStep) Columns =>
        ([.. ReturnColumns, Regret, Entropy, ExplainedVariance, LiveSteps], [(ClippedSurrogate.ClipFraction, "outer/clip_fraction")]);

    /// <inheritdoc/>
    public Tensor CreateInitialMeta() =>
        Layout.Start(Policy.Initialise(Seed.Stream("policy"), Config.InitialStd)).CopyToTensor(device: device);

    private IEnumerable<string> ReturnColumns =>
        Enumerable.Range(0, TrainingSteps).Select(step => $"support_return_{step}").Append("query_return");

    // K of the batches that are learned from.
    private int TrainingSteps => learner.TrainingSteps ?? Config.InnerSteps;

    /// <inheritdoc/>
    public IMetaTrainer CreateTrainer() => new MetaTrainer<SampleBatch>(this);

    /// <inheritdoc/>
    public void WriteTasks(string folder) => TaskFile.Write(Path.Combine(folder, "validation.csv"), ValidationTasks);

    /// <inheritdoc/>
    public IterationData<SampleBatch> Sample(Tensor meta, int iteration)
    {
        TaskBatch tasks = Family.Tasks.Sample(Seed.Stream("tasks", iteration), Config.MetaBatchSize);
        AdaptationData data = Sampler.Sample(
            meta, tasks, TrainingSteps, Config.TrajectoriesPerTask, Seed.Stream("rollouts", iteration));
        Rollouts query = data.Batches[^1];
        double[] returns = [.. data.Batches.Select(batch => batch.MeanReturn)];
        double explained = Rollouts.MeanOfFinite(data.Batches.Select(batch => batch.ExplainedVariance));
        Metric[] metrics =
        [
            .. ReturnColumns.Zip(returns, (column, value) => new Metric(column, null, value)),
            new(Regret, null, Family.MeanOptimalReturn(tasks) - query.MeanReturn),
            new(Entropy, "policy/entropy", query.Samples.MeanEntropy().ReadNumber()),
            new(ExplainedVariance, "baseline/explained_variance", explained),
            new(LiveSteps, null, data.Batches.Sum(batch => batch.LiveSteps)),
        ];
        IReadOnlyList<SampleBatch> learned = options.JoinsEpisodes ? [Joined(data.Batches)] : data.Samples;
        return new(learned, returns, metrics, data.SamplingSeconds, data.AdaptationSeconds)
        {
            TaskName = task => AdaptationSampler.Describe(tasks, task),
        };
    }

    private SampleBatch Joined(IReadOnlyList<Rollouts> batches)
    {
        long samples = Enumerable.Range(0, Config.MetaBatchSize).Max(task => batches.Sum(batch => batch.StepsOfTasks[task]));
        return TensorEpisodes.JoinedSamples([.. batches.Select(batch => batch.Episodes!)], samples, options);
    }

    /// <inheritdoc/>
    public IReadOnlyList<StepScores> Validate(Tensor meta, int iteration) => Evaluator.Evaluate(
        Sampler, Family, meta, ValidationTasks, Config.InnerSteps, Config.ValidationTrajectories, Seed.Stream("validation", iteration));

    public void Dispose() => learner.Dispose();

    private IRolloutCollector Collector(bool inTensors, int threads, IProcessGroup? group) => !inTensors && FusedMlp.Suits(Policy)
        ? new FusedCollector(ObservedFamily, (GaussianMlp)Policy, options, threads, group)
        : new TensorCollector(ObservedFamily, Policy, options, device);

    /// <summary>The policy of a configuration whose network must be a multilayer perceptron.</summary>
    /// <exception cref="InputException">It is another network.</exception>
    public static GaussianMlp MlpOf(MetaTrainingConfig config) => PolicyOf(config) as GaussianMlp
        ?? throw new InputException("This is measured for network mlp alone; give a configuration with that network.");

    /// <summary>The policy of a configuration, without its parameters.</summary>
    public static GaussianPolicy PolicyOf(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamilies.ByName[config.Environment].Spec;
        int actions = spec.Action.Count, inputs = spec.Observation.Count;
        if (config.Algorithm is IPolicyLearner { SeesTask: true }) inputs += spec.Task.Count;
        if (config.Algorithm is IPolicyLearner { JoinsEpisodes: true }) inputs += Past.InputCount(actions);
        (IReadOnlyList<int> hidden, Activation activation) = (config.HiddenSizes, config.Activation);
        return config.Network switch
        {
            PolicyNetwork.Gru => new GaussianGru(inputs, actions, hidden, activation, config.MinStd, config.StateDependentStd),
            PolicyNetwork.Convolutional => new GaussianConvolution(
                inputs, actions, config.GridCells, config.GridHalfWidth, config.Channels, hidden, activation, config.MinStd,
                config.StateDependentStd),
            _ => new GaussianMlp(
                inputs, actions, hidden, activation, config.MinStd, config.Algorithm.ContextSize, config.StateDependentStd),
        };
    }

    /// <summary>Q, the number of meta-parameters of a configuration, which may be more than an array can hold.</summary>
    public static long MetaParameterCount(MetaTrainingConfig config)
    {
        long count = PolicyOf(config).Layout.LongCount;
        return count > Array.MaxLength ? count : config.MetaLayout.LongCount;
    }

    /// <exception cref="InputException">The configuration's optimiser cannot take the outer steps of its learner.</exception>
    internal static void RequireOuterStep(MetaTrainingConfig config) => TensorScope.Free(() =>
    {
        GaussianPolicy policy = PolicyOf(config);
        Composition composition = config.Algorithm.Compose(config.Setting(policy.Layout, CPU));
        MetaStage stage = composition.Stage;
        config.OuterStep.Require(new MetaObjective<SampleBatch>(ModelOf(config, policy, composition), stage.Adaptation, stage.StepWeights));
    });

    private static PolicyModel ModelOf(MetaTrainingConfig config, GaussianPolicy policy, Composition composition) =>
        new(policy, InnerLoss(config, composition.Stage.Adaptation.Layout), OuterLoss(config));

    private static IPolicyLoss InnerLoss(MetaTrainingConfig config, MetaLayout layout) =>
        (config.Algorithm as IPolicyLearner)?.InnerLoss(layout, TaskFamilies.ByName[config.Environment].Spec)
        ?? (config.InnerObjective == InnerObjective.LogLikelihood ? new LogLikelihood() : new LikelihoodRatio());

    // A trust region limits the step itself, so its loss needs no clipping.
    private static IPolicyLoss OuterLoss(MetaTrainingConfig config) =>
        config.OuterStep is TrustRegionOptions ? new LikelihoodRatio() : new ClippedSurrogate(config.Clip);
}

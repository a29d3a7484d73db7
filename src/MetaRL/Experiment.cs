using MamlRobotics.Envs;
using MamlRobotics.MetaLearning;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The parts that a configuration names, put together. Disposing frees the learner's state; the parts hold no other tensor.
/// </summary>
public sealed class Experiment : IDisposable
{
    private readonly Device device;
    private readonly Learner<SampleBatch> learner;

    /// <param name="samplesInTensors">By default everywhere but on the CPU, where sampling without tensors is faster.</param>
    /// <param name="family">One that observes and acts like the configuration's, which is taken where there is none</param>
    public Experiment(MetaTrainingConfig config, Device device, int threads, bool? samplesInTensors = null, TaskFamily? family = null)
    {
        this.device = device;
        Config = config = config.Resolved();
        Family = family ?? TaskFamily.ByName[config.Environment];
        Policy = PolicyOf(config);
        Compute.Configure();
        Composition composition = config.Algorithm.Compose(config.Setting(Policy.Layout, device));
        var model = new PolicyModel(Policy, InnerLoss(config, composition.Stage.Adaptation.Layout), OuterLoss(config));
        learner = new Learner<SampleBatch>(composition, config.OuterStep, model, Policy.Layout, device, threads);
        var options = new CollectorOptions(config.ActionUnit, config.Discount, config.GaeLambda, config.NormaliseAdvantages);
        IRolloutCollector collector = samplesInTensors ?? device.type != DeviceType.CPU
            ? new TensorCollector(Family, Policy, options, device)
            : new FusedCollector(Family, Policy, options, threads);
        Sampler = new AdaptationSampler(learner.Objective, collector);
    }

    public MetaTrainingConfig Config { get; }
    public TaskFamily Family { get; }
    public GaussianMlp Policy { get; }
    public MetaLayout Layout => learner.Layout;
    public AdaptationSampler Sampler { get; }
    public IMetaOptimiser<SampleBatch> Optimiser => learner.Optimiser;
    public RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <summary>The untrained meta-parameters, [Q]: each time the same in a new tensor, which is the caller's.</summary>
    public Tensor CreateInitialMeta() => tensor(Layout.Start(Policy.Initialise(Seed.Stream("policy"), Config.InitialStd)), device: device);

    public void Dispose() => learner.Dispose();

    public static GaussianMlp PolicyOf(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamily.ByName[config.Environment].Spec;
        return new GaussianMlp(spec.Observation.Count, spec.Action.Count, config.HiddenSizes, config.Activation, config.MinStd);
    }

    public static MetaLayout LayoutOf(MetaTrainingConfig config, GaussianMlp policy) =>
        config.Algorithm.Compose(config.Setting(policy.Layout, CPU)).Stage.Adaptation.Layout;

    /// <summary>Q of a configuration, which may be more than an array holds.</summary>
    public static long MetaParameterCount(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamily.ByName[config.Environment].Spec;
        long count = GaussianMlp.ParameterCount(spec.Observation.Count, spec.Action.Count, config.HiddenSizes);
        return count > Array.MaxLength ? count : LayoutOf(config, PolicyOf(config)).LongCount;
    }

    private static IPolicyLoss InnerLoss(MetaTrainingConfig config, MetaLayout layout) =>
        (config.Algorithm as PolicyRecipe)?.InnerLoss(layout)
        ?? (config.InnerObjective == InnerObjective.LogLikelihood ? new LogLikelihood() : new LikelihoodRatio());

    // A trust region bounds the step itself.
    private static IPolicyLoss OuterLoss(MetaTrainingConfig config) =>
        config.OuterStep is TrustRegionOptions ? new LikelihoodRatio() : new ClippedSurrogate(config.Clip);
}

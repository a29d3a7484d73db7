using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// The parts that a configuration names, put together. Each algorithm is a composition of them. Disposing frees the
/// learner's state; the parts hold no other tensor.
/// </summary>
public sealed class Experiment : IDisposable
{
    private readonly Device device;

    /// <param name="samplesInTensors">By default everywhere but on the CPU, where sampling without tensors is faster.</param>
    /// <param name="family">One that observes and acts like the configuration's, which is taken where there is none</param>
    public Experiment(MetaTrainingConfig config, Device device, int threads, bool? samplesInTensors = null, TaskFamily? family = null)
    {
        Config = config = config.Resolved();
        Family = family ?? TaskFamily.ByName[config.Environment];
        Policy = PolicyOf(config);
        Layout = LayoutOf(config, Policy);
        Compute.Configure();
        TaskParallelObjective objective = TaskParallelObjective.On(device, new PolicyMetaObjective(
            Policy, new InnerLoop(Layout, config.FirstOrder), config.InnerObjective, StepWeights(config)), threads);
        var options = new CollectorOptions(config.ActionUnit, config.Discount, config.GaeLambda, config.NormaliseAdvantages);
        IRolloutCollector collector = samplesInTensors ?? device.type != DeviceType.CPU
            ? new TensorCollector(Family, Policy, options, device)
            : new FusedCollector(Family, Policy, options, threads);
        Sampler = new AdaptationSampler(objective, collector);
        Learner = config.Algorithm == Algorithm.ProMp
            ? new ProMp(objective, new ClippedOptions(
                config.Epochs, config.Clip, config.SupportKlPenalty, config.StopKl, config.MaximumGradientNorm, config.FinalRate), new Adam(Rates(config, device)))
            : new Maml(objective, new TrustRegionOptions(
                config.MaximumKl, config.ConjugateGradientIterations, config.Damping, config.BacktrackRatio, config.MaximumBacktracks, config.CurvatureStride));
        this.device = device;
    }

    public MetaTrainingConfig Config { get; }
    public TaskFamily Family { get; }
    public GaussianMlp Policy { get; }
    public MetaLayout Layout { get; }
    public AdaptationSampler Sampler { get; }
    public IMetaLearner Learner { get; }
    public RandomStream Seed => RandomStream.FromSeed(Config.Seed);

    /// <summary>The untrained meta-parameters, [Q]: each time the same in a new tensor, which is the caller's.</summary>
    public Tensor CreateInitialMeta() => tensor(Layout.Start(Policy.Initialise(Seed.Stream("policy"), Config.InitialStd)), device: device);

    public void Dispose() => Learner.Dispose();

    public static GaussianMlp PolicyOf(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamily.ByName[config.Environment].Spec;
        return new GaussianMlp(spec.Observation.Count, spec.Action.Count, config.HiddenSizes, config.Activation, config.MinStd);
    }

    public static MetaLayout LayoutOf(MetaTrainingConfig config, GaussianMlp policy) =>
        new(policy.Layout.Count, config.InnerLearningRates, config.LearnedStepSizes, config.InnerSteps);

    /// <summary>Q of a configuration, which may be more than an array holds.</summary>
    public static long MetaParameterCount(MetaTrainingConfig config)
    {
        EnvironmentSpec spec = TaskFamily.ByName[config.Environment].Spec;
        int learned = new MetaLayout(0, config.InnerLearningRates, config.LearnedStepSizes, config.InnerSteps).LearnedVectors;
        return GaussianMlp.ParameterCount(spec.Observation.Count, spec.Action.Count, config.HiddenSizes) * (1L + learned);
    }

    private static double[] StepWeights(MetaTrainingConfig config)
    {
        if (config.StepWeights.Count > 0) return [.. config.StepWeights.Select(weight => weight / config.StepWeights.Sum())];
        var last = new double[config.InnerSteps];
        last[^1] = 1;
        return last;
    }

    private Tensor Rates(MetaTrainingConfig config, Device device)
    {
        var rates = new float[Layout.Count];
        rates.AsSpan(0, Layout.ParameterCount).Fill((float)config.LearningRate);
        rates.AsSpan(Layout.ParameterCount).Fill((float)config.StepSizeLearningRate);
        return tensor(rates, device: device);
    }
}

using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>A few tasks in double precision whose batches were sampled by exactly the policies that adaptation gives.</summary>
internal sealed class SmallProblem
{
    public const long AllTasks = 1 << 20;

    /// <summary>Two goals are a few steps away: episodes end at different times, and tasks have different numbers of samples.</summary>
    public static readonly TaskBatch RaggedGoals = new(["goal_x", "goal_y"], [0.012, 0.003, -0.01, 0.014, 0.5, 0.5]);

    private readonly InnerObjective inner;

    /// <param name="recipe">The recipe whose adaptation is used; null for MAML with these options</param>
    public SmallProblem(
        InnerObjective inner, LearnedStepSizes learned, Activation activation, int steps, bool firstOrder, Recipe? recipe = null)
        : this(inner, learned, new GaussianMlp(2, 2, [5, 4], activation, 1e-6, recipe?.ContextSize ?? 0), steps, firstOrder, recipe)
    {
        Assert.Contains(0f, Batches[0].Weights.data<double>().Select(weight => (float)weight));
    }

    /// <param name="recipe">The recipe whose adaptation is used; null for MAML with these options</param>
    public SmallProblem(
        InnerObjective inner, LearnedStepSizes learned, GaussianPolicy policy, int steps, bool firstOrder, Recipe? recipe = null)
    {
        (Policy, this.inner) = (policy, inner);
        Objective = Of(policy, inner, learned, [0.2, 0.1], [.. Enumerable.Repeat(1.0 / steps, steps)], firstOrder);
        if (recipe?.Compose(new RecipeSetting(policy.Layout, [0.2, 0.1], steps, CPU)) is { } composition)
            Objective = Objective with { Adaptation = composition.Stage.Adaptation };
        Meta = tensor(Layout.Start(policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8))).to(float64);
        Meta = Meta.Plus(Indices(Meta.shape[0], float64, CPU).sin() * Number(0.05));
        var options = new CollectorOptions(ActionUnit: 0.1, Discount: 0.99, GaeLambda: 1, NormaliseAdvantages: true);
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        var sampler = new AdaptationSampler(
            Parallel(1, AllTasks), FusedMlp.Suits(policy)
                ? new FusedCollector(family, (GaussianMlp)policy, options, threads: 1) : new TensorCollector(family, policy, options, CPU));
        AdaptationData data = sampler.Sample(Meta.to(float32), RaggedGoals, steps, 4, RandomStream.FromSeed(3));
        Tensor parameters = Objective.Adaptation.Start(Meta, 3);
        for (int step = 0; step <= steps; step++)
        {
            SampleBatch batch = data.Samples[step].To(float64, CPU);
            DiagonalGaussian own = policy.Distribution(parameters, batch.Observations, batch.TimeStepsOrPadding());
            Batches.Add(batch = batch with { Sampler = own, LogDensities = own.LogDensity(batch.Actions) });
            if (step < steps) parameters = Objective.Adapt(Meta, parameters, batch, step);
        }
    }

    public GaussianPolicy Policy { get; }
    public MetaLayout Layout => Objective.Adaptation.Layout;
    public MetaObjective<SampleBatch> Objective { get; }
    public Tensor Meta { get; }
    public List<SampleBatch> Batches { get; } = [];

    /// <summary>The objective of MAML on policies, with an unclipped surrogate unless another is given.</summary>
    public static MetaObjective<SampleBatch> Of(
        GaussianPolicy policy, InnerObjective inner, LearnedStepSizes learned, IReadOnlyList<double> rates, IReadOnlyList<double> weights,
        bool firstOrder = false, IPolicyLoss? outer = null)
    {
        var sizes = new StepSizes(policy.Layout.Count, rates, learned, weights.Count);
        var adaptation = new GradientAdaptation(new MetaLayout(policy.Layout.Count, [.. sizes.Blocks]), sizes) { FirstOrder = firstOrder };
        return new MetaObjective<SampleBatch>(Model(policy, inner, outer), adaptation, weights);
    }

    /// <summary>The same objective with another outer loss.</summary>
    public MetaObjective<SampleBatch> WithOuter(IPolicyLoss outer) => Objective with { Model = Model(Policy, inner, outer) };

    private static PolicyModel Model(GaussianPolicy policy, InnerObjective inner, IPolicyLoss? outer) =>
        new(policy, inner == InnerObjective.LogLikelihood ? new LogLikelihood() : new LikelihoodRatio(), outer ?? new LikelihoodRatio());

    public TaskParallelObjective<SampleBatch> Parallel(int threads, long samplesAtOnce, int leastParts = 1) =>
        Parallel(Objective, threads, samplesAtOnce, leastParts);

    public static TaskParallelObjective<SampleBatch> Parallel(
        MetaObjective<SampleBatch> objective, int threads, long samplesAtOnce, int leastParts = 1) =>
        new(objective, new ThroughTheSteps(), threads, samplesAtOnce, leastParts);

    /// <summary>The policies that adaptation went through.</summary>
    public static DiagonalGaussian PolicyAt(MetaValue value, int step) => ((PolicyModel.Losses)value.Losses[step]).Seen.Policy;

    /// <summary>The curvature of the adapted policies' divergence times a vector, the plain way. [Q] to [Q]</summary>
    public Tensor DoubleBackward(Tensor vector)
    {
        Tensor leaf = Meta.detach().requires_grad_();
        Tensor kl = Objective.Evaluate(leaf, Batches).Losses[^1].Divergence()!.mean();
        Tensor gradient = autograd.grad([kl], [leaf], retain_graph: true, create_graph: true)[0];
        return autograd.grad([gradient.dot(vector)], [leaf])[0];
    }
}

using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>A few tasks in double precision whose batches were sampled by exactly the policies that adaptation gives.</summary>
internal sealed class SmallProblem
{
    public const long AllTasks = 1 << 20;

    /// <summary>Two goals are a few steps away: episodes end at different times, and tasks have different numbers of samples.</summary>
    public static readonly TaskBatch RaggedGoals = new(["goal_x", "goal_y"], [0.012, 0.003, -0.01, 0.014, 0.5, 0.5]);

    public static Tensor Surrogate(Tensor ratio, Tensor advantages) => -ratio * advantages;

    public SmallProblem(InnerObjective inner, LearnedStepSizes learned, Activation activation, int steps, bool firstOrder)
    {
        var policy = new GaussianMlp(2, 2, [5, 4], activation, minStd: 1e-6);
        Layout = new MetaLayout(policy.Layout.Count, [0.2, 0.1], learned, steps);
        Objective = new PolicyMetaObjective(policy, new InnerLoop(Layout, firstOrder), inner, [.. Enumerable.Repeat(1.0 / steps, steps)]);
        Meta = tensor(Layout.Start(policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8))).to(float64);
        Meta = Meta.Plus(Indices(Meta.shape[0], float64, CPU).sin() * Number(0.05));
        var options = new CollectorOptions(ActionUnit: 0.1, Discount: 0.99, GaeLambda: 1, NormaliseAdvantages: true);
        TaskFamily family = TaskFamily.ByName["maml-nav"];
        var sampler = new AdaptationSampler(
            new TaskParallelObjective(Objective, threads: 1, AllTasks), new FusedCollector(family, policy, options, threads: 1));
        AdaptationData data = sampler.Sample(Meta.to(float32), RaggedGoals, steps, 4, RandomStream.FromSeed(3));
        Assert.Contains(0f, data.Samples[0].Weights.data<float>().ToArray());
        Tensor parameters = Layout.Initial(Meta, 3);
        for (int step = 0; step <= steps; step++)
        {
            SampleBatch batch = data.Samples[step].To(float64, CPU);
            DiagonalGaussian own = policy.Distribution(parameters, batch.Observations);
            Batches.Add(batch = batch with { Sampler = own, LogDensities = own.LogDensity(batch.Actions) });
            if (step < steps) parameters = Objective.Adapt(Meta, parameters, batch, step);
        }
    }

    public MetaLayout Layout { get; }
    public PolicyMetaObjective Objective { get; }
    public Tensor Meta { get; }
    public List<SampleBatch> Batches { get; } = [];

    /// <summary>The curvature of the adapted policies' divergence times a vector, the plain way. [Q] to [Q]</summary>
    public Tensor DoubleBackward(Tensor vector)
    {
        Tensor leaf = Meta.detach().requires_grad_();
        MetaObjectiveValue value = Objective.Evaluate(leaf, Batches, Surrogate);
        Tensor kl = Batches[^1].MeanKlTo(value.Policies[^1]);
        Tensor gradient = autograd.grad([kl], [leaf], retain_graph: true, create_graph: true)[0];
        return autograd.grad([gradient.dot(vector)], [leaf])[0];
    }
}

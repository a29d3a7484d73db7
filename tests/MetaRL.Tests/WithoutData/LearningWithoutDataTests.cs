using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>What inner and outer steps compute between the numbers that they report: it stays on the meta device.</summary>
[Collection(MetaDevice.Name)]
public sealed class LearningWithoutDataTests
{
    private const int Tasks = 3, Samples = 20, Observed = 4, Acted = 2, InnerSteps = 2;

    public static IEnumerable<object[]> Learners =>
        from learned in Enum.GetValues<LearnedStepSizes>()
        from inner in Enum.GetValues<InnerObjective>()
        from activation in Enum.GetValues<Activation>()
        from firstOrder in new[] { false, true }
        select new object[] { new Learner(learned, inner, activation, firstOrder) };

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void An_inner_step(Learner learner) => MetaDevice.Compare(device =>
    {
        Tensor meta = learner.Meta(device);
        return [learner.Objective(device).Adapt(meta, learner.Layout.Initial(meta, Tasks), Batch(device), step: 1)];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void An_outer_loss_and_its_gradient(Learner learner) => MetaDevice.Compare(device =>
    {
        TaskParallelObjective objective = learner.Objective(device);
        OuterLoss alone = objective.Evaluate(learner.Meta(device), Batches(device), SmallProblem.Surrogate);
        return [.. alone.Tensors, .. objective.Differentiate(learner.Meta(device), Batches(device), SmallProblem.Surrogate).Tensors];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void Products_with_the_curvature(Learner learner) => MetaDevice.Compare(device =>
    {
        TaskParallelObjective objective = learner.Objective(device);
        Tensor meta = learner.Meta(device), vector = ones_like(meta);
        AdaptedCurvature kept = objective.Curvature(meta, Batches(device), stride: 1);
        AdaptedCurvature builtAnew = objective.Curvature(meta, Batches(device), stride: 3, graphBytes: 0);
        return [kept.Product(vector), builtAnew.Product(vector)];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void The_direction_of_a_trust_region_step(Learner learner) => MetaDevice.Compare(device =>
    {
        var options = new TrustRegionOptions(
            MaximumKl: 0.01, ConjugateGradientIterations: 3, Damping: 0.1, BacktrackRatio: 0.5, MaximumBacktracks: 5, CurvatureStride: 2);
        Tensor meta = learner.Meta(device);
        return new Maml(learner.Objective(device), options).Direction(meta, Batches(device), gradient: ones_like(meta)).Tensors;
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void A_clipped_loss_with_its_penalty_and_a_step_against_its_gradient(Learner learner) => MetaDevice.Compare(device =>
    {
        Tensor meta = learner.Meta(device);
        using var adam = new Adam(ones_like(meta));
        var options = new ClippedOptions(Epochs: 1, Clip: 0.2, SupportKlPenalty: 0.1, StopKl: 1, MaximumGradientNorm: 1, FinalRate: 1);
        var learning = new ProMp(learner.Objective(device), options, adam);
        OuterLoss loss = learner.Objective(device).Differentiate(
            meta, Batches(device), (ratio, advantages) => ProMp.Clipped(ratio, advantages, options.Clip), learning.SupportPenalty);
        return [.. loss.Tensors, adam.Step(adam.Step(meta, loss.Gradient!), loss.Gradient!)];
    });

    private static SampleBatch[] Batches(Device device) => [.. Enumerable.Range(0, InnerSteps + 1).Select(_ => Batch(device))];

    private static SampleBatch Batch(Device device) => new(
        ones(Tasks, Samples, Observed, device: device), ones(Tasks, Samples, Acted, device: device), ones(Tasks, Samples, device: device),
        full(Tasks, Samples, Number(1.0 / Samples), device: device),
        new DiagonalGaussian(zeros(Tasks, Samples, Acted, device: device), zeros(Tasks, 1, Acted, device: device)),
        zeros(Tasks, Samples, device: device));

    public sealed record Learner(LearnedStepSizes Learned, InnerObjective Inner, Activation Activation, bool FirstOrder)
    {
        private readonly GaussianMlp policy = new(Observed, Acted, [6, 5], Activation, minStd: 1e-6);

        internal MetaLayout Layout => new(policy.Layout.Count, [0.1, 0.2], Learned, InnerSteps);

        internal Tensor Meta(Device device) => zeros(Layout.Count, device: device);

        internal TaskParallelObjective Objective(Device device) => TaskParallelObjective.On(
            device, new PolicyMetaObjective(policy, new InnerLoop(Layout, FirstOrder), Inner, StepWeights: [0.5, 0.5]), threads: 1);
    }
}

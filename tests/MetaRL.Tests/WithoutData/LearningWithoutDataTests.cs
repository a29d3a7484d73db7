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
        return [learner.Objective(device).Adapt(meta, learner.Adaptation.Start(meta, Tasks), Batch(device), step: 1)];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void An_outer_loss_and_its_gradient(Learner learner) => MetaDevice.Compare(device =>
    {
        TaskParallelObjective<SampleBatch> objective = learner.Objective(device);
        OuterLoss alone = objective.Evaluate(learner.Meta(device), Batches(device));
        return [.. alone.Tensors, .. objective.Differentiate(learner.Meta(device), Batches(device)).Tensors];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void Products_with_the_curvature(Learner learner) => MetaDevice.Compare(device =>
    {
        TaskParallelObjective<SampleBatch> objective = learner.Objective(device);
        Tensor meta = learner.Meta(device), vector = ones_like(meta);
        AdaptedCurvature<SampleBatch> kept = objective.Curvature(meta, Batches(device), stride: 1);
        AdaptedCurvature<SampleBatch> builtAnew = objective.Curvature(meta, Batches(device), stride: 3, graphBytes: 0);
        return [kept.Product(vector), builtAnew.Product(vector)];
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void The_direction_of_a_trust_region_step(Learner learner) => MetaDevice.Compare(device =>
    {
        var options = new TrustRegionOptions { ConjugateGradientIterations = 3, Damping = 0.1, CurvatureStride = 2 };
        Tensor meta = learner.Meta(device);
        TaskParallelObjective<SampleBatch> objective = learner.Objective(device);
        var learnerOfStep = new TrustRegion<SampleBatch>(objective, options);
        return learnerOfStep.Direction(objective, meta, Batches(device), gradient: ones_like(meta)).Tensors;
    });

    [Theory]
    [MemberData(nameof(Learners), DisableDiscoveryEnumeration = true)]
    public void A_clipped_loss_with_its_penalty_and_a_step_against_its_gradient(Learner learner) => MetaDevice.Compare(device =>
    {
        Tensor meta = learner.Meta(device);
        using var adam = new Adam(ones_like(meta));
        var promp = new ProMp { SupportKlPenalty = 0.1 };
        OuterLoss loss = learner.Objective(device, promp, new ClippedSurrogate(0.2)).Differentiate(meta, Batches(device));
        return [.. loss.Tensors, adam.Step(adam.Step(meta, loss.Gradient!), loss.Gradient!)];
    });

    [Theory]
    [MemberData(nameof(PolicyRecipeTests.Recipes), MemberType = typeof(PolicyRecipeTests), DisableDiscoveryEnumeration = true)]
    public void A_recipe_for_policies(PolicyRecipe recipe) => MetaDevice.Compare(device =>
    {
        var policy = new GaussianMlp(Observed, Acted, [6, 5], Activation.Tanh, minStd: 1e-6);
        MetaObjective<SampleBatch> objective = PolicyRecipeTests.Objective(recipe, InnerSteps, policy, device);
        Tensor meta = zeros(objective.Adaptation.Layout.Count, device: device);
        var parallel = TaskParallelObjective<SampleBatch>.On(device, objective, new ThroughTheSteps(), threads: 1);
        return parallel.Differentiate(meta, Batches(device)).Tensors;
    });

    private static SampleBatch[] Batches(Device device) => [.. Enumerable.Range(0, InnerSteps + 1).Select(_ => Batch(device))];

    private static SampleBatch Batch(Device device) => new(
        ones(Tasks, Samples, Observed, device: device), ones(Tasks, Samples, Acted, device: device), ones(Tasks, Samples, device: device),
        full(Tasks, Samples, Number(1.0 / Samples), device: device),
        new DiagonalGaussian(zeros(Tasks, Samples, Acted, device: device), zeros(Tasks, 1, Acted, device: device)),
        zeros(Tasks, Samples, device: device), ones(Tasks, Samples, device: device),
        Indices(Samples, float32, device).expand(Tasks, Samples));

    public sealed record Learner(LearnedStepSizes Learned, InnerObjective Inner, Activation Activation, bool FirstOrder)
    {
        private readonly GaussianMlp policy = new(Observed, Acted, [6, 5], Activation, minStd: 1e-6);

        internal IAdaptation Adaptation => Plain.Adaptation;

        private MetaObjective<SampleBatch> Plain => SmallProblem.Of(policy, Inner, Learned, [0.1, 0.2], [0.5, 0.5], FirstOrder);

        internal Tensor Meta(Device device) => zeros(Adaptation.Layout.Count, device: device);

        internal TaskParallelObjective<SampleBatch> Objective(Device device, Recipe? penalised = null, IPolicyLoss? outer = null)
        {
            MetaObjective<SampleBatch> objective = SmallProblem.Of(policy, Inner, Learned, [0.1, 0.2], [0.5, 0.5], FirstOrder, outer) with
            {
                Penalty = penalised?.Compose(new RecipeSetting(policy.Layout, [0.1], InnerSteps, device)).Penalty,
            };
            return TaskParallelObjective<SampleBatch>.On(device, objective, new ThroughTheSteps(), threads: 1);
        }
    }
}

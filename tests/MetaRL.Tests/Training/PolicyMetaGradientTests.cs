using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>The meta-gradient through policy, adaptation and outer loss, against central differences in double precision.</summary>
public class PolicyMetaGradientTests
{
    private static readonly GaussianMlp Policy = new(2, 2, [4, 3], Activation.Tanh, minStd: 1e-6);

    [Theory]
    [InlineData(InnerObjective.LogLikelihood, LearnedStepSizes.None, 1, new[] { 1.0 })]
    [InlineData(InnerObjective.LikelihoodRatio, LearnedStepSizes.PerParameter, 1, new[] { 1.0 })]
    [InlineData(InnerObjective.LikelihoodRatio, LearnedStepSizes.PerStep, 2, new[] { 0.3, 0.7 })]
    [InlineData(InnerObjective.LogLikelihood, LearnedStepSizes.None, 2, new[] { 0.0, 1.0 })]
    public void The_meta_gradient_is_the_derivative_of_the_outer_loss(
        InnerObjective inner, LearnedStepSizes learned, int steps, double[] weights)
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = SmallProblem.Of(Policy, inner, learned, [0.2], weights);
        SampleBatch[] batches = Batches(objective, steps);
        float[] initial = Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8);
        double[] point = [.. objective.Adaptation.Layout.Start(initial).Select((value, i) => value + 0.02 * Math.Sin(i))];

        Tensor leaf = tensor(point, requires_grad: true);
        MetaValue value = objective.Evaluate(leaf, batches);
        double[] gradient = autograd.grad([WithDivergences(value)], [leaf])[0].data<double>().ToArray();

        const double Step = 1e-5;
        for (int i = 0; i < point.Length; i++)
        {
            double difference = (Loss(i, Step) - Loss(i, -Step)) / (2 * Step);
            Assert.Equal(difference, gradient[i], tolerance: 1e-8 + 1e-6 * Math.Abs(difference));
        }

        Tensor WithDivergences(MetaValue at) =>
            batches.Select((batch, step) => batch.MeanKlTo(SmallProblem.PolicyAt(at, step))).Aggregate(at.Loss, (sum, kl) => sum.Plus(kl));

        double Loss(int coordinate, double offset)
        {
            double[] moved = [.. point];
            moved[coordinate] += offset;
            MetaValue at = objective.Evaluate(tensor(moved, requires_grad: true), batches);
            return WithDivergences(at).item<double>();
        }
    }

    [Fact]
    public void The_likelihood_ratio_weighs_each_advantage_by_how_much_likelier_its_action_became()
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = SmallProblem.Of(Policy, InnerObjective.LikelihoodRatio, LearnedStepSizes.None, [0.1], [1]);
        SampleBatch batch = Batches(objective, steps: 0)[0];
        SampleBatch ofOnes = batch with { Advantages = ones_like(batch.Advantages) };
        var likelier = new PolicyOnBatch(zeros(1), ofOnes.Sampler, ofOnes.LogDensities.Plus(Math.Log(3)), ofOnes);
        double[] losses = new LikelihoodRatio().Of(likelier).data<double>().ToArray();
        Assert.All(losses, loss => Assert.Equal(-3, loss, tolerance: 1e-5));
    }

    [Fact]
    public void With_a_step_of_size_zero_maml_is_the_plain_policy_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> objective = SmallProblem.Of(Policy, InnerObjective.LogLikelihood, LearnedStepSizes.None, [0], [1]);
        SampleBatch[] batches = Batches(objective, steps: 1);
        double[] theta = [.. Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8).Select(value => (double)value)];
        Tensor meta = tensor(theta, requires_grad: true), plain = tensor(theta, [1, theta.Length], requires_grad: true);
        SampleBatch query = batches[1];
        DiagonalGaussian policies = Policy.Distribution(plain.expand(query.TaskCount, theta.Length), query.Observations);
        Tensor logDensities = policies.LogDensity(query.Actions);
        Tensor expected = autograd.grad([batches[1].MeanOverSamples(-logDensities * batches[1].Advantages).mean()], [plain])[0].squeeze(0);
        Tensor gradient = autograd.grad([objective.Evaluate(meta, batches).Loss], [meta])[0];
        // The gradient of the ratio equals the score only where the sampler is the policy. Rollouts are in single precision, so this
        // holds up to a tolerance.
        Assert.True((gradient - expected).norm().item<double>() < 1e-4 * expected.norm().item<double>());
    }

    /// <summary>Policies that do not move are those of the start, and all that is left is the policy gradient of the query batch.</summary>
    [Fact]
    public void With_steps_of_size_zero_the_meta_gradient_is_the_plain_policy_gradient()
    {
        using DisposeScope scope = NewDisposeScope();
        MetaObjective<SampleBatch> still = SmallProblem.Of(Policy, InnerObjective.LogLikelihood, LearnedStepSizes.None, [0], [1]);
        SampleBatch[] batches = Batches(still, steps: 1);
        Tensor theta = tensor(Policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8)).to(float64).requires_grad_();
        Tensor gradient = autograd.grad([still.Evaluate(theta, batches).Loss], [theta])[0];
        SampleBatch query = batches[1];
        DiagonalGaussian policies = Policy.Distribution(theta.unsqueeze(0).expand(query.TaskCount, -1), query.Observations);
        Tensor weighted = policies.LogDensity(query.Actions) * query.Advantages;
        Tensor expected = -autograd.grad([query.MeanOverSamples(weighted).mean()], [theta])[0];
        Assert.True(expected.norm().item<double>() > 1e-2);
        Assert.True((gradient - expected).norm().item<double>() < 1e-5 * expected.norm().item<double>());
    }

    /// <param name="at">[Q], the meta-parameters that sample the batches; by default those at the start of training</param>
    internal static SampleBatch[] Batches(MetaObjective<SampleBatch> objective, int steps, GaussianMlp? policy = null, Tensor? at = null)
    {
        policy ??= Policy;
        var options = new CollectorOptions(ActionUnit: 0.1, Discount: 0.99, GaeLambda: 1, NormaliseAdvantages: true);
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        var sampler = new AdaptationSampler(
            SmallProblem.Parallel(objective, threads: 1, samplesAtOnce: 1), new FusedCollector(family, policy, options, threads: 1));
        Tensor meta = at ?? tensor(objective.Adaptation.Layout.Start(policy.Initialise(RandomStream.FromSeed(1), initialStd: 0.8)));
        AdaptationData data = sampler.Sample(meta, family.Tasks.Sample(RandomStream.FromSeed(2), 3), steps, 2, RandomStream.FromSeed(3));
        return [.. data.Samples.Select(batch => batch.To(float64, CPU))];
    }
}

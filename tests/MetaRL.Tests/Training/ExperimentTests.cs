using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

public class ExperimentTests
{
    internal static readonly MetaTrainingConfig Small = new()
    {
        Iterations = 6, MetaBatchSize = 4, TrajectoriesPerTask = 5, HiddenSizes = [16, 16], Activation = Policies.Activation.Tanh,
        InnerObjective = InnerObjective.LikelihoodRatio, CheckpointEvery = 2,
        ValidationEvery = 2, ValidationTasks = 3, ValidationTrajectories = 2,
    };

    internal static readonly MetaTrainingConfig SmallProMp = Small with
    {
        Algorithm = new ProMp { LearnedStepSizes = LearnedStepSizes.PerStep, StepWeights = [1, 1] }, InnerSteps = 2,
    };

    [Fact]
    public void An_accepted_trust_region_step_stays_within_the_bound_and_improves_the_surrogate()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Small, CPU, threads: 1);
        int accepted = 0;
        for (int iteration = 0; iteration < 5; iteration++)
        {
            AdaptationData data = Sample(experiment, iteration);
            OuterStep step = experiment.Optimiser.Update(experiment.CreateInitialMeta(), data.Samples, progress: 0);
            if (!step.Accepted) continue;
            accepted++;
            (double loss, double kl) = Evaluate(experiment, step.Meta, data.Samples);
            Assert.InRange(kl, 0, new TrustRegionOptions().MaximumKl);
            Assert.True(loss < Evaluate(experiment, experiment.CreateInitialMeta(), data.Samples).Loss);
        }
        Assert.True(accepted >= 4, $"{accepted} of 5 steps accepted");
    }

    [Fact]
    public void The_clipped_outer_steps_improve_the_surrogate()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(SmallProMp, CPU, threads: 1);
        IReadOnlyList<SampleBatch> samples = Sample(experiment, 0).Samples;
        OuterStep step = experiment.Optimiser.Update(experiment.CreateInitialMeta(), samples, progress: 0);
        Assert.True(Evaluate(experiment, step.Meta, samples).Loss < Evaluate(experiment, experiment.CreateInitialMeta(), samples).Loss);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void Rollouts_are_bit_identical_for_any_number_of_threads(int threads)
    {
        using DisposeScope scope = NewDisposeScope();
        Rollouts one = Collect(1), many = Collect(threads);
        Assert.Equal(one.Returns, many.Returns);
        foreach ((Tensor left, Tensor right) in one.Tensors.Zip(many.Tensors))
            Assert.Equal(left.data<float>().ToArray(), right.data<float>().ToArray());

        Rollouts Collect(int count) => Sample(new Experiment(Small, CPU, count), 0).Batches[0];
    }

    /// <summary>Goals near enough for episodes to end apart, so that the lanes close up at different steps.</summary>
    [Theory]
    [InlineData(1, 20)]
    [InlineData(3, 7)]
    public void Rollouts_with_shared_parameters_are_those_of_each_task_alone(int threads, int trajectories)
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Small with { ActionUnit = 0.05 }, CPU, threads: 1);
        var options = new CollectorOptions(0.05, 0.9, 0.9, true);
        var collector = new FusedCollector(experiment.Family, (GaussianMlp)experiment.Policy, options, threads);
        var tasks = new TaskBatch(["goal_x", "goal_y"], [.. Enumerable.Range(0, 20).Select(i => 0.02 * Math.Sin(i))]);
        Tensor theta = experiment.CreateInitialMeta().view(1, -1);
        Rollouts shared = collector.Collect(theta, tasks, trajectories, experiment.Seed);
        Rollouts apart = collector.Collect(theta.expand(10, -1), tasks, trajectories, experiment.Seed);
        Assert.InRange(shared.LiveSteps, 1, tasks.Count * trajectories * 100 - 1);
        Assert.Equal(apart.Returns, shared.Returns);
        foreach ((Tensor left, Tensor right) in apart.Tensors.Zip(shared.Tensors))
            Assert.Equal(left.data<float>().ToArray(), right.data<float>().ToArray());
    }

    [Fact]
    public void A_tasks_rollouts_do_not_depend_on_the_tasks_beside_it()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Small, CPU, threads: 1);
        TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed, 4);
        double[][] all = experiment.Sampler.Sample(experiment.CreateInitialMeta(), tasks, 0, 5, experiment.Seed).Batches[0].Returns;
        AdaptationData ofTwo = experiment.Sampler.Sample(experiment.CreateInitialMeta(), tasks.Slice(0, 2), 0, 5, experiment.Seed);
        double[][] few = ofTwo.Batches[0].Returns;
        Assert.Equal(all[..2], few);
    }

    [Fact]
    public void Actions_are_recorded_in_policy_units_and_applied_in_the_environments()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Small with { ActionUnit = 0.01, InitialStd = 0.1 }, CPU, threads: 1);
        SampleBatch batch = Sample(experiment, 0).Samples[0];
        Tensor first = batch.Observations[0][0], second = batch.Observations[0][1], action = batch.Actions[0][0];
        Assert.True((second - first - action * Number(0.01)).abs().max().item<float>() < 1e-6);
    }

    [Fact]
    public void The_clipped_outer_step_ends_where_the_divergence_passes_its_bound()
    {
        using DisposeScope scope = NewDisposeScope();
        var eagerly = new AdamOptions { LearningRate = 2e-3, Epochs = 50 };
        MetaTrainingConfig eager = SmallProMp with { Optimiser = eagerly, Clip = 100 };
        double free = Kl(eager), bounded = Kl(eager with { Optimiser = eagerly with { StopKl = 0.002 } });
        Assert.True(free > 0.01, $"without a bound the divergence is {free}");
        Assert.InRange(bounded, 0.002, free / 2);

        static double Kl(MetaTrainingConfig config)
        {
            var experiment = new Experiment(config, CPU, threads: 1);
            IReadOnlyList<SampleBatch> samples = Sample(experiment, 0).Samples;
            OuterStep step = experiment.Optimiser.Update(experiment.CreateInitialMeta(), samples, progress: 0);
            Assert.Equal(Evaluate(experiment, step.Meta, samples).Kl, step.Divergence, 6);
            return step.Divergence;
        }
    }

    [Fact]
    public void Acting_by_the_mean_does_not_take_exploration_from_the_inner_steps()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Small, CPU, threads: 1);
        TaskBatch tasks = experiment.Family.Tasks.Sample(experiment.Seed, 3);
        AdaptationData data = experiment.Sampler.Sample(experiment.CreateInitialMeta(), tasks, 1, 5, experiment.Seed, deterministic: true);
        foreach (Rollouts batch in data.Batches)
            Assert.True((batch.Samples.Actions - batch.Samples.Sampler.Mean).abs().max().item<float>() == 0);
        Assert.All(
            data.Batches[0].Returns.Zip(data.Batches[1].Returns),
            pair => Assert.NotEqual(pair.First[0], pair.Second[0], tolerance: 1e-3));
    }

    private static (double Loss, double Kl) Evaluate(Experiment experiment, Tensor meta, IReadOnlyList<SampleBatch> batches)
    {
        MetaTrainingConfig config = experiment.Config;
        MetaStage stage = config.Algorithm.Compose(config.Setting(experiment.Policy.Layout, CPU)).Stage;
        var model = new PolicyModel(experiment.Policy, new LikelihoodRatio(), new LikelihoodRatio());
        var objective = new MetaObjective<SampleBatch>(model, stage.Adaptation, stage.StepWeights);
        MetaValue value = objective.Evaluate(meta.detach().requires_grad_(), batches);
        return (value.Loss.ReadNumber(), value.Losses[^1].Divergence()!.mean().ReadNumber());
    }

    private static AdaptationData Sample(Experiment experiment, int iteration) => experiment.Sampler.Sample(
        experiment.CreateInitialMeta(), experiment.Family.Tasks.Sample(experiment.Seed.Stream("tasks", iteration), Small.MetaBatchSize),
        experiment.Config.InnerSteps, experiment.Config.TrajectoriesPerTask, experiment.Seed.Stream("rollouts", iteration));
}

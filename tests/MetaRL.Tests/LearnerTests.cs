using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class LearnerTests
{
    internal static readonly MetaTrainingConfig Small = new()
    {
        Iterations = 6, MetaBatchSize = 4, TrajectoriesPerTask = 5, HiddenSizes = [16, 16], Activation = Policies.Activation.Tanh,
        InnerObjective = InnerObjective.LikelihoodRatio, ValidationEvery = 2, ValidationTasks = 3, ValidationTrajectories = 2, CheckpointEvery = 2,
    };

    internal static readonly MetaTrainingConfig SmallProMp = Small with
    {
        Algorithm = Algorithm.Promp, LearnedStepSizes = LearnedStepSizes.PerStep, InnerSteps = 2, StepWeights = [1, 1],
    };

    [Fact]
    public void An_accepted_trust_region_step_stays_within_the_bound_and_improves_the_surrogate()
    {
        using DisposeScope scope = NewDisposeScope();
        var learner = new Learner(Small, CPU, threads: 1);
        int accepted = 0;
        for (int iteration = 0; iteration < 5; iteration++)
        {
            AdaptationData data = Sample(learner, iteration);
            OuterStep step = learner.Algorithm.Update(learner.InitialMeta, data.Samples, progress: 0);
            if (!step.Accepted) continue;
            accepted++;
            Assert.InRange(step.Kl, 0, Small.MaximumKl);
            Assert.True(step.LossAfter < step.LossBefore);
        }
        Assert.True(accepted >= 4, $"{accepted} of 5 steps accepted");
    }

    [Fact]
    public void The_clipped_outer_steps_improve_the_surrogate()
    {
        using DisposeScope scope = NewDisposeScope();
        var learner = new Learner(SmallProMp, CPU, threads: 1);
        OuterStep step = learner.Algorithm.Update(learner.InitialMeta, Sample(learner, 0).Samples, progress: 0);
        Assert.True(step.LossAfter < step.LossBefore);
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

        Rollouts Collect(int count) => Sample(new Learner(Small, CPU, count), 0).Batches[0];
    }

    [Fact]
    public void A_tasks_rollouts_do_not_depend_on_the_tasks_beside_it()
    {
        using DisposeScope scope = NewDisposeScope();
        var learner = new Learner(Small, CPU, threads: 1);
        TaskBatch tasks = learner.Family.Tasks.Sample(learner.Seed, 4);
        double[][] all = learner.Sampler.Sample(learner.InitialMeta, tasks, 0, 5, learner.Seed).Batches[0].Returns;
        double[][] few = learner.Sampler.Sample(learner.InitialMeta, tasks.Slice(0, 2), 0, 5, learner.Seed).Batches[0].Returns;
        Assert.Equal(all[..2], few);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void No_tensor_survives_an_iteration(string name)
    {
        MetaTrainingConfig config = name == "maml" ? Small : SmallProMp;
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer(new Learner(config, CPU, threads: 1));
        var live = new List<long>();
        trainer.Run(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount), CancellationToken.None);
        Assert.Equal(config.Iterations, live.Count);
        Assert.All(live[2..], count => Assert.Equal(live[1], count));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Two_trainings_with_the_same_seed_are_the_same_to_the_last_bit(string name)
    {
        MetaTrainingConfig config = name == "maml" ? Small : SmallProMp;
        Assert.Equal(Train(config), Train(config));
        Assert.NotEqual(Train(config), Train(config with { Seed = 2 }));

        static float[] Train(MetaTrainingConfig config)
        {
            using DisposeScope scope = NewDisposeScope();
            using var trainer = new MetaTrainer(new Learner(config, CPU, threads: 2));
            trainer.Run(_ => { }, CancellationToken.None);
            return trainer.Meta.data<float>().ToArray();
        }
    }

    [Fact]
    public void Actions_are_recorded_in_policy_units_and_applied_in_the_environments()
    {
        using DisposeScope scope = NewDisposeScope();
        var learner = new Learner(Small with { ActionUnit = 0.01, InitialStd = 0.1 }, CPU, threads: 1);
        SampleBatch batch = Sample(learner, 0).Samples[0];
        Tensor first = batch.Observations[0][0], second = batch.Observations[0][1], action = batch.Actions[0][0];
        Assert.True((second - first - action * 0.01).abs().max().item<float>() < 1e-6);
    }

    public static TheoryData<string> Configurations => ["maml", "promp"];

    private static AdaptationData Sample(Learner learner, int iteration) => learner.Sampler.Sample(
        learner.InitialMeta, learner.Family.Tasks.Sample(learner.Seed.Stream("tasks", iteration), Small.MetaBatchSize),
        learner.Config.InnerSteps, learner.Config.TrajectoriesPerTask, learner.Seed.Stream("rollouts", iteration));
}

namespace MamlRobotics.MetaRL.Tests;

public class MetaTrainerTests
{
    public static TheoryData<string> Configurations => ["maml", "promp"];

    [Theory]
    [MemberData(nameof(Configurations))]
    public void A_linear_policy_learns_too(string name)
    {
        using DisposeScope scope = NewDisposeScope();
        MetaTrainingConfig config = Named(name);
        using var trainer = new MetaTrainer<SampleBatch>(new Experiment(config with { HiddenSizes = [], Iterations = 1 }, CPU, threads: 1));
        var reports = new List<IterationReport>();
        trainer.Run(reports.Add, CancellationToken.None);
        Assert.True(Assert.Single(reports).Accepted);
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void No_tensor_survives_an_iteration(string name)
    {
        MetaTrainingConfig config = Named(name);
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer<SampleBatch>(new Experiment(config, CPU, threads: 1));
        var live = new List<long>();
        trainer.Run(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount), CancellationToken.None);
        Assert.Equal(config.Iterations, live.Count);
        Assert.All(live[2..], count => Assert.Equal(live[1], count));
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void No_tensor_survives_a_training(string name)
    {
        MetaTrainingConfig config = Named(name) with { Iterations = 2 };
        // The first training makes the tensors that exist once in a process.
        Train();
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Train()
        {
            using var experiment = new Experiment(config, CPU, threads: 1);
            using var trainer = new MetaTrainer<SampleBatch>(experiment);
            trainer.Run(_ => { }, CancellationToken.None);
        }
    }

    /// <summary>Where nothing is ever rewarded there is nothing to learn from.</summary>
    [Fact]
    public void A_training_without_a_step_keeps_its_meta_parameters()
    {
        MetaTrainingConfig config = ExperimentTests.Small with
        {
            Environment = "pearl-point-sparse",
            InitialStd = 1e-6,
            NormaliseAdvantages = false,
            Iterations = 2,
        };
        using var experiment = new Experiment(config, CPU, threads: 1);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        using Tensor initial = experiment.CreateInitialMeta();
        trainer.Run(report => Assert.False(report.Accepted), CancellationToken.None);
        Assert.Equal(initial.data<float>().ToArray(), trainer.Meta.data<float>().ToArray());
    }

    [Theory]
    [MemberData(nameof(Configurations))]
    public void Two_trainings_with_the_same_seed_are_the_same_to_the_last_bit_for_any_number_of_threads(string name)
    {
        MetaTrainingConfig config = Named(name);
        Assert.Equal(Train(config, threads: 2), Train(config, threads: 2));
        Assert.Equal(Train(config, threads: 2), Train(config, threads: 3));
        Assert.Equal(Train(config, threads: 2), Train(config, threads: 1));
        Assert.NotEqual(Train(config, threads: 2), Train(config with { Seed = 2 }, threads: 2));

        static float[] Train(MetaTrainingConfig config, int threads)
        {
            using DisposeScope scope = NewDisposeScope();
            using var trainer = new MetaTrainer<SampleBatch>(new Experiment(config, CPU, threads));
            trainer.Run(_ => { }, CancellationToken.None);
            return trainer.Meta.data<float>().ToArray();
        }
    }

    private static MetaTrainingConfig Named(string name) => name == "maml" ? ExperimentTests.Small : ExperimentTests.SmallProMp;
}

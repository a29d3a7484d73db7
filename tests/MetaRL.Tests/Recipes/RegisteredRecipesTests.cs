namespace MamlRobotics.MetaRL.Tests;

/// <summary>What holds for every learner, found by its registration alone.</summary>
public sealed class RegisteredRecipesTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("maml-recipe").FullName;

    public static TheoryData<string> Names =>
        [.. Catalog<Recipe>.Names.Where(name => Catalog<Recipe>.Create(name).Any(recipe => recipe.Suits(typeof(SampleBatch))))];

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_iterations_change_the_meta_parameters_to_the_same_bits_for_any_number_of_threads(string name)
    {
        MetaTrainingConfig config = Tiny(name);
        using var experiment = new Experiment(config, CPU, threads: 1);
        using Tensor initial = experiment.CreateInitialMeta();
        float[] one = Train(config, threads: 1), two = Train(config, threads: 2);
        Assert.Equal(one, two);
        Assert.NotEqual(initial.data<float>().ToArray(), one);
        Assert.All(one, value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_training_resumed_after_its_first_iteration_ends_with_the_same_bits(string name)
    {
        string whole = Path.Combine(root, "whole"), parts = Path.Combine(root, "parts");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(whole), Tiny(name), CPU, 1)) run.Run(_ => { }, CancellationToken.None);
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(parts), Tiny(name), CPU, 1))
        {
            Assert.Throws<InvalidOperationException>(() => run.Run(
                report => { if (report.Iteration == 2) throw new InvalidOperationException(); }, CancellationToken.None));
        }
        RunFolder folder = RunFolder.Open(parts);
        using (TrainingRun run = TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(whole).Latest), File.ReadAllBytes(folder.Latest));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_tensor_survives_a_training(string name)
    {
        // The first training makes the tensors that exist once in a process.
        Train(Tiny(name), threads: 1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(Tiny(name), threads: 1);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_recipe_of_another_project_is_trained_by_its_name_in_a_configuration()
    {
        MetaTrainingConfig config = ConfigReader.Parse(
            """
            {
              "algorithm": "toy", "toy": { "share": 0.5 },
              "iterations": 2, "metaBatchSize": 2, "trajectoriesPerTask": 2, "hiddenSizes": [4],
              "validationTasks": 1, "validationTrajectories": 1,
            }
            """, "the test", []);
        using var experiment = new Experiment(config, CPU, threads: 1);
        using Tensor initial = experiment.CreateInitialMeta();
        Assert.Equal(initial.data<float>().Select(value => value / 4), Train(config, threads: 1));
        Assert.Contains("\"share\": 0.5", ConfigFormat.ToJson(config), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_schedule_takes_from_the_number_of_iterations_is_said()
    {
        Assert.Equal(
            "multiStepShare=0.25 and firstOrderShare=0 of maml-plus-plus are shares of all iterations",
            new MamlPlusPlus { MultiStepShare = 0.25, FirstOrderShare = 0 }.DependsOnIterations);
        Assert.Null(new MamlPlusPlus { MultiStepShare = 0, FirstOrderShare = 0 }.DependsOnIterations);
    }

    internal static MetaTrainingConfig Tiny(string name) => ExperimentTests.Small with
    {
        Algorithm = Learner(name), Network = name == "rl2" ? PolicyNetwork.Gru : PolicyNetwork.Mlp,
        Iterations = 2, InnerSteps = 2,
        MetaBatchSize = 3, TrajectoriesPerTask = 3, HiddenSizes = [16],
        ValidationTasks = 2, ValidationTrajectories = 1, CheckpointEvery = 1,
    };

    private static float[] Train(MetaTrainingConfig config, int threads)
    {
        using var experiment = new Experiment(config, CPU, threads);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        trainer.Run(_ => { }, CancellationToken.None);
        return trainer.Meta.data<float>().ToArray();
    }

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(SampleBatch)));
}

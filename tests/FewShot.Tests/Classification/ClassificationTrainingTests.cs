namespace MamlRobotics.FewShot.Tests;

/// <summary>Whole trainings on made-up pictures.</summary>
public class ClassificationTrainingTests
{
    private static readonly ClassificationConfig Small = new()
    {
        Iterations = 2, MetaBatchSize = 3, InnerSteps = 2, InnerLearningRates = [0.1],
        Side = Pictures.Side, Channels = 4, Ways = 2, Queries = 2,
        Rotations = false, ValidationShare = 0.4, ValidationTasks = 2, ValidationEvery = 2, Optimiser = new AdamOptions { Epochs = 1 },
    };

    public static TheoryData<string> Learners =>
        [.. Catalog<Recipe>.Names.Where(name => Catalog<Recipe>.Create(name).Any(recipe => recipe.Suits(typeof(ImageSamples))))];

    [Theory]
    [MemberData(nameof(Learners))]
    public void Every_learner_trains_to_the_same_bits_for_any_number_of_threads_and_frees_its_tensors(string name)
    {
        ClassificationConfig config = Small with { Algorithm = Learner(name) };
        float[] one = Train(config, threads: 1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Assert.Equal(one, Train(config, threads: 1));
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        Assert.Equal(one, Train(config, threads: 2));
        using ClassificationExperiment experiment = new(config, CPU, 1, Pictures.Set(10, 5));
        using Tensor initial = experiment.CreateInitialMeta();
        Assert.NotEqual(initial.data<float>().ToArray(), one);
        Assert.All(one, value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>The patterns of the classes are plain, so a learner that works tells new ones apart nearly always.</summary>
    [Theory]
    [InlineData("maml", 1)]
    [InlineData("proto-maml", 0)]
    [InlineData("prototypical", 0)]
    [InlineData("matching", 0)]
    [InlineData("siamese", 0)]
    public void Training_makes_new_classes_known_by_one_picture(string name, int step)
    {
        ClassificationConfig config = Small with
        {
            Algorithm = Learner(name), Iterations = 100, MetaBatchSize = 8, InnerSteps = 1, InnerLearningRates = [0.4],
            ValidationEvery = 100, ValidationTasks = 100, ValidationShare = 0.3, Channels = 8,
            Optimiser = new AdamOptions { Epochs = 1, LearningRate = 1e-2 },
        };
        using ClassificationExperiment experiment = new(config, CPU, threads: 2, Pictures.Set(40, 6));
        using var trainer = (MetaTrainer<ImageSamples>)experiment.CreateTrainer();
        double before = experiment.Validate(trainer.Meta, 0)[step].Mean;
        IReadOnlyList<StepScores> scores = [];
        trainer.Run(report => scores = report.Validation ?? scores, CancellationToken.None);
        Assert.True(scores[step].Mean > Math.Max(0.85, before + 0.03), $"accuracy {scores[step].Mean}, untrained {before}");
    }

    private static float[] Train(ClassificationConfig config, int threads)
    {
        using ClassificationExperiment experiment = new(config, CPU, threads, Pictures.Set(10, 5));
        using var trainer = (MetaTrainer<ImageSamples>)experiment.CreateTrainer();
        trainer.Run(_ => { }, CancellationToken.None);
        return [.. trainer.Meta.data<float>()];
    }

    private static Recipe Learner(string name) => Catalog<Recipe>.Create(name).Single(recipe => recipe.Suits(typeof(ImageSamples)));
}

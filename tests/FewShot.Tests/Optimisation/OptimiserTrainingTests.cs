using MamlRobotics.Envs;

namespace MamlRobotics.FewShot.Tests;

/// <summary>Whole trainings of learned optimisers.</summary>
public sealed class OptimiserTrainingTests : IDisposable
{
    private static readonly OptimisationConfig Small = new()
    {
        Dimensions = 3, Iterations = 5, MetaBatchSize = 4, InnerSteps = 6, ValidationEvery = 2, ValidationTasks = 4, ValidationStep = 6,
        CheckpointEvery = 2, Algorithm = new LearnedOptimiser { Units = 4, Unroll = 3 }, Optimiser = new AdamOptions { Epochs = 1 },
    };

    private readonly string root = Directory.CreateTempSubdirectory("maml-optimiser-").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(OptimiseeKind.Quadratics)]
    [InlineData(OptimiseeKind.Digits)]
    public void A_training_resumes_exactly_and_does_not_depend_on_threads(OptimiseeKind kind)
    {
        OptimisationConfig config = Small with { Optimisees = kind, Side = 8, HiddenUnits = 3, BatchSize = 8 };
        float[] whole = Train(config, "whole", threads: 1), other = Train(config, "threads", threads: 2);
        string stopped = Path.Combine(root, "stopped");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(stopped), config, CPU, 1))
        {
            using var stop = new CancellationTokenSource();
            run.Run(report => { if (report.Iteration == 3) stop.Cancel(); }, stop.Token);
        }
        RunFolder folder = RunFolder.Open(stopped);
        using (TrainingRun run = TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, 2))
            run.Run(_ => { }, CancellationToken.None);
        Assert.Equal(whole, other);
        Assert.Equal(whole, Checkpoint.Read(RunFolder.LatestIn(stopped)).Theta);
    }

    [Fact]
    public void Every_tensor_of_a_training_is_freed()
    {
        OptimisationConfig config = Small with { Optimisees = OptimiseeKind.Digits, Side = 8, HiddenUnits = 3, BatchSize = 8 };
        Train(config, "first", threads: 1);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Train(config, "second", threads: 1);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Training_makes_an_optimiser_that_comes_further_in_the_same_steps()
    {
        OptimisationConfig config = Small with
        {
            Iterations = 150, MetaBatchSize = 32, InnerSteps = 10, ValidationEvery = 150, ValidationTasks = 64, ValidationStep = 10,
            Algorithm = new LearnedOptimiser { Units = 10, Unroll = 5 }, Optimiser = new AdamOptions { Epochs = 1, LearningRate = 1e-2 },
        };
        using OptimisationExperiment experiment = config.CreateExperiment(CPU, threads: 1);
        using var trainer = (MetaTrainer<OptimiseeSamples>)experiment.CreateTrainer();
        trainer.Run(_ => { }, CancellationToken.None);
        IReadOnlyList<StepScores> losses = experiment.Validate(trainer.Meta, 0);
        Assert.True(losses[^1].Mean < 0.5 * losses[0].Mean, $"{losses[0].Mean} at the start, {losses[^1].Mean} after ten steps");
    }

    [Theory]
    [InlineData("\"algorithm\": \"maml\"", "The learner maml is not for learned optimisation")]
    [InlineData("\"innerSteps\": 30", "innerSteps = 30 must be a multiple of learned-optimiser.unroll = 20")]
    [InlineData("\"learned-optimiser\": { \"countedSteps\": 30 }", "countedSteps = 30 must be at most learned-optimiser.unroll = 20")]
    [InlineData("\"learned-optimiser\": { \"nominalRate\": 0.1 }", "nominalRate needs the running mean: set learned-optimiser.input")]
    [InlineData("\"optimiser\": \"trpo\"", "set optimiser to adam or sgd")]
    public void Wrong_configurations_are_refused_in_one_line(string setting, string expected)
    {
        string config = $$"""{ "problem": "optimisation", {{setting}} }""";
        string message = Assert.Throws<InputException>(() => ConfigFormat.Parse(config, "test", [])).Message;
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_configuration_names_its_problem_and_survives_being_written()
    {
        TrainingConfig read = ConfigFormat.Parse(ConfigFormat.ToJson(Small), "test", ["dimensions=7"]);
        Assert.Equal(7, Assert.IsType<OptimisationConfig>(read).Dimensions);
        Assert.Equal(ConfigFormat.ToJson(Small), ConfigFormat.ToJson(ConfigFormat.Parse(ConfigFormat.ToJson(Small), "test", [])));
    }

    private float[] Train(OptimisationConfig config, string name, int threads)
    {
        string path = Path.Combine(root, name);
        using TrainingRun run = TrainingRun.Start(RunFolder.Create(path), config, CPU, threads);
        run.Run(_ => { }, CancellationToken.None);
        return Checkpoint.Read(RunFolder.LatestIn(path)).Theta;
    }
}

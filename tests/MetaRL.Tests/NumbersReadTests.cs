using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>How many numbers an iteration waits for, each of which makes a device stand still.</summary>
public sealed class NumbersReadTests
{
    private static readonly MetaTrainingConfig Small =
        ExperimentTests.Small with
        {
            Iterations = 3,
            ValidationEvery = 10,
            Optimiser = new TrustRegionOptions { ConjugateGradientIterations = 2 },
        };

    [Theory]
    [InlineData("maml-nav", 2, 3, 2)]
    [InlineData("maml-nav", 20, 3, 2)]
    [InlineData("maml-nav", 2, 30, 2)]
    [InlineData("maml-nav", 2, 3, 10)]
    [InlineData("promp-momentum", 2, 3, 2)]
    public void A_trust_region_iteration_reads_losses_alone_whatever_its_size(
        string environment, int tasks, int trajectories, int conjugateGradients)
    {
        var config = Small with
        {
            Environment = environment, MetaBatchSize = tasks, TrajectoriesPerTask = trajectories,
            Optimiser = new TrustRegionOptions { ConjugateGradientIterations = conjugateGradients },
        };
        // They are read once before the step, twice in every trial for loss and divergence, once for the entropy, and once to see
        // whether all numbers are finite.
        Assert.All(Train(config), iteration => Assert.Equal(3 + 2 * iteration.Report.LineSearchTrials, iteration.NumbersRead));
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(10, 30)]
    public void An_iteration_of_clipped_steps_does_too(int tasks, int trajectories)
    {
        const int Epochs = 3;
        var config = Small with
        {
            Algorithm = new ProMp(),
            Optimiser = new AdamOptions { Epochs = Epochs },
            MetaBatchSize = tasks,
            TrajectoriesPerTask = trajectories,
        };
        // They are read once for the entropy, once to see whether all numbers are finite, once in every epoch and once after the last.
        Assert.All(Train(config), iteration => Assert.Equal(3 + Epochs, iteration.NumbersRead));
    }

    /// <summary>Each iteration but the last one, which holds a validation too.</summary>
    private static IEnumerable<(long NumbersRead, IterationReport Report)> Train(MetaTrainingConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer<SampleBatch>(new Experiment(config, CPU, threads: 1, samplesInTensors: true));
        var iterations = new List<(long, IterationReport)>();
        long before = TensorArithmetic.NumbersRead;
        trainer.Run(report =>
        {
            iterations.Add((TensorArithmetic.NumbersRead - before, report));
            before = TensorArithmetic.NumbersRead;
        }, CancellationToken.None);
        return iterations.SkipLast(1);
    }
}

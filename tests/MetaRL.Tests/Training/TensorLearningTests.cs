using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Whole iterations with sampling in tensors, against sampling without: what is learnt is the same.</summary>
public class TensorLearningTests
{
    private const int Seeds = 3;

    internal static readonly MetaTrainingConfig Config = ExperimentTests.Small with
    {
        Iterations = 10, MetaBatchSize = 8, TrajectoriesPerTask = 10, InnerLearningRates = [0.2],
        ValidationEvery = 10, ValidationTasks = 10, ValidationTrajectories = 10,
    };

    [Fact]
    public void The_learning_curve_is_the_same_in_tensors() => Compare(CPU);

    [Fact]
    public void An_outer_step_from_samples_in_tensors_goes_the_same_way() => Assert.Equal(1, CosineOfOneStep(CPU), tolerance: 1e-5);

    [Fact]
    public void No_tensor_survives_an_iteration()
    {
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer<SampleBatch>(new Experiment(ExperimentTests.Small, CPU, threads: 1, samplesInTensors: true));
        var live = new List<long>();
        trainer.Run(_ => live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount), CancellationToken.None);
        Assert.All(live[2..], count => Assert.Equal(live[1], count));
    }

    internal static void Compare(Device device)
    {
        double[] fused = [.. Enumerable.Range(1, Seeds).Select(seed => Train(Config with { Seed = seed }, CPU, inTensors: false).Return)];
        double Return(int seed) => Train(Config with { Seed = seed }, device, inTensors: true).Return;
        double[] tensors = [.. Enumerable.Range(1, Seeds).Select(Return)];
        double untrained = Train(Config with { Iterations = 1, ValidationEvery = 1 }, CPU, inTensors: false).Return;
        double error = Math.Sqrt((fused.Variance() + tensors.Variance()) / Seeds);
        Assert.InRange(Math.Abs(fused.Average() - tensors.Average()), 0, 2 * error);
        Assert.All(tensors, value => Assert.True(value > 0.6 * untrained, $"{value} after training, {untrained} before"));
    }

    // The cosine between the two steps. Their lengths may differ by a trial of the line search, and with more conjugate gradient
    // iterations, rounding would change their direction visibly.
    internal static double CosineOfOneStep(Device device)
    {
        MetaTrainingConfig once = Config with
        {
            Iterations = 1,
            ValidationEvery = 2,
            Optimiser = new TrustRegionOptions { ConjugateGradientIterations = 3 },
        };
        using DisposeScope scope = NewDisposeScope();
        float[] start = new Experiment(once, CPU, threads: 1).CreateInitialMeta().data<float>().ToArray();
        return 1 - MathNet.Numerics.Distance.Cosine(Step(Train(once, CPU, inTensors: false)), Step(Train(once, device, inTensors: true)));

        float[] Step((float[] Meta, double Return) trained) => [.. trained.Meta.Zip(start, (after, before) => after - before)];
    }

    /// <summary>The meta-parameters, and the held-out return after one inner step.</summary>
    internal static (float[] Meta, double Return) Train(MetaTrainingConfig config, Device device, bool inTensors)
    {
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer<SampleBatch>(new Experiment(config, device, threads: 2, inTensors));
        double last = double.NaN;
        trainer.Run(report => last = report.Validation?[1].Mean ?? last, CancellationToken.None);
        return (trainer.Meta.cpu().data<float>().ToArray(), last);
    }
}

using System.Runtime.InteropServices;
using MamlRobotics.MetaRL;

namespace MamlRobotics.EmulatedDevice.Tests;

/// <summary>What an iteration on a device sends there and waits for.</summary>
public sealed class TrafficTests
{
    private static readonly MetaTrainingConfig Small = new()
    {
        Iterations = 3, MetaBatchSize = 2, TrajectoriesPerTask = 3, HiddenSizes = [8], Activation = Policies.Activation.Tanh, ValidationEvery = 10,
        ConjugateGradientIterations = 2,
    };

    [EmulatedTheory]
    [InlineData("maml-nav", 2, 3, 2)]
    [InlineData("maml-nav", 20, 3, 2)]
    [InlineData("maml-nav", 2, 30, 2)]
    [InlineData("maml-nav", 2, 3, 10)]
    [InlineData("promp-momentum", 2, 3, 2)]
    public void An_iteration_reads_returns_and_losses_whatever_its_size(string environment, int tasks, int trajectories, int conjugateGradients)
    {
        List<(Traffic Traffic, IterationReport Report)> iterations = Train(Small with
        {
            Environment = environment, MetaBatchSize = tasks, TrajectoriesPerTask = trajectories, ConjugateGradientIterations = conjugateGradients,
        });
        foreach ((Traffic traffic, IterationReport report) in iterations.SkipLast(1))
        {
            Assert.True(traffic.Operators > 1000, "The iteration ran elsewhere.");
            // The returns and lengths of a batch before and one after the inner step.
            Assert.Equal(2, traffic.Read);
            // Loss and curvature before the step, loss and divergence of every trial, entropy, and whether all is finite.
            Assert.Equal(4 + 2 * report.LineSearchTrials, traffic.ScalarsRead);
            // Tasks, and keys of the streams of noise and of starts where they are drawn.
            Assert.InRange(traffic.Sent, 2 * 2, 2 * 3);
        }
    }

    [EmulatedTheory]
    [InlineData(2, 3)]
    [InlineData(10, 30)]
    public void An_iteration_of_clipped_steps_does_too(int tasks, int trajectories)
    {
        MetaTrainingConfig config = Small with { Algorithm = Algorithm.ProMp, Epochs = 3, MetaBatchSize = tasks, TrajectoriesPerTask = trajectories };
        // Besides, loss, divergence and the gradient's norm of every epoch.
        foreach ((Traffic traffic, _) in Train(config).SkipLast(1))
            Assert.Equal((2, 4 + 3 * config.Epochs), (traffic.Read, traffic.ScalarsRead));
    }

    [EmulatedTheory]
    [InlineData(0), InlineData(1)]
    public void Tensors_of_two_devices_do_not_mix(int which)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor here = ones(2), there = ones(2, device: CUDA);
        Assert.Contains("device", Assert.Throws<ExternalException>(() => which == 0 ? here + there : there.dot(here)).Message);
        Assert.Equal(2, (there.cpu() + here).mean().ToDouble());
    }

    /// <summary>Each iteration; the last one holds a validation too.</summary>
    private static List<(Traffic, IterationReport)> Train(MetaTrainingConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using var trainer = new MetaTrainer(new Experiment(config, CUDA, threads: 1));
        var iterations = new List<(Traffic, IterationReport)>();
        EmulatedDevice.Take();
        trainer.Run(report => iterations.Add((EmulatedDevice.Take(), report)), CancellationToken.None);
        return iterations;
    }
}

using System.Text.Json.Serialization;
using MamlRobotics.Envs;
using MamlRobotics.Policies;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL;

/// <summary>The figures of one run of the benchmark: of an iteration the medians, of everything else the fastest repetition.</summary>
/// <param name="EnvStepsPerS">Environment steps per second, without a policy</param>
/// <param name="RolloutStepsPerS">Environment steps per second with the policy, in sampling</param>
/// <param name="IterationS">Seconds of one paper-size meta-iteration: sampling, adaptation and outer step</param>
/// <param name="PeakGflops">Multiply-add peak of the threads used</param>
/// <param name="ProductGflops">Batched products as an outer step takes them</param>
/// <param name="IterationGflop">Multiply-adds of one iteration's matrix products</param>
/// <param name="ThreadPeakGflops">Multiply-add peak of one thread, measured between the rollouts of one thread that follow</param>
/// <param name="SharedRolloutGflops">The policy's multiply-adds at live steps in rollouts whose tasks share parameters, one thread</param>
/// <param name="SharedRolloutStepsPerS">Live steps of the same</param>
/// <param name="AdaptedRolloutGflops">The same where every task has its own parameters</param>
/// <param name="AdaptedRolloutStepsPerS">Live steps of the same</param>
public sealed record BenchmarkResult(
    [property: JsonPropertyName("env_steps_per_s")] double EnvStepsPerS,
    [property: JsonPropertyName("rollout_steps_per_s")] double RolloutStepsPerS,
    [property: JsonPropertyName("iteration_s")] double IterationS,
    [property: JsonPropertyName("sampling_s")] double SamplingS,
    [property: JsonPropertyName("adaptation_s")] double AdaptationS,
    [property: JsonPropertyName("outer_s")] double OuterS,
    [property: JsonPropertyName("peak_gflops")] double PeakGflops,
    [property: JsonPropertyName("product_gflops")] double ProductGflops,
    [property: JsonPropertyName("iteration_gflop")] double IterationGflop,
    [property: JsonPropertyName("thread_peak_gflops")] double ThreadPeakGflops,
    [property: JsonPropertyName("shared_rollout_gflops")] double SharedRolloutGflops,
    [property: JsonPropertyName("shared_rollout_steps_per_s")] double SharedRolloutStepsPerS,
    [property: JsonPropertyName("adapted_rollout_gflops")] double AdaptedRolloutGflops,
    [property: JsonPropertyName("adapted_rollout_steps_per_s")] double AdaptedRolloutStepsPerS);

/// <summary>
/// Speed, beside what the machine can do. The iteration is the MAML paper's size: 20 tasks x 20 trajectories x 100
/// steps, policy 2-100-100-2, one inner step, exact second order, ten conjugate gradient iterations on all samples.
/// </summary>
public static class Benchmark
{
    private const int Repetitions = 5;

    // Those of `maml bench envs`, so that both commands give one figure.
    private const int Environments = 4096;
    private const double EnvironmentSeconds = 1;

    /// <summary>The configuration whose iteration is timed.</summary>
    public static MetaTrainingConfig PaperSize { get; } = new() { InnerLearningRates = [0.5, 0.25] };

    public static BenchmarkResult Run(Device device, int threads)
    {
        Compute.Configure();
        double peak = MachineProbe.PeakGflops(threads), products = MachineProbe.ProductGflops(device, threads);
        TaskFamily family = TaskFamily.ByName[PaperSize.Environment];
        double environment = device.type == DeviceType.CPU
            ? SimulatorSpeed.Measure(family, Environments, threads, EnvironmentSeconds).StepsPerSecond
            : TensorSpeed.Measure(family, Environments, device, EnvironmentSeconds).StepsPerSecond;
        RolloutSpeed shared = RolloutSpeed.Measure(PaperSize, isShared: true), adapted = RolloutSpeed.Measure(PaperSize, isShared: false);
        List<IterationReport> iterations = Iterations(device, threads);
        double Median(Func<IterationReport, double> figure) => Statistics.Median(iterations.Select(figure));
        GaussianMlp policy = Experiment.PolicyOf(PaperSize);
        return new BenchmarkResult(
            environment, Median(run => run.LiveSteps / run.SamplingSeconds),
            Median(run => run.SamplingSeconds + run.AdaptationSeconds + run.OuterSeconds),
            Median(run => run.SamplingSeconds), Median(run => run.AdaptationSeconds), Median(run => run.OuterSeconds), peak, products,
            Median(run => IterationCost.Gflop(policy, run.LiveSteps / run.Returns.Count, PaperSize.ConjugateGradientIterations, PaperSize.CurvatureStride, run.LineSearchTrials)),
            Math.Max(shared.PeakGflops, adapted.PeakGflops), shared.Gflops, shared.StepsPerSecond, adapted.Gflops, adapted.StepsPerSecond);
    }

    private static List<IterationReport> Iterations(Device device, int threads) => TensorScope.Free(() =>
    {
        var reports = new List<IterationReport>();
        MetaTrainingConfig config = PaperSize with { Iterations = Repetitions + 1, ValidationEvery = Repetitions + 2 };
        using var trainer = new MetaTrainer(new Experiment(config, device, threads));
        trainer.Run(reports.Add, CancellationToken.None);
        // The first iteration compiles the code and fills the allocators.
        return reports[1..];
    });
}

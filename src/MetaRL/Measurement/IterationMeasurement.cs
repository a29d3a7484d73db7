using System.Diagnostics;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL;

/// <summary>The time, work and memory of an iteration of some size; times are medians of the repetitions.</summary>
/// <param name="Seconds">The time of sampling, adaptation and outer step</param>
/// <param name="StepsPerSecond">The live environment steps per second of sampling</param>
/// <param name="Gflop">The multiply-adds of its matrix products</param>
/// <param name="PeakResidentGb">The peak of the process's memory since its start, which means little if it did other work too</param>
public sealed record IterationMeasurement(
    IterationSize Size, double Seconds, double SamplingSeconds, double AdaptationSeconds, double OuterSeconds,
    double StepsPerSecond, double Gflop, double PeakResidentGb)
{
    public static IterationMeasurement Run(IterationSize size, int repetitions, Device device, int threads) => TensorScope.Free(() =>
    {
        var reports = new List<IterationReport>();
        // The first iteration is not counted, because it compiles the code and fills the allocators.
        MetaTrainingConfig config = size.Config with
        {
            Iterations = repetitions + 1,
            ValidationEvery = repetitions + 2,
            ValidationTasks = 1,
            ValidationTrajectories = 1,
        };
        using var experiment = new Experiment(config, device, threads, family: size.Family);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        trainer.Run(reports.Add, CancellationToken.None);
        double Median(Func<IterationReport, double> figure) => reports.Skip(1).Select(figure).Median();
        double Gflop(IterationReport run) => IterationCost.Gflop(
            Experiment.MlpOf(experiment.Config), (long)run[Experiment.LiveSteps] / run.Scores.Count,
            size.ConjugateGradientIterations, size.CurvatureStride, run.LineSearchTrials);
        using var process = Process.GetCurrentProcess();
        return new IterationMeasurement(
            size, Median(run => run.SamplingSeconds + run.AdaptationSeconds + run.OuterSeconds),
            Median(run => run.SamplingSeconds), Median(run => run.AdaptationSeconds), Median(run => run.OuterSeconds),
            Median(run => run[Experiment.LiveSteps] / run.SamplingSeconds),
            Median(Gflop),
            process.PeakWorkingSet64 / 1e9);
    });
}

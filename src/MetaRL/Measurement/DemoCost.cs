using System.Diagnostics;
using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL;

/// <summary>The seconds of a configuration's training and of its evaluation on the paper's goals.</summary>
/// <param name="TrainingSeconds">The time with validations; for an iteration that was not run, the median of the others</param>
/// <param name="MeasuredIterations">The number of iterations that were run</param>
public sealed record DemoCost(double TrainingSeconds, int MeasuredIterations, double EvaluationSeconds)
{
    /// <param name="evaluation">The steps and episodes with which `maml demo` evaluates</param>
    /// <param name="isWhole">Whether to train to the end; otherwise training stops after the first validation.</param>
    /// <param name="progress">Called after each iteration with the number of iterations done</param>
    public static DemoCost Measure(
        MetaTrainingConfig config, (int Steps, int Episodes) evaluation, bool isWhole, Device device, int threads,
        Action<int> progress) => TensorScope.Free(() =>
    {
        using var experiment = new Experiment(config, device, threads);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        using var enough = new CancellationTokenSource();
        var reports = new List<IterationReport>();
        trainer.Run(report =>
        {
            reports.Add(report);
            progress(report.Iteration);
            if (!isWhole && report.Validation is not null) enough.Cancel();
        }, enough.Token);
        var clock = Stopwatch.StartNew();
        Evaluator.Evaluate(
            experiment.Sampler, experiment.Family, trainer.Meta, PaperGoals.Tasks, evaluation.Steps, evaluation.Episodes,
            experiment.Seed.Stream("evaluation"));
        return new DemoCost(Extrapolate(reports, config), reports.Count, clock.Elapsed.TotalSeconds);
    });

    /// <summary>A sentence that says how much of the demo's training was run.</summary>
    public static string Explain(BenchmarkResult result) => result[Figures.DemoMeasured] == result[Figures.DemoIterations]
        ? $"The demo was trained to its end, {result[Figures.DemoMeasured]:F0} iterations."
        : $"The demo's training is extrapolated from its first {result[Figures.DemoMeasured]:F0} iterations; --full trains it to its end.";

    /// <summary>Extrapolates the seconds of the whole training from its first iterations and their validations.</summary>
    public static double Extrapolate(IReadOnlyList<IterationReport> reports, MetaTrainingConfig config)
    {
        double IterationSeconds(IterationReport report) => report.SamplingSeconds + report.AdaptationSeconds + report.OuterSeconds;
        int left = config.Iterations - reports.Count;
        double measured = reports.Sum(report => IterationSeconds(report) + report.ValidationSeconds);
        if (left == 0) return measured;
        int validationsLeft = (config.Iterations - 1) / config.ValidationEvery + 1 - reports.Count(report => report.Validation is not null);
        return measured + left * reports.Select(IterationSeconds).Median()
            + validationsLeft * reports.Where(report => report.Validation is not null).Select(report => report.ValidationSeconds).Median();
    }
}

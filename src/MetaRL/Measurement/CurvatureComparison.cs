using System.Diagnostics;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>One outer step with curvature at all samples and one with thinned curvature, from the same data.</summary>
/// <param name="ExactGain">The improvement of the surrogate by the exact step, zero where no step was accepted</param>
/// <param name="ThinnedGain">The same of the thinned step</param>
/// <param name="ExactSeconds">The time of the exact step</param>
/// <param name="ThinnedSeconds">The time of the thinned step</param>
public sealed record CurvaturePair(
    long Seed, int Iteration, double ExactGain, double ThinnedGain, double ExactSeconds, double ThinnedSeconds)
{
    /// <summary>The gain of the thinned step over that of the exact step; NaN where the exact step gained nothing.</summary>
    public double Ratio => ExactGain > 0 ? ThinnedGain / ExactGain : double.NaN;
}

/// <summary>
/// Measures how much thinned curvature lowers the quality of a step. In a training with exact curvature, both steps are computed
/// from the meta-parameters and batches of each iteration, and their improvements are compared in pairs.
/// </summary>
public static class CurvatureComparison
{
    /// <param name="stride">The thinned learner measures curvature at one of this many samples.</param>
    /// <param name="report">Called after every pair</param>
    public static IReadOnlyList<CurvaturePair> Run(
        MetaTrainingConfig config, int stride, int iterations, IEnumerable<long> seeds, Device device, int threads,
        Action<CurvaturePair> report)
    {
        var pairs = new List<CurvaturePair>();
        foreach (long seed in seeds)
        {
            MetaTrainingConfig seeded = config with { Seed = seed, Iterations = iterations };
            using var exact = new Experiment(With(seeded, stride: 1), device, threads);
            using var thinned = new Experiment(With(seeded, stride), device, threads);
            TensorScope.Free(() => Compare(exact, thinned, pair =>
            {
                pairs.Add(pair);
                report(pair);
            }));
        }
        return pairs;
    }

    /// <summary>
    /// The sum of the thinned steps' gains over the sum of the exact steps' gains. The mean of the pairs' ratios would not do: its
    /// variance is infinite, because an exact step may gain almost nothing.
    /// </summary>
    public static double RatioOfGains(IEnumerable<CurvaturePair> pairs) =>
        pairs.Sum(pair => pair.ThinnedGain) / pairs.Sum(pair => pair.ExactGain);

    private static MetaTrainingConfig With(MetaTrainingConfig config, int stride) => config with
    {
        Optimiser = (config.OuterStep as TrustRegionOptions ?? new TrustRegionOptions()) with { CurvatureStride = stride },
    };

    private static void Compare(Experiment exact, Experiment thinned, Action<CurvaturePair> report)
    {
        MetaTrainingConfig config = exact.Config;
        Tensor meta = exact.CreateInitialMeta();
        for (int iteration = 0; iteration < config.Iterations; iteration++)
        {
            meta = TensorScope.Run(() =>
            {
                TaskBatch tasks = exact.Family.Tasks.Sample(exact.Seed.Stream("tasks", iteration), config.MetaBatchSize);
                IReadOnlyList<SampleBatch> batches = exact.Sampler.Sample(
                    meta, tasks, config.InnerSteps, config.TrajectoriesPerTask, exact.Seed.Stream("rollouts", iteration)).Samples;
                (OuterStep full, double fullSeconds) = Timed(() => exact.Optimiser.Update(meta, batches, 0), meta.device);
                (OuterStep thin, double thinSeconds) = Timed(() => thinned.Optimiser.Update(meta, batches, 0), meta.device);
                double fullGain = full.LossBefore - full.LossAfter, thinGain = thin.LossBefore - thin.LossAfter;
                report(new CurvaturePair(config.Seed, iteration + 1, fullGain, thinGain, fullSeconds, thinSeconds));
                return full.Meta;
            });
        }
    }

    private static (OuterStep Step, double Seconds) Timed(Func<OuterStep> update, Device device)
    {
        Compute.Wait(device);
        var clock = Stopwatch.StartNew();
        OuterStep step = update();
        Compute.Wait(device);
        return (step, clock.Elapsed.TotalSeconds);
    }
}

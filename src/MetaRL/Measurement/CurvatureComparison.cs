using System.Diagnostics;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>One outer step with curvature at all samples and one with thinned curvature, from the same data.</summary>
/// <param name="ExactGain">Improvement of the surrogate, zero where no step was accepted</param>
/// <param name="ExactSeconds">Of the outer step</param>
public sealed record CurvaturePair(long Seed, int Iteration, double ExactGain, double ThinnedGain, double ExactSeconds, double ThinnedSeconds)
{
    /// <summary>Thinned over exact; NaN where the exact step gained nothing.</summary>
    public double Ratio => ExactGain > 0 ? ThinnedGain / ExactGain : double.NaN;
}

/// <summary>
/// What thinned curvature costs in the quality of a step: along a training with exact curvature, both steps are taken
/// from each iteration's meta-parameters and batches, and their improvements compared in pairs.
/// </summary>
public static class CurvatureComparison
{
    /// <param name="stride">The thinned learner measures curvature at one of this many samples.</param>
    /// <param name="report">Called after every pair</param>
    public static IReadOnlyList<CurvaturePair> Run(
        MetaTrainingConfig config, int stride, int iterations, IEnumerable<long> seeds, Device device, int threads, Action<CurvaturePair> report)
    {
        var pairs = new List<CurvaturePair>();
        foreach (long seed in seeds)
        {
            MetaTrainingConfig seeded = config with { Seed = seed, Iterations = iterations };
            using var exact = new Experiment(With(seeded, stride: 1), device, threads);
            using var thinned = new Experiment(With(seeded, stride), device, threads);
            TensorScope.Free(() => Compare(exact, thinned, pair => { pairs.Add(pair); report(pair); }));
        }
        return pairs;
    }

    /// <summary>
    /// All improvement of the thinned steps over all of the exact ones. The mean of the pairs' ratios has no variance, for an
    /// exact step may gain next to nothing.
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
                report(new CurvaturePair(
                    config.Seed, iteration + 1, full.LossBefore - full.LossAfter, thin.LossBefore - thin.LossAfter, fullSeconds, thinSeconds));
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

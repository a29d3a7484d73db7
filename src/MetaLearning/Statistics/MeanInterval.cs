using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaLearning;

/// <summary>A mean and its 95 % confidence interval by Student's t; the interval of a single value is that value.</summary>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    // Quantiles are kept, because computing one is a search that takes longer than everything else here.
    private static readonly ConcurrentDictionary<int, double> Quantiles = new();

    // With fewer values the standard deviation is hardly known, and Student's interval is far wider than the range of the values.
    private const int LeastForStudent = 5;

    /// <summary>
    /// The mean and interval over the seeds of a training. For fewer than five seeds the interval is their range, for more it is
    /// Student's interval, cut at the best possible mean.
    /// </summary>
    /// <param name="values">A value for each seed</param>
    /// <param name="best">The best possible mean; not a number where it is not known</param>
    public static MeanInterval OfSeeds(IReadOnlyList<double> values, double best)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (IsRange(values.Count)) return new MeanInterval(values.Average(), values.Min(), values.Max());
        MeanInterval interval = Of(values);
        return interval.High > best ? interval with { High = Math.Max(best, interval.Mean) } : interval;
    }

    /// <summary>Whether <see cref="OfSeeds"/> gives the range for this number of seeds.</summary>
    public static bool IsRange(int seeds) => seeds < LeastForStudent;

    /// <param name="values">Independent draws, at least one</param>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double mean = values.Average();
        if (values.Count < 2) return new MeanInterval(mean, mean, mean);
        double quantile = Quantiles.GetOrAdd(values.Count - 1, freedom => StudentT.InvCDF(0, 1, freedom, 0.975));
        double half = quantile * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new MeanInterval(mean, mean - half, mean + half);
    }
}

using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaLearning;

/// <summary>A mean and its 95 % interval by Student's t; a single value has no spread, and is its own interval.</summary>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    // The quantile is searched for, which takes longer than all the rest.
    private static readonly ConcurrentDictionary<int, double> Quantiles = new();

    // With fewer the deviation is hardly known, and Student's interval goes far beyond anything that was seen.
    private const int LeastForStudent = 5;

    /// <summary>
    /// Of a few trainings: of fewer than five the mean and what they range over, of more Student's interval as far as it is possible.
    /// </summary>
    /// <param name="values">One per seed</param>
    /// <param name="best">The greatest possible mean; not a number where it is not known</param>
    public static MeanInterval OfSeeds(IReadOnlyList<double> values, double best)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (IsRange(values.Count)) return new MeanInterval(values.Average(), values.Min(), values.Max());
        MeanInterval interval = Of(values);
        return interval.High > best ? interval with { High = Math.Max(best, interval.Mean) } : interval;
    }

    /// <summary>Whether <see cref="OfSeeds"/> gives so few seeds their range.</summary>
    public static bool IsRange(int seeds) => seeds < LeastForStudent;

    /// <param name="values">Independent draws, at least one</param>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double mean = values.Average();
        double half = values.Count < 2 ? 0 : Quantiles.GetOrAdd(values.Count - 1, freedom => StudentT.InvCDF(0, 1, freedom, 0.975)) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new MeanInterval(mean, mean - half, mean + half);
    }
}

using System.Collections.Concurrent;
using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaRL;

/// <summary>A mean and its 95 % interval by Student's t; a single value has no spread, and is its own interval.</summary>
public readonly record struct MeanInterval(double Mean, double Low, double High)
{
    // The quantile is searched for, which takes longer than all the rest.
    private static readonly ConcurrentDictionary<int, double> Quantiles = new();

    /// <param name="values">Independent draws, at least one</param>
    public static MeanInterval Of(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        double mean = values.Average();
        double half = values.Count < 2 ? 0 : Quantiles.GetOrAdd(values.Count - 1, freedom => StudentT.InvCDF(0, 1, freedom, 0.975)) * values.StandardDeviation() / Math.Sqrt(values.Count);
        return new MeanInterval(mean, mean - half, mean + half);
    }
}

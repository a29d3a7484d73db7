using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Viewer;

/// <summary>The returns after a number of gradient steps: of one task's trajectories, or of many tasks.</summary>
public sealed record StepReturns(IReadOnlyList<double> Values)
{
    public double Mean { get; } = Values.Average();

    /// <summary>95 % interval of the mean, by Student's t.</summary>
    public (double Low, double High) Interval
    {
        get
        {
            double half = Values.Count < 2 ? 0 : StudentT.InvCDF(0, 1, Values.Count - 1, 0.975) * Values.StandardDeviation() / Math.Sqrt(Values.Count);
            return (Mean - half, Mean + half);
        }
    }
}

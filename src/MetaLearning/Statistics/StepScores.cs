using MathNet.Numerics.Statistics;

namespace MamlRobotics.MetaLearning;

/// <summary>The scores of the models after k inner steps on a set of tasks.</summary>
/// <param name="Step">k</param>
/// <param name="Values">[N], the score of each task</param>
public record StepScores(int Step, IReadOnlyList<double> Values)
{
    public double Mean { get; } = Values.Average();

    /// <summary>Standard error of the mean over tasks; zero for a single task.</summary>
    public double StandardError { get; } = Values.Count < 2 ? 0 : Values.StandardDeviation() / Math.Sqrt(Values.Count);

    /// <summary>95 % confidence interval of the mean over tasks, by Student's t.</summary>
    public MeanInterval Interval { get; } = MeanInterval.Of(Values);
}

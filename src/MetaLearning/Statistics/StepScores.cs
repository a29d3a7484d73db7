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

    /// <summary>Refuses scores of which one is not a finite number.</summary>
    /// <param name="score">What the scores are, such as the loss</param>
    /// <exception cref="TrainingException">The message names the first step and the first task without a score.</exception>
    public static void RequireFinite(IReadOnlyList<StepScores> steps, string score)
    {
        foreach (StepScores at in steps)
        {
            if (at.Values.All(double.IsFinite)) continue;
            int task = at.Values.Index().First(value => !double.IsFinite(value.Item)).Index;
            throw new TrainingException($"The {score} of task {task + 1} of {at.Values.Count} is not finite after step {at.Step}: the "
                + "inner learning rate is too high, or the training diverged.");
        }
    }
}

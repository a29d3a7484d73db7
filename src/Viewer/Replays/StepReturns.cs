using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>The returns after a number of gradient steps: of one task's trajectories, or of many tasks.</summary>
public sealed record StepReturns(IReadOnlyList<double> Values)
{
    public double Mean => Interval.Mean;

    /// <summary>95 % interval of the mean, by Student's t.</summary>
    public MeanInterval Interval { get; } = MeanInterval.Of(Values);
}

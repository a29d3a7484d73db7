namespace MamlRobotics.MetaRL;

/// <summary>What training is measured by.</summary>
public enum TrainingAxis
{
    Iterations,

    /// <summary>Environment steps that were sampled for learning.</summary>
    Steps,

    /// <summary>Of the clock, validation included.</summary>
    Seconds,
}

namespace MamlRobotics.MetaRL;

/// <summary>The quantity along which a training is shown.</summary>
public enum TrainingAxis
{
    Iterations,

    /// <summary>Environment steps that were sampled for learning.</summary>
    Steps,

    /// <summary>Seconds of the clock, including validations.</summary>
    Seconds,
}

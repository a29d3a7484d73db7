namespace MamlRobotics.MetaLearning;

/// <summary>The quantity along which a training is shown.</summary>
public enum TrainingAxis
{
    Iterations,

    /// <summary>Steps of the data that were sampled for learning, where a problem counts them.</summary>
    Steps,

    /// <summary>Seconds of the clock, including validations.</summary>
    Seconds,
}

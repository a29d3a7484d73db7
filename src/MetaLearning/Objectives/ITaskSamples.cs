namespace MamlRobotics.MetaLearning;

/// <summary>The data of N tasks for one inner step, or for the outer loss.</summary>
public interface ITaskSamples<TSelf> : ITensorHolder where TSelf : ITaskSamples<TSelf>
{
    /// <summary>N, the number of tasks.</summary>
    long TaskCount { get; }

    /// <summary>M, the number of samples of the task that has the most.</summary>
    long SampleCount { get; }

    /// <summary>The data of some tasks, without a copy.</summary>
    TSelf Tasks(long first, long count);

    /// <summary>About one sample of every <paramref name="stride"/>, for estimates that do not need all samples.</summary>
    TSelf Thinned(int stride);
}

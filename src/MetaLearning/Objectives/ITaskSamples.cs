namespace MamlRobotics.MetaLearning;

/// <summary>The data of N tasks for one inner step, or for the outer loss.</summary>
public interface ITaskSamples<TSelf> : ITensorHolder where TSelf : ITaskSamples<TSelf>
{
    /// <summary>N.</summary>
    long TaskCount { get; }

    /// <summary>M, samples of the task with the most.</summary>
    long SampleCount { get; }

    /// <summary>The data of some tasks, without a copy.</summary>
    TSelf Tasks(long first, long count);

    /// <summary>About one sample of every <paramref name="stride"/>, for estimates that need not see all.</summary>
    TSelf Thinned(int stride);
}

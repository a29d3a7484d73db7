namespace MamlRobotics.MetaLearning;

/// <summary>
/// The processes that train one run together. Each computes some of the parts that the work is split into, then all gather what the
/// others computed and go on with the same numbers. All have to make the same calls in the same order.
/// </summary>
public interface IProcessGroup
{
    /// <summary>The number of processes.</summary>
    int Size { get; }

    /// <summary>The number of this process, from 0. The process of rank 0 writes the files of the run.</summary>
    int Rank { get; }

    /// <summary>Completes a message to which each process contributes one piece.</summary>
    /// <param name="all">The pieces one after another in the order of the ranks, of which only this process's own is there yet</param>
    /// <param name="lengths">[Size], the number of bytes of each piece</param>
    void AllGather(Span<byte> all, ReadOnlySpan<int> lengths);
}

/// <summary>A process that trains by itself.</summary>
public sealed class OneProcess : IProcessGroup
{
    public static readonly OneProcess Instance = new();

    private OneProcess()
    {
    }

    /// <inheritdoc/>
    public int Size => 1;

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public void AllGather(Span<byte> all, ReadOnlySpan<int> lengths)
    {
    }
}

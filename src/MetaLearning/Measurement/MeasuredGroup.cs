using System.Diagnostics;

namespace MamlRobotics.MetaLearning;

/// <summary>
/// A group of processes whose exchange is measured. Before each message the processes wait for each other, so that the time of waiting
/// for the one with the most work is told from that of the message itself.
/// </summary>
internal sealed class MeasuredGroup(IProcessGroup group) : IProcessGroup
{
    private readonly List<int> messages = [];
    private readonly Stopwatch waiting = new(), exchange = new();
    private TimeSpan processor;

    /// <inheritdoc/>
    public int Size => group.Size;

    /// <inheritdoc/>
    public int Rank => group.Rank;

    /// <summary>Whether messages are measured; all processes have to change it together.</summary>
    public bool IsMeasuring { get; set; }

    /// <inheritdoc/>
    public void AllGather(Span<byte> all, ReadOnlySpan<int> lengths)
    {
        if (!IsMeasuring)
        {
            group.AllGather(all, lengths);
            return;
        }
        TimeSpan before = System.Environment.CpuUsage.TotalTime;
        waiting.Start();
        group.FromEach((byte)0);
        waiting.Stop();
        exchange.Start();
        group.AllGather(all, lengths);
        exchange.Stop();
        processor += System.Environment.CpuUsage.TotalTime - before;
        messages.Add(all.Length);
    }

    /// <summary>What was measured since the last call.</summary>
    /// <returns>Seconds, and of the processor those that went into both</returns>
    public (double Waiting, double Exchange, double Processor, int[] Messages) Take()
    {
        var taken = (waiting.Elapsed.TotalSeconds, exchange.Elapsed.TotalSeconds, processor.TotalSeconds, messages.ToArray());
        processor = TimeSpan.Zero;
        waiting.Reset();
        exchange.Reset();
        messages.Clear();
        return taken;
    }
}

namespace MamlRobotics.MetaLearning;

/// <summary>The items, of all that there are, that one process of a group computes.</summary>
/// <param name="First">The index of the first one</param>
public readonly record struct Share(int First, int Count)
{
    public int Next => First + Count;

    /// <summary>The indices of the items.</summary>
    public IEnumerable<int> Items => Enumerable.Range(First, Count);

    /// <summary>The shares of all processes, in order. They differ by at most one item.</summary>
    public static Share[] Of(int items, IProcessGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        int Bound(int rank) => (int)((long)items * rank / group.Size);
        return [.. Enumerable.Range(0, group.Size).Select(rank => new Share(Bound(rank), Bound(rank + 1) - Bound(rank)))];
    }
}

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Threads of this process in the place of processes that train together.</summary>
internal sealed class ThreadGroup
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly Barrier barrier;
    private readonly byte[][] pieces;
    private readonly CancellationTokenSource failed = new(Longest);

    private ThreadGroup(int size) => (barrier, pieces) = (new Barrier(size), new byte[size][]);

    /// <summary>Runs the same in every member, each on a thread of its own.</summary>
    /// <returns>The results in the order of the ranks</returns>
    /// <exception cref="AggregateException">A member failed; the others do not wait for it for ever.</exception>
    public static T[] Run<T>(int size, Func<IProcessGroup, T> member)
    {
        var group = new ThreadGroup(size);
        var results = new T[size];
        var problems = new List<Exception>();
        Thread[] threads = [.. Enumerable.Range(0, size).Select(rank => new Thread(() =>
        {
            try
            {
                results[rank] = member(new Member(group, rank));
            }
            catch (Exception problem)
            {
                lock (problems) problems.Add(problem);
                group.failed.Cancel();
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return problems.Count == 0 ? results : throw new AggregateException(problems);
    }

    private sealed class Member(ThreadGroup group, int rank) : IProcessGroup
    {
        public int Size => group.pieces.Length;

        public int Rank => rank;

        public void AllGather(Span<byte> all, ReadOnlySpan<int> lengths)
        {
            Assert.Equal(all.Length, lengths.ToArray().Sum());
            group.pieces[rank] = all.Slice(lengths[..rank].ToArray().Sum(), lengths[rank]).ToArray();
            group.barrier.SignalAndWait(group.failed.Token);
            int at = 0;
            foreach (byte[] piece in group.pieces)
            {
                piece.CopyTo(all[at..]);
                at += piece.Length;
            }
            Assert.Equal(all.Length, at);
            group.barrier.SignalAndWait(group.failed.Token);
        }
    }
}

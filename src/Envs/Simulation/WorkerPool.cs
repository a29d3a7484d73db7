namespace MamlRobotics.Envs;

/// <summary>Threads that live as long as the pool and share ranges of work; running them allocates nothing.</summary>
internal sealed class WorkerPool : IDisposable
{
    private readonly Action<int, int> work;
    private readonly Barrier barrier;
    private readonly Exception?[] problems;
    private int count;
    private volatile bool isStopping;

    /// <param name="threads">The caller's thread included.</param>
    /// <param name="work">Does the items [from, to).</param>
    public WorkerPool(int threads, Action<int, int> work)
    {
        this.work = work;
        barrier = new Barrier(threads);
        problems = new Exception?[threads];
        for (int worker = 1; worker < threads; worker++)
        {
            int index = worker;
            new Thread(() => Serve(index)) { IsBackground = true, Name = $"simulator {index}" }.Start();
        }
    }

    /// <summary>Does the items [0, count) and returns when all are done.</summary>
    public void Run(int count)
    {
        this.count = count;
        barrier.SignalAndWait();
        Share(0);
        barrier.SignalAndWait();
        foreach (Exception? problem in problems)
            if (problem is not null) throw new AggregateException(problem);
    }

    public void Dispose()
    {
        if (isStopping) return;
        isStopping = true;
        barrier.SignalAndWait();
    }

    private void Serve(int worker)
    {
        while (true)
        {
            barrier.SignalAndWait();
            if (isStopping) return;
            Share(worker);
            barrier.SignalAndWait();
        }
    }

    private void Share(int worker)
    {
        int threads = problems.Length;
        try
        {
            work((int)((long)count * worker / threads), (int)((long)count * (worker + 1) / threads));
            problems[worker] = null;
        }
        catch (Exception problem)
        {
            // Rethrown by the caller of Run: an exception on a thread of its own would end the process.
            problems[worker] = problem;
        }
    }
}

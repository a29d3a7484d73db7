namespace MamlRobotics.Envs;

/// <summary>
/// Threads that live as long as the pool and share ranges of work. Running them allocates nothing, which the library's
/// barriers and events do when a thread has to wait for long.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    // A step takes some tens of microseconds: waking a sleeping thread would cost as much.
    private const int Spins = 30;

    private readonly Action<int, int> work;
    private readonly Exception?[] problems;
    private readonly object gate = new();
    private int count;
    private volatile int round;
    private volatile int pending;
    private volatile bool isStopping;

    /// <param name="threads">The caller's thread included.</param>
    /// <param name="work">Does the items [from, to).</param>
    public WorkerPool(int threads, Action<int, int> work)
    {
        this.work = work;
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
        ObjectDisposedException.ThrowIf(isStopping, this);
        lock (gate)
        {
            this.count = count;
            pending = problems.Length - 1;
            round++;
            Monitor.PulseAll(gate);
        }
        Share(0);
        SpinWait spin = default;
        while (pending > 0 && spin.Count < Spins) spin.SpinOnce(sleep1Threshold: -1);
        lock (gate)
        {
            while (pending > 0) Monitor.Wait(gate);
        }
        foreach (Exception? problem in problems)
            if (problem is not null) throw new AggregateException(problem);
    }

    public void Dispose()
    {
        lock (gate)
        {
            isStopping = true;
            Monitor.PulseAll(gate);
        }
    }

    private void Serve(int worker)
    {
        int done = 0;
        while (true)
        {
            SpinWait spin = default;
            while (round == done && !isStopping && spin.Count < Spins) spin.SpinOnce(sleep1Threshold: -1);
            lock (gate)
            {
                while (round == done && !isStopping) Monitor.Wait(gate);
                if (isStopping) return;
                done = round;
            }
            Share(worker);
            lock (gate)
            {
                if (--pending == 0) Monitor.PulseAll(gate);
            }
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

namespace MamlRobotics.Envs;

/// <summary>
/// Threads that share ranges of work and live as long as the pool. Running them allocates nothing, unlike barriers and events of the base
/// library, which allocate when a thread waits for long.
/// </summary>
internal sealed class WorkerPool : IDisposable
{
    // Threads spin before they sleep. A step takes some tens of microseconds, and waking a sleeping thread takes as long.
    private const int Spins = 30;

    private readonly Action<int, int> work;
    private readonly Exception?[] problems;
    private readonly object gate = new();
    private int count;
    private volatile int round;
    private volatile int pending;
    private volatile bool isStopping;

    /// <param name="threads">Number of threads, including the caller's</param>
    /// <param name="work">Processes the items [from, to)</param>
    public WorkerPool(int threads, Action<int, int> work)
    {
        this.work = work;
        problems = new Exception?[threads];
        for (int worker = 1; worker < threads; worker++)
        {
            int index = worker;
            new Thread(() => RunWorker(index)) { IsBackground = true, Name = $"simulator {index}" }.Start();
        }
    }

    /// <summary>Processes the items [0, count), and returns when all are done.</summary>
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
        ProcessShare(0);
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

    private void RunWorker(int worker)
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
            ProcessShare(worker);
            lock (gate)
            {
                if (--pending == 0) Monitor.PulseAll(gate);
            }
        }
    }

    private void ProcessShare(int worker)
    {
        int threads = problems.Length;
        try
        {
            work((int)((long)count * worker / threads), (int)((long)count * (worker + 1) / threads));
            problems[worker] = null;
        }
        catch (Exception problem)
        {
            // Run rethrows it on the caller's thread, because an unhandled exception on another thread ends the process.
            problems[worker] = problem;
        }
    }
}

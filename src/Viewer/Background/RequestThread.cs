using System.Runtime.ExceptionServices;

namespace MamlRobotics.Viewer;

/// <summary>
/// A thread that serves requests in the background. A new request replaces one that is still waiting, and the last result waits until it
/// is taken.
/// </summary>
internal sealed class RequestThread<TRequest, TResult> : IDisposable
    where TRequest : class
    where TResult : class
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly Thread thread;
    private TRequest? wanted;
    private TResult? finished;
    private ExceptionDispatchInfo? problem;
    private volatile bool isEnding;

    /// <param name="work">Serves requests until <see cref="Next"/> gives none</param>
    public RequestThread(string name, Action work) => thread = new Thread(() => WorkOrFail(work)) { IsBackground = true, Name = name };

    /// <summary>Whether a request waits, or the thread is to end.</summary>
    public bool IsInterrupted
    {
        get
        {
            lock (gate) return isEnding || wanted is not null;
        }
    }

    public void Start() => thread.Start();

    public void Ask(TRequest request)
    {
        lock (gate) wanted = request;
        wake.Set();
    }

    /// <summary>The result that was finished since the last call, or null. An exception of the thread is thrown here.</summary>
    public TResult? Take()
    {
        lock (gate)
        {
            problem?.Throw();
            TResult? taken = finished;
            finished = null;
            return taken;
        }
    }

    /// <summary>Waits for a request; null when the thread is to end.</summary>
    public TRequest? Next()
    {
        while (!isEnding)
        {
            TRequest? request;
            lock (gate) (request, wanted) = (wanted, null);
            if (request is not null) return request;
            wake.WaitOne();
        }
        return null;
    }

    public void Finish(TResult result)
    {
        lock (gate) finished = result;
    }

    public void Fail(Exception failure)
    {
        lock (gate) problem ??= ExceptionDispatchInfo.Capture(failure);
    }

    public void Dispose()
    {
        isEnding = true;
        wake.Set();
        thread.Join();
        wake.Dispose();
    }

    private void WorkOrFail(Action work)
    {
        try
        {
            work();
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
    }
}

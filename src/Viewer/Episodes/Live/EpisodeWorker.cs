using System.Runtime.ExceptionServices;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>
/// Adapts to episodes in the background, on the only thread that touches tensors. A new request replaces one that is still waiting.
/// </summary>
public sealed class EpisodeWorker : IDisposable
{
    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private readonly EpisodeAdapter adapter;
    private readonly Thread thread;
    private EpisodeRequest? wanted;
    private EpisodeAdaptation? finished;
    private ExceptionDispatchInfo? problem;
    private volatile bool isEnding;

    public EpisodeWorker(EpisodeAdapter adapter)
    {
        this.adapter = adapter;
        thread = new Thread(Work) { IsBackground = true, Name = "episodes" };
        thread.Start();
    }

    public void Ask(EpisodeRequest request)
    {
        lock (gate) wanted = request;
        wake.Set();
    }

    /// <summary>The adaptation that was finished since the last call, or null. An exception of the thread is thrown here.</summary>
    public EpisodeAdaptation? Take()
    {
        lock (gate)
        {
            problem?.Throw();
            EpisodeAdaptation? taken = finished;
            finished = null;
            return taken;
        }
    }

    public void Dispose()
    {
        isEnding = true;
        wake.Set();
        thread.Join();
        wake.Dispose();
    }

    private void Work()
    {
        try
        {
            while (!isEnding)
            {
                EpisodeRequest? request;
                lock (gate) (request, wanted) = (wanted, null);
                if (request is null) wake.WaitOne();
                else Finish(adapter.Adapt(request));
            }
        }
        catch (Exception failure)
        {
            lock (gate) problem = ExceptionDispatchInfo.Capture(failure);
        }
    }

    private void Finish(EpisodeAdaptation adaptation)
    {
        lock (gate) finished = adaptation;
    }
}

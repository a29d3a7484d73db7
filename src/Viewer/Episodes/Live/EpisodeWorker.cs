using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>
/// Adapts to episodes in the background, on the only thread that touches tensors. A new request replaces one that is still waiting.
/// </summary>
public sealed class EpisodeWorker : IDisposable
{
    private readonly EpisodeAdapter adapter;
    private readonly RequestThread<EpisodeRequest, EpisodeAdaptation> requests;

    public EpisodeWorker(EpisodeAdapter adapter)
    {
        this.adapter = adapter;
        requests = new("episodes", Work);
        requests.Start();
    }

    public void Ask(EpisodeRequest request) => requests.Ask(request);

    /// <summary>The adaptation that was finished since the last call, or null. An exception of the thread is thrown here.</summary>
    public EpisodeAdaptation? Take() => requests.Take();

    public void Dispose() => requests.Dispose();

    private void Work()
    {
        while (requests.Next() is { } request) requests.Finish(adapter.Adapt(request));
    }
}

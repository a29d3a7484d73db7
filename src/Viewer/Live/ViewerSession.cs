using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Brings controls and adaptations together: what the user asks for goes to the policies, and what they have done is
/// shown. Two policies are asked for the same task with the same draws, and shown once both have adapted.
/// </summary>
public sealed class ViewerSession : IDisposable
{
    private readonly IReadOnlyList<AdaptationWorker> workers;
    private readonly Adaptation?[] latest;
    private AdaptationRequest? wanted, underWay;

    /// <param name="family">As the sliders may change it</param>
    public ViewerSession(TaskFamily family, IReadOnlyList<AdaptationWorker> workers, AdaptationRequest first, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(workers);
        this.workers = workers;
        latest = new Adaptation?[workers.Count];
        Controls = new ViewerControls(family, theme, first, request => wanted = request, workers.Count);
    }

    public ViewerControls Controls { get; }

    /// <summary>Adaptations shown so far.</summary>
    public int Shown { get; private set; }

    /// <summary>Passes on what is asked for, and shows what has been done since the last call.</summary>
    public void Tick(double seconds)
    {
        // One request at a time, so that both policies work on the same.
        if (wanted is not null && underWay is null)
        {
            foreach (AdaptationWorker worker in workers) worker.Ask(wanted);
            (wanted, underWay) = (null, wanted);
        }
        bool isNew = false;
        for (int i = 0; i < workers.Count; i++)
        {
            if (workers[i].Take() is not { } taken) continue;
            (latest[i], isNew) = (taken, true);
        }
        if (isNew && latest.All(taken => taken is not null && taken.Request == latest[0]!.Request)) Show();
        Controls.Advance(seconds);
    }

    public void Dispose()
    {
        foreach (AdaptationWorker worker in workers) worker.Dispose();
    }

    private void Show()
    {
        if (latest[0]!.Request == underWay) underWay = null;
        if (latest.Select(taken => taken!.Failure).FirstOrDefault(failure => failure.Length > 0) is { } said)
        {
            Controls.Say(said);
            return;
        }
        Shown++;
        if (latest[0]!.Everyone is { } population) Controls.Show(population);
        else Controls.Show([.. latest.Select(taken => taken!.Replay!)]);
    }
}

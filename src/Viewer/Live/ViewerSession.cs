using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Passes the user's requests from the controls to the policies, and shows their adaptations. Two policies are asked for the
/// same task with the same random draws, and are shown when both have adapted.
/// </summary>
public sealed class ViewerSession : IDisposable
{
    private readonly IReadOnlyList<AdaptationWorker> workers;
    private readonly Adaptation?[] latest;
    private AdaptationRequest? wanted, underWay;

    /// <param name="family">The family with the columns that the sliders change</param>
    public ViewerSession(TaskFamily family, IReadOnlyList<AdaptationWorker> workers, AdaptationRequest first, Theme theme)
    {
        ArgumentNullException.ThrowIfNull(workers);
        this.workers = workers;
        latest = new Adaptation?[workers.Count];
        Controls = new ViewerControls(family, theme, first, request => wanted = request, workers.Count);
    }

    public ViewerControls Controls { get; }

    /// <summary>The number of adaptations that have been shown so far.</summary>
    public int Shown { get; private set; }

    /// <summary>Passes on the user's request, and shows the adaptations that were finished since the last call.</summary>
    public void Tick(double seconds)
    {
        // Requests are passed on one at a time, so that both policies work on the same one.
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
        if (latest.Select(taken => taken!.Failure).FirstOrDefault(reason => reason.Length > 0) is { } failure)
        {
            Controls.Say(failure);
            return;
        }
        Shown++;
        if (latest[0]!.Population is { } population) Controls.Show(population);
        else Controls.Show([.. latest.Select(taken => taken!.Replay!)]);
    }
}

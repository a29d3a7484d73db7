using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Searches for best known returns on a thread of its own, one at a time. Since a planner cannot be interrupted, a search
/// begins only after a pause, and only for the last request. The thread touches no tensor.
/// </summary>
internal sealed class ReferenceFinder : IDisposable
{
    private readonly object gate = new();
    private readonly TimeSpan rest;
    private readonly Action<Exception> failed;
    private Action? wanted;
    private bool isEnding;

    /// <param name="rest">A search begins when no other request has come for so long</param>
    /// <param name="failed">Is called on the finder's thread with the exception of a search</param>
    public ReferenceFinder(TimeSpan rest, Action<Exception> failed)
    {
        (this.rest, this.failed) = (rest, failed);
        // Nobody waits for the thread, because a search that is unfinished when the program ends is of no use.
        new Thread(Work) { IsBackground = true, Name = "planning", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <param name="found">Is called on the finder's thread, unless a later request came first</param>
    public void Ask(TaskFamily family, TaskBatch task, Action<ReferenceReturn> found) =>
        Change(() => wanted = () => found(VariedFamily.FoundReturn(family, task)));

    /// <summary>Drops the request that waits.</summary>
    public void Forget() => Change(() => wanted = null);

    public void Dispose() => Change(() => isEnding = true);

    private void Change(Action change)
    {
        lock (gate)
        {
            change();
            Monitor.Pulse(gate);
        }
    }

    private void Work()
    {
        while (Next() is { } search)
        {
            try
            {
                search();
            }
            catch (Exception problem)
            {
                failed(problem);
            }
        }
    }

    /// <summary>Waits for a request that no other follows during the rest. Returns null at the end.</summary>
    private Action? Next()
    {
        lock (gate)
        {
            while (!isEnding)
            {
                if (wanted is null) Monitor.Wait(gate);
                else if (!Monitor.Wait(gate, rest) && wanted is { } search)
                {
                    wanted = null;
                    return search;
                }
            }
            return null;
        }
    }
}

using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Searches for best known returns on a thread of its own, one at a time and the last wish only, once the user has
/// rested for a moment: a planner cannot be interrupted. It touches no tensor.
/// </summary>
internal sealed class ReferenceFinder : IDisposable
{
    private readonly object gate = new();
    private readonly TimeSpan rest;
    private readonly Action<Exception> failed;
    private Action? wanted;
    private bool isEnding;

    /// <param name="rest">Without another wish, before a search begins</param>
    /// <param name="failed">Called on the finder's thread with what a search throws</param>
    public ReferenceFinder(TimeSpan rest, Action<Exception> failed)
    {
        (this.rest, this.failed) = (rest, failed);
        // Nobody waits for the thread: what it still searches for when the program ends is of no use to anyone.
        new Thread(Work) { IsBackground = true, Name = "planning", Priority = ThreadPriority.BelowNormal }.Start();
    }

    /// <param name="found">Called on the finder's thread, unless a later wish came first.</param>
    public void Ask(TaskFamily family, TaskBatch task, Action<ReferenceReturn> found) => Change(() => wanted = () => found(VariedFamily.FoundReturn(family, task)));

    /// <summary>What is searched for now is no longer of interest.</summary>
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

    /// <summary>Waits for a wish that no other follows within the rest; null at the end.</summary>
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

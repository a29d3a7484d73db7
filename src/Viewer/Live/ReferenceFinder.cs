using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>
/// Searches for best known returns on a thread of its own, one at a time and the last wish only, once the user has
/// rested for a moment: a planner cannot be interrupted. It touches no tensor.
/// </summary>
internal sealed class ReferenceFinder : IDisposable
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(0.4);

    private readonly Lock gate = new();
    private readonly AutoResetEvent wake = new(false);
    private Action? wanted;
    private volatile bool isEnding;

    // Nobody waits for the thread: what it still searches for when the program ends is of no use to anyone.
    public ReferenceFinder() => new Thread(Work) { IsBackground = true, Name = "planning", Priority = ThreadPriority.BelowNormal }.Start();

    /// <param name="found">Called on the finder's thread, unless a later wish came first.</param>
    public void Ask(TaskFamily family, TaskBatch task, Action<ReferenceReturn> found)
    {
        lock (gate) wanted = () => found(VariedFamily.FoundReturn(family, task));
        wake.Set();
    }

    /// <summary>What is searched for now is no longer of interest.</summary>
    public void Forget()
    {
        lock (gate) wanted = null;
    }

    public void Dispose()
    {
        isEnding = true;
        wake.Set();
    }

    private void Work()
    {
        while (!isEnding)
        {
            wake.WaitOne();
            while (!isEnding && wake.WaitOne(Rest)) { }
            Action? search;
            lock (gate) (search, wanted) = (wanted, null);
            if (!isEnding) search?.Invoke();
        }
        wake.Dispose();
    }
}

using System.Diagnostics;
using MamlRobotics.Cli.Rendering;

namespace MamlRobotics.Cli.Commands;

/// <summary>Trains the runs of a sweep, several at a time, each in a process of its own.</summary>
/// <param name="processes">The number of trainings at a time</param>
/// <param name="threads">The threads of each</param>
internal sealed class Sweep(IReadOnlyList<SweepRun> runs, string configuration, string device, int processes, int threads)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    // The metrics of all runs are read for it.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(2), PlainInterval = TimeSpan.FromSeconds(10);

    // The signal that asks to stop comes on a thread of its own.
    private readonly Lock access = new();
    private readonly Queue<SweepRun> waiting = new(runs.Where(run => !SweepState.IsDone(run)));
    private readonly List<SweepProcess> running = [];
    private readonly List<(SweepRun Run, string Failure)> failures = [];

    /// <summary>Trains what is left, until all is done or <paramref name="stop"/> asks to stop.</summary>
    /// <returns>The runs that failed, and why</returns>
    public IReadOnlyList<(SweepRun Run, string Failure)> Train(CancellationToken stop)
    {
        using var line = new PhaseProgress();
        using CancellationTokenRegistration onStop = stop.Register(AskToStop);
        var progress = new SweepProgress(runs);
        var sinceShown = Stopwatch.StartNew();
        while (running.Count > 0 || (waiting.Count > 0 && !stop.IsCancellationRequested))
        {
            lock (access)
            {
                while (running.Count < processes && waiting.Count > 0 && !stop.IsCancellationRequested)
                    running.Add(SweepProcess.Start(waiting.Dequeue(), configuration, device, threads));
                TakeEnded(stop.IsCancellationRequested);
            }
            if (sinceShown.Elapsed > (Console.IsErrorRedirected ? PlainInterval : ProgressInterval))
            {
                line.Show(stop.IsCancellationRequested ? "stopping after this iteration of each run" : progress.Text(running.Count));
                sinceShown.Restart();
            }
            Thread.Sleep(Poll);
        }
        return failures;
    }

    private void TakeEnded(bool isStopping)
    {
        foreach (SweepProcess ended in running.Where(process => process.HasEnded).ToArray())
        {
            if (!ended.HasSucceeded && !isStopping) failures.Add((ended.Run, ended.Failure));
            running.Remove(ended);
            ended.Dispose();
        }
    }

    private void AskToStop()
    {
        lock (access)
        {
            foreach (SweepProcess process in running) process.AskToStop();
        }
    }
}

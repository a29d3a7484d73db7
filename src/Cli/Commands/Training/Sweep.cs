using System.Diagnostics;
using MamlRobotics.Cli.Rendering;

namespace MamlRobotics.Cli.Commands;

/// <summary>Trains the runs of a sweep, several at a time, each in a process of its own.</summary>
/// <param name="Processes">The number of trainings at a time</param>
/// <param name="Threads">The threads of each</param>
internal sealed record Sweep(IReadOnlyList<SweepRun> Runs, string Configuration, string Device, int Processes, int Threads)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200), PlainInterval = TimeSpan.FromSeconds(10);

    /// <summary>Trains what is left, until all is done or <paramref name="stop"/> asks to stop.</summary>
    /// <returns>The runs that failed, and why</returns>
    public IReadOnlyList<(SweepRun Run, string Failure)> Train(CancellationToken stop)
    {
        Queue<SweepRun> waiting = new(Runs.Where(run => !SweepState.IsDone(run)));
        var failures = new List<(SweepRun, string)>();
        List<SweepProcess> running = [];
        using var progress = new PhaseProgress();
        using CancellationTokenRegistration onStop = stop.Register(() => AskToStop(running));
        var shown = new SweepProgress(Runs);
        var sinceShown = Stopwatch.StartNew();
        while (running.Count > 0 || (waiting.Count > 0 && !stop.IsCancellationRequested))
        {
            lock (running)
            {
                while (running.Count < Processes && waiting.Count > 0 && !stop.IsCancellationRequested)
                    running.Add(SweepProcess.Start(waiting.Dequeue(), Configuration, Device, Threads));
                foreach (SweepProcess ended in running.Where(process => process.HasEnded).ToArray())
                {
                    if (!ended.HasSucceeded && !stop.IsCancellationRequested) failures.Add((ended.Run, ended.Failure));
                    running.Remove(ended);
                    ended.Dispose();
                }
            }
            if (!Console.IsErrorRedirected || sinceShown.Elapsed > PlainInterval)
            {
                progress.Show(stop.IsCancellationRequested ? "stopping after this iteration of each run" : shown.Text(running.Count));
                sinceShown.Restart();
            }
            Thread.Sleep(Poll);
        }
        return failures;
    }

    private static void AskToStop(List<SweepProcess> running)
    {
        lock (running)
        {
            foreach (SweepProcess process in running) process.AskToStop();
        }
    }
}

/// <summary>The progress of a sweep as text.</summary>
internal sealed class SweepProgress
{
    private readonly IReadOnlyList<SweepRun> runs;
    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly int total, first;

    public SweepProgress(IReadOnlyList<SweepRun> runs)
    {
        this.runs = runs;
        total = runs.Sum(run => run.Config.Iterations);
        first = runs.Sum(SweepState.Iterations);
    }

    public string Text(int running)
    {
        int[] iterations = [.. runs.Select(SweepState.Iterations)];
        int done = iterations.Zip(runs).Count(run => run.First >= run.Second.Config.Iterations), all = iterations.Sum();
        string left = all > first ? $", {TrainingProgress.Duration(clock.Elapsed / (all - first) * (total - all))} left" : "";
        return FormattableString.Invariant($"{done} of {runs.Count} runs done, {running} running, {all} of {total} iterations{left}");
    }
}

using System.Diagnostics;
using MamlRobotics.Cli.Rendering;

namespace MamlRobotics.Cli.Commands;

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

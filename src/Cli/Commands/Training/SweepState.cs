using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>The state of a sweep's run on the disk.</summary>
internal static class SweepState
{
    /// <summary>Whether all iterations are done.</summary>
    /// <exception cref="InputException">The folder holds another run, or is in use.</exception>
    public static bool IsDone(SweepRun run)
    {
        if (!File.Exists(RunFolder.LatestIn(run.Folder)))
        {
            // A folder that holds anything else is refused here, before a run starts.
            if (Path.Exists(run.Folder)) RunFolder.Create(run.Folder).Dispose();
            return false;
        }
        Checkpoint latest = Checkpoint.Read(RunFolder.LatestIn(run.Folder));
        (string Key, string One, string Other)[] differences = [.. ConfigFormat.Differences(run.Config, latest.Config)];
        if (differences.Length > 0)
        {
            string keys = string.Join("; ", differences.Select(key => $"{key.Key} {key.Other}, here {key.One}"));
            throw new InputException($"{run.Folder} is of another configuration ({keys}); give --out another folder.");
        }
        bool isDone = latest.Iteration >= latest.Config.Iterations;
        if (!isDone) RunFolder.Open(run.Folder).Dispose();
        return isDone;
    }

    /// <summary>Whether the run goes on at present, in whatever process.</summary>
    public static bool IsInUse(SweepRun run) => Directory.Exists(run.Folder) && RunFolder.IsInUse(run.Folder);

    /// <summary>The number of iterations done, by the rows of metrics.csv.</summary>
    public static int Iterations(SweepRun run)
    {
        string metrics = Path.Combine(run.Folder, "metrics.csv");
        try
        {
            return File.Exists(metrics) ? Math.Max(0, File.ReadLines(metrics).Count() - 1) : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>
    /// The scores of the best checkpoint after each inner step on the validation tasks of the run; null where the run is not done.
    /// </summary>
    public static IReadOnlyList<double>? Validation(SweepRun run)
    {
        string latest = RunFolder.LatestIn(run.Folder);
        Checkpoint? checkpoint = File.Exists(latest) ? Checkpoint.Read(latest) : null;
        if (checkpoint?.Best is not { } best || checkpoint.Iteration < run.Config.Iterations) return null;
        IReadOnlyDictionary<string, double[]> metrics = MetricsFile.Read(Path.Combine(run.Folder, "metrics.csv"));
        int row = Array.IndexOf(metrics["iteration"], best.Iteration);
        string Column(int step) => FormattableString.Invariant($"validation_{run.Config.ScoreName}_{step}");
        return [.. Enumerable.Range(0, run.Config.InnerSteps + 1).Select(step => metrics[Column(step)][row])];
    }
}

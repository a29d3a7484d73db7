using System.Globalization;

namespace MamlRobotics.Cli.Tests;

/// <summary>A folder that is gone after the test, and a training small enough for one.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("maml-cli-test-").FullName;

    public TemporaryFolder() => File.WriteAllText(
        In("small.json"),
        """
        {
          "iterations": 4, "metaBatchSize": 3, "trajectoriesPerTask": 4, "hiddenSizes": [8], "learnedStepSizes": "per-parameter",
          "innerObjective": "likelihood-ratio", "algorithm": "promp", "validationEvery": 5, "validationTasks": 3,
          "validationTrajectories": 2, "checkpointEvery": 7
        }
        """);

    public string In(params string[] parts) => Path.Combine([path, .. parts]);

    /// <summary>Arguments of a small training into a folder beside the configuration.</summary>
    public string[] Train(string run, int iterations)
    {
        string setting = string.Create(CultureInfo.InvariantCulture, $"iterations={iterations}");
        return ["train", In("small.json"), "--out", In(run), "--threads", "1", "--device", "cpu", "--set", setting];
    }

    /// <summary>The newest checkpoint of a run.</summary>
    public string Latest(string run) => In(run, "checkpoints", "latest.safetensors");

    /// <summary>The words of a command, with the small configuration in the place of SMALL and this folder in that of FOLDER.</summary>
    public string[] Words(string command) =>
    [
        .. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word
            .Replace("SMALL", In("small.json"), StringComparison.Ordinal).Replace("FOLDER", In(), StringComparison.Ordinal)),
    ];

    /// <summary>Iterations that a run's metrics.csv holds so far.</summary>
    public int Rows(string run) => File.Exists(In(run, "metrics.csv")) ? File.ReadLines(In(run, "metrics.csv")).Count() - 1 : 0;

    /// <summary>metrics.csv without its timing columns.</summary>
    public string[] Metrics(string run)
    {
        string[][] rows = [.. File.ReadLines(In(run, "metrics.csv")).Select(line => line.Split(','))];
        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(column => !rows[0][column].EndsWith("_s", StringComparison.Ordinal))];
        return [.. rows.Select(row => string.Join(',', kept.Select(column => row[column])))];
    }

    public void Dispose() => Directory.Delete(path, recursive: true);
}

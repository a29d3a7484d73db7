using System.Globalization;
using System.Text.RegularExpressions;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>A run of a sweep.</summary>
/// <param name="Point">The settings of its grid point, such as "innerSteps=2 promp.clip=0.3"; empty where nothing is swept over</param>
/// <param name="Config">Its whole configuration</param>
/// <param name="Settings">The settings over the configuration of the sweep, with the seed</param>
internal sealed record SweepRun(string Point, TrainingConfig Config, IReadOnlyList<string> Settings, string Folder);

/// <summary>The runs of a sweep: every combination of the values of some keys, with several seeds each.</summary>
internal static partial class SweepGrid
{
    // Most systems allow names of 255 bytes, and a run folder has further names below it.
    private const int LongestName = 120;

    /// <param name="over">Keys with their values, such as "innerSteps=1,2"</param>
    /// <param name="seeds">The number of seeds, which count up from that of the configuration</param>
    /// <param name="folder">The folder of the sweep</param>
    /// <exception cref="InputException">A key or a value is wrong, alone or together with others.</exception>
    public static IReadOnlyList<SweepRun> Of(string configuration, IReadOnlyList<string> set, string[] over, int seeds, string folder)
    {
        (string Key, string[] Values)[] keys = [.. over.Select(KeyOf)];
        if (keys.GroupBy(key => key.Key).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"--over gives {twice.Key} twice; give all its values at once, such as --over {twice.Key}=1,2.");
        string[][] points = [[]];
        foreach ((string key, string[] values) in keys)
            points = [.. points.SelectMany(point => values.Select(value => (string[])[.. point, $"{key}={value}"]))];
        SweepRun[] runs = [.. points.SelectMany(point => RunsOf(configuration, [.. set, .. point], point, seeds, folder))];
        if (runs.GroupBy(run => run.Folder).FirstOrDefault(group => group.Count() > 1) is { } same)
            throw new InputException($"Two grid points have the same folder {same.Key}; take values that differ in more than their signs.");
        return runs;
    }

    private static SweepRun[] RunsOf(
        string configuration, string[] settings, string[] point, int seeds, string folder)
    {
        TrainingConfig config = ConfigFormat.ReadFile(configuration, settings);
        // Some parts of a learner may not go together, which only shows when it is composed.
        using IExperiment experiment = config.CreateExperiment(CPU, threads: 1);
        string place = Path.Combine(folder, NameOf(point));
        SweepRun Run(int number)
        {
            long seed = config.Seed + number;
            string name = string.Create(CultureInfo.InvariantCulture, $"seed-{seed}");
            string[] own = [.. settings, string.Create(CultureInfo.InvariantCulture, $"seed={seed}")];
            return new SweepRun(string.Join(' ', point), config with { Seed = seed }, own, Path.Combine(place, name));
        }
        return [.. Enumerable.Range(0, seeds).Select(Run)];
    }

    private static (string Key, string[] Values) KeyOf(string over)
    {
        string[] parts = over.Split('=', 2);
        if (parts.Length != 2 || parts.Any(part => part.Length == 0))
            throw new InputException($"--over takes key=value,value,..., not '{over}'.");
        if (parts[0] == "seed") throw new InputException("--over seed: the seeds of a sweep are those of --seeds; leave this out.");
        string[] values = [.. Comma().Split(parts[1]).Select(value => value.Trim())];
        if (values.Any(value => value.Length == 0))
            throw new InputException($"--over {over} has an empty value; give values with commas between them.");
        if (values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new InputException($"--over {parts[0]} has the value {twice.Key} twice; leave one out.");
        return (parts[0], values);
    }

    /// <summary>The name of a grid point's folder.</summary>
    private static string NameOf(string[] point)
    {
        string name = Unsafe().Replace(string.Join(',', point), "_");
        return name.Length == 0 ? "all" : name.Length <= LongestName ? name
            : throw new InputException($"{string.Join(' ', point)} is too long for the name of a folder; sweep over fewer keys.");
    }

    // A comma within brackets belongs to a list.
    [GeneratedRegex(@",(?![^\[]*\])")]
    private static partial Regex Comma();

    [GeneratedRegex(@"[^A-Za-z0-9=,.+\-]")]
    private static partial Regex Unsafe();
}

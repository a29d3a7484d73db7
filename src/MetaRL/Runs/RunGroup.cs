using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL;

/// <summary>Runs of one configuration, which differ in nothing but the seed.</summary>
public sealed record RunGroup(string Name, int Number, IReadOnlyList<RecordedRun> Runs)
{
    /// <exception cref="InputException">The runs cannot be shown beside each other.</exception>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Comparison.RequireOneFamily(runs);
        RecordedRun[][] groups = [.. runs.GroupBy(run => ConfigFormat.ToJson(run.Config with { Seed = 0 })).Select(group => group.ToArray())];
        foreach (RecordedRun[] twins in groups.SelectMany(group => group.GroupBy(run => run.Config.Seed)).Select(same => same.ToArray()).Where(same => same.Length > 1))
            throw new InputException($"{twins[0].Path} and {twins[1].Path} have the same configuration and seed, so they are not two draws; leave one out.");
        return [.. groups.Select((group, number) => new RunGroup(NameOf(group, groups), number, group))];
    }

    /// <summary>What the names of the folders begin with alike, where that says which configuration is meant.</summary>
    private static string NameOf(RecordedRun[] group, RecordedRun[][] groups)
    {
        string common = CommonStart(group);
        return common.Length > 0 && groups.Count(other => CommonStart(other) == common) == 1 ? common : group[0].Path;
    }

    private static string CommonStart(RecordedRun[] group)
    {
        string start = group.Select(run => run.Name).Aggregate((one, other) => one[..one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count()]);
        return group.Length == 1 ? start : start.TrimEnd('-', '_', '.', ' ');
    }
}

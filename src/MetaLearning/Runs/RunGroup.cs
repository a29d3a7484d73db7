using MamlRobotics.Envs;

namespace MamlRobotics.MetaLearning;

/// <summary>Runs with one configuration, which differ only in the seed.</summary>
public sealed record RunGroup(string Name, int Number, IReadOnlyList<RecordedRun> Runs)
{
    /// <summary>Groups runs by their configurations.</summary>
    /// <exception cref="InputException">The runs cannot be compared.</exception>
    public static IReadOnlyList<RunGroup> Of(IReadOnlyList<RecordedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        Comparison.RequireOneSubject(runs);
        var byConfiguration = runs.GroupBy(run => ConfigFormat.ToJson(run.Config with { Seed = 0 }));
        RecordedRun[][] groups = [.. byConfiguration.Select(group => group.ToArray())];
        foreach (RecordedRun[] group in groups) RequireDifferentSeeds(group);
        IReadOnlyList<string> names = GroupNames.Of([.. groups.Select(group => group.Select(run => (run.Name, run.Path)).ToArray())]);
        return [.. groups.Select((group, number) => new RunGroup(names[number], number, group))];
    }

    private static void RequireDifferentSeeds(RecordedRun[] group)
    {
        RecordedRun[]? same = group.GroupBy(run => run.Config.Seed).Select(runs => runs.ToArray()).FirstOrDefault(runs => runs.Length > 1);
        if (same is null) return;
        string pair = $"{same[0].Path} and {same[1].Path}";
        throw new InputException($"{pair} have the same configuration and seed, so they are not two draws; leave one out.");
    }
}

namespace MamlRobotics.MetaLearning;

/// <summary>Names for groups of runs that differ only by their seeds.</summary>
public static class GroupNames
{
    /// <summary>
    /// The common start of the names of a group's runs, if no other group has the same; otherwise the path of its first run.
    /// </summary>
    /// <param name="groups">The name and path of each run of each group</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<IReadOnlyList<(string Name, string Path)>> groups)
    {
        string[] starts = [.. groups.Select(group => CommonStart([.. group.Select(run => run.Name)]))];
        return [.. starts.Select((start, i) =>
            start.Length > 0 && starts.Count(other => other == start) == 1 ? start : groups[i][0].Path)];
    }

    private static string CommonStart(string[] names)
    {
        string start = names.Aggregate(CommonStart);
        return names.Length == 1 ? start : start.TrimEnd('-', '_', '.', ' ');
    }

    private static string CommonStart(string one, string other)
    {
        int length = one.Zip(other).TakeWhile(pair => pair.First == pair.Second).Count();
        return one[..length];
    }
}

namespace MamlRobotics.FewShot;

/// <summary>Where data sets are looked for.</summary>
internal static class DataFolders
{
    /// <summary>The environment variable that names a folder, or several as PATH does.</summary>
    public const string Variable = "MAML_DATA";

    /// <param name="folder">The only folder to look in; null for the usual places</param>
    public static string[] Of(string? folder) => folder is not null ? [folder] :
    [
        .. (Environment.GetEnvironmentVariable(Variable) ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        "data", "/usr/share/datasets", Users,
    ];

    /// <summary>The same places, in words for a message.</summary>
    public static string Named(string? folder) => folder ?? string.Join(", ",
        [Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } own ? $"{own} (${Variable})" : $"${Variable} (not set)",
            "./data", "/usr/share/datasets", Users]);

    /// <summary>The first of some relative paths that exists, in the first folder that has one; null where none has.</summary>
    public static string? Find(IEnumerable<string> folders, IReadOnlyList<string> candidates) => folders
        .SelectMany(folder => candidates.Select(candidate => Path.Combine(folder, candidate)))
        .FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));

    private static string Users => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "maml");
}

namespace MamlRobotics.Tests.Support;

/// <summary>The folder of the repository in which the tests were built, for tests that read the sources.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    /// <summary>The C# sources of a folder and its sub-folders, without what a build writes.</summary>
    /// <param name="folder">From the root, with forward slashes</param>
    public static IEnumerable<string> Sources(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuilt(file)).Order(StringComparer.Ordinal);

    private static bool IsBuilt(string file) =>
        Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts");

    private static string Find()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "MamlRobotics.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("The tests run outside the repository.");
    }
}

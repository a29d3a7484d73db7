using System.Runtime.CompilerServices;

namespace MamlRobotics.FewShot.Tests;

/// <summary>A fact about published data, skipped where they are not on this machine.</summary>
internal sealed class FactWithDataAttribute : FactAttribute
{
    /// <param name="name">The name of the set, or "runs" for the one-shot test</param>
    public FactWithDataAttribute(string name) => Skip = RealData.Missing(name);
}

/// <summary>Where the tests look for published data: beside the repository, and where everybody's data lie.</summary>
internal static class RealData
{
    /// <summary>The folder to give to readers; null for the usual places.</summary>
    public static string? Folder { get; } = Beside();

    public static string? Missing(string name)
    {
        string? place = name == "runs"
            ? OneShotRuns.Find(FolderFor(name)) : ImageSets.Sources.First(one => one.Name == name).Find(FolderFor(name));
        return place is null ? $"{name} is not on this machine." : null;
    }

    /// <summary>The shared folder holds Omniglot alone.</summary>
    public static string? FolderFor(string name) =>
        name == "runs" || name.StartsWith("omniglot", StringComparison.Ordinal) ? Folder : null;

    private static string? Beside([CallerFilePath] string source = "")
    {
        string? folder = Path.GetDirectoryName(source);
        while (folder is not null && !File.Exists(Path.Combine(folder, "MamlRobotics.sln"))) folder = Path.GetDirectoryName(folder);
        string shared = Path.GetFullPath(Path.Combine(folder ?? ".", "..", "shared", "data"));
        return Directory.Exists(shared) ? shared : null;
    }
}

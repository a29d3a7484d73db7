using SkiaSharp;

namespace MamlRobotics.FewShot;

/// <summary>The fonts of this machine, by the folders where systems keep them, which the library that draws does not know.</summary>
internal static class InstalledFonts
{
    private const int MostInOneFile = 32;

    private static readonly string[] Endings = [".ttf", ".otf", ".ttc", ".otc"];

    /// <summary>The folders of fonts that exist.</summary>
    /// <param name="dataFolders">Folders of data sets, whose folder "fonts" is one too</param>
    public static IEnumerable<string> Folders(IEnumerable<string> dataFolders)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        string windows = Environment.GetFolderPath(Environment.SpecialFolder.Fonts);
        string[] systems =
        [
            "/usr/share/fonts", "/usr/local/share/fonts", Path.Combine(home, ".fonts"), Path.Combine(local, "fonts"), windows,
            Path.Combine(local, "Microsoft", "Windows", "Fonts"), "/Library/Fonts", "/System/Library/Fonts",
            Path.Combine(home, "Library", "Fonts"),
        ];
        return dataFolders.Select(folder => Path.Combine(folder, "fonts")).Concat(systems)
            .Where(folder => folder.Length > 0 && Directory.Exists(folder)).Select(Path.GetFullPath).Distinct();
    }

    /// <summary>Font files, by their own names so that the order does not depend on where they lie; each name once.</summary>
    public static string[] Files(IEnumerable<string> folders)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };
        return
        [
            .. folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", options).Order(StringComparer.Ordinal))
                .Where(file => Endings.Any(ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
                .DistinctBy(file => Path.GetFileName(file)).OrderBy(file => Path.GetFileName(file), StringComparer.Ordinal),
        ];
    }

    /// <summary>The fonts in a file, of which a collection holds several; none where the file is damaged.</summary>
    public static IEnumerable<Writer> Read(string file)
    {
        for (int index = 0; index < MostInOneFile; index++)
        {
            if (SKTypeface.FromFile(file, index) is not { } typeface) yield break;
            yield return new Writer(typeface, $"{Path.GetFileName(file)} {index}");
            if (!file.EndsWith('c') && !file.EndsWith('C')) yield break;
        }
    }
}

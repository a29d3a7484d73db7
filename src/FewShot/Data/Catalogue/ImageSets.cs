using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>Data sets by name, as configurations and commands give them.</summary>
public static class ImageSets
{
    private const string FolderPrefix = "folder:", IdxPrefix = "idx:";
    private const int SmallestSide = 4, LargestSide = 512;

    /// <summary>Every data set that has a name.</summary>
    public static IReadOnlyList<DataSource> Sources { get; } =
    [
        new StrokeSource("strokes", FirstClass: 0, Classes: 200), new StrokeSource("strokes-test", FirstClass: 200, Classes: 100),
        .. OmniglotSources.All, .. IdxSources.All,
        new FontSource("fonts", FontPart.All, "characters, each drawn by fonts of this machine"),
        new FontSource("fonts-train", FontPart.Train, "four fifths of these characters, by the fonts of some makers"),
        new FontSource("fonts-test", FontPart.Test, "the other characters, by the fonts of the other makers"),
    ];

    /// <summary>
    /// Reads a set. A name is one of <see cref="Sources"/>, "folder:PATH" for class folders (or a zip file of them) or "idx:PATH" for
    /// a file of pictures with its labels beside it. After it, "@0-60" keeps the first 60 % of the classes in an order that the seed
    /// decides, and "@groups:0-60" of the groups: "@0-60" and "@60-100" share no class.
    /// </summary>
    /// <param name="side">The width and height that pictures are resized to</param>
    /// <param name="folder">The only folder to look in; null for $MAML_DATA, ./data, /usr/share/datasets and the user's data folder</param>
    /// <param name="seed">Of splits and of generated characters</param>
    /// <exception cref="InputException">There is no such set, it is not on this machine, or it is damaged.</exception>
    public static ImageSet Open(string name, int side, string? folder = null, long seed = 0)
    {
        if (side is < SmallestSide or > LargestSide)
            throw new InputException($"Pictures can have a side of {SmallestSide} to {LargestSide} pixels, not {side}.");
        if (ClassSplit.Parse(name) is { } split) return split.Of(Open(split.Set, side, folder, seed), name, seed);
        if (Path(name, FolderPrefix) is { } classes) return ClassFolders.Read(classes, name, side);
        if (Path(name, IdxPrefix) is { } idx) return IdxFiles.Read(IdxFiles.FileOfPictures(idx), name, side);
        return Named(name).Open(side, folder, seed);
    }

    private static DataSource Named(string name) => Sources.FirstOrDefault(source => source.Name == name)
        ?? throw new InputException(
            $"There is no data set '{name}'{Spelling.DidYouMean(name, Sources.Select(source => source.Name))} `maml data` lists them.");

    private static string? Path(string name, string prefix) =>
        !name.StartsWith(prefix, StringComparison.Ordinal) ? null
        : name.Length > prefix.Length ? name[prefix.Length..] : throw new InputException($"{prefix} lacks a path, as in {prefix}PATH.");
}

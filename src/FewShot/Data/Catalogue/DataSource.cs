using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>How large a set is.</summary>
public readonly record struct DataSize(int Classes, int Images)
{
    internal static DataSize Of(ImageSet set) => new(set.Classes.Count, set.Classes.Sum(one => one.Images.Count));
}

/// <summary>A data set that has a name.</summary>
public abstract record DataSource(string Name)
{
    /// <summary>What it shows, in a few words.</summary>
    public abstract string What { get; }

    /// <summary>How somebody who does not have it gets it.</summary>
    public abstract string HowToGet { get; }

    /// <summary>Where it is, in words; null where it is not on this machine.</summary>
    /// <param name="folder">The only folder to look in; null for the usual places</param>
    public abstract string? Find(string? folder);

    /// <summary>How many classes and pictures it has, without reading more than that takes.</summary>
    /// <exception cref="InputException">It is not on this machine, or is damaged.</exception>
    public abstract DataSize Size(string? folder);

    /// <summary>The set with its pictures.</summary>
    /// <exception cref="InputException">It is not on this machine, or is damaged. The message says how to get it.</exception>
    public abstract ImageSet Open(int side, string? folder, long seed);
}

/// <summary>A set that is made, not found: the generated characters.</summary>
internal sealed record StrokeSource(string Name, int FirstClass, int Classes) : DataSource(Name)
{
    private const int ImagesPerClass = 20;

    public override string What => $"generated characters of a few strokes, {ImagesPerClass} drawings each";

    public override string HowToGet => "made by this program";

    public override string Find(string? folder) => "made by this program";

    public override DataSize Size(string? folder) => new(Classes, Classes * ImagesPerClass);

    public override ImageSet Open(int side, string? folder, long seed) =>
        StrokeCharacters.Set(Name, side, FirstClass, Classes, ImagesPerClass, seed);
}

/// <summary>Characters drawn by the fonts of the machine.</summary>
internal sealed record FontSource(string Name, FontPart Part, string What) : DataSource(Name)
{
    public override string What { get; } = What;

    public override string HowToGet => "apt-get install fonts-dejavu fonts-liberation, or packages with Japanese fonts (docs/data.md)";

    public override string? Find(string? folder) =>
        InstalledFonts.Files(Folders(folder)).Length is int files and > 0 ? $"{files} files of fonts" : null;

    // Only drawing shows which fonts draw a character in their own way.
    public override DataSize Size(string? folder)
    {
        const int Side = 28;
        return DataSize.Of(Open(Side, folder, seed: 0));
    }

    public override ImageSet Open(int side, string? folder, long seed) => FontCharacters.Read(Name, side, Folders(folder), Part, seed);

    private static IEnumerable<string> Folders(string? folder) => InstalledFonts.Folders(DataFolders.Of(folder));
}

/// <summary>A set in a file or a folder.</summary>
/// <param name="Candidates">Paths within a folder of data, of which one is enough</param>
/// <param name="Read">Reads it from its path with a name and a side</param>
/// <param name="Measure">Counts it at its path</param>
internal sealed record FileSource(
    string Name, string What, string HowToGet, IReadOnlyList<string> Candidates,
    Func<string, string, int, ImageSet> Read, Func<string, DataSize> Measure) : DataSource(Name)
{
    public override string What { get; } = What;

    public override string HowToGet { get; } = HowToGet;

    public override string? Find(string? folder) => DataFolders.Find(DataFolders.Of(folder), Candidates);

    public override DataSize Size(string? folder) => Measure(Place(folder));

    public override ImageSet Open(int side, string? folder, long seed) => Read(Place(folder), Name, side);

    private string Place(string? folder) => Find(folder) ?? throw new InputException(
        $"The data set {Name} is not here: {Candidates[0]} or the like was looked for in {DataFolders.Named(folder)}. "
        + $"Get it: {HowToGet}.");
}

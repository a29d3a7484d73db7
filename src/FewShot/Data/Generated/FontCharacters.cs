using System.Runtime.InteropServices;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>Which characters and fonts of the machine belong to a set.</summary>
public enum FontPart
{
    All,

    /// <summary>Four fifths of the characters, drawn by the fonts of some makers.</summary>
    Train,

    /// <summary>The other characters, drawn by other fonts, of which none shares the maker or the outlines of a training font.</summary>
    Test,
}

/// <summary>
/// Characters drawn by the fonts of the machine: each font is a writer, each character a class, each script a group. Fonts that lack a
/// character, or draw it as another font does, have no picture of it; characters that most fonts draw as another one (the Latin and the
/// Greek A) are left out. Which characters there are depends on the fonts, nothing else but the seed.
/// </summary>
internal static class FontCharacters
{
    /// <summary>A character is a class where at least this many fonts draw it in their own way.</summary>
    public const int FewestWriters = 8;

    private const int MostWriters = 20, MostCharacters = 2000;
    private const double TrainCharacters = 0.8;

    /// <param name="folders">Folders of fonts</param>
    /// <exception cref="InputException">No character is drawn by enough fonts.</exception>
    public static ImageSet Read(string name, int side, IEnumerable<string> folders, FontPart part, long seed)
    {
        RandomStream draws = RandomStream.FromSeed(seed).Stream("fonts");
        Writer[] writers = Ordered(InstalledFonts.Files(folders).SelectMany(InstalledFonts.Read), draws);
        try
        {
            (int Character, string Group)[] common = Common(writers, draws);
            Writer[] chosen = part == FontPart.All ? writers
                : Schools.Of(writers, [.. common.Select(one => one.Character)], isTraining: part == FontPart.Train);
            ImageClass[] classes = [.. Drawn(chosen, OfPart(Distinct(writers, common), part, draws), side)];
            return classes.Length > 0 ? new ImageSet(name, side, classes) : throw new InputException(
                $"{name}: no character is drawn by {FewestWriters} of {chosen.Length} fonts; install more, such as Debian's fonts-dejavu "
                + "and fonts-liberation, or packages with Japanese fonts (docs/data.md lists them).");
        }
        finally
        {
            foreach (Writer writer in writers) writer.Dispose();
        }
    }

    // An order that chance decides, so that those that draw a character first are not always those whose name comes first.
    private static Writer[] Ordered(IEnumerable<Writer> writers, RandomStream draws) =>
        [.. writers.OrderBy(writer => draws.Stream(writer.Name).Uniform(0))];

    private static IEnumerable<(int Character, string Group)> OfPart(
        IEnumerable<(int Character, string Group)> characters, FontPart part, RandomStream draws) => characters.Where(one =>
            part == FontPart.All || draws.Stream("part").Uniform(one.Character) < TrainCharacters == (part == FontPart.Train));

    /// <summary>The characters that most fonts have, those by chance that as many have as the last of them.</summary>
    private static (int Character, string Group)[] Common(Writer[] writers, RandomStream draws) =>
    [
        .. Script.Characters.Select(one => (One: one, Writers: writers.Count(writer => writer.Has(one.Character))))
            .Where(pair => pair.Writers >= FewestWriters).OrderByDescending(pair => pair.Writers)
            .ThenBy(pair => draws.Stream("choice").Uniform(pair.One.Character)).Select(pair => pair.One)
            .Take(MostCharacters).OrderBy(one => one.Character),
    ];

    /// <summary>
    /// The characters without those that most fonts draw as an earlier one. A few fonts tell, and parts are chosen afterwards, so that
    /// no character of the test looks like one of training.
    /// </summary>
    private static IEnumerable<(int Character, string Group)> Distinct(
        Writer[] writers, IEnumerable<(int Character, string Group)> characters)
    {
        const int Asked = 8, Side = 32;
        var seen = new HashSet<(Writer, ulong)>();
        foreach ((int Character, string) one in characters)
        {
            (Writer, ulong)[] drawn =
            [
                .. from writer in writers.Where(writer => writer.Has(one.Character)).Take(Asked)
                   let picture = writer.Draw(one.Character, Side)
                   where picture is not null
                   select (writer, Fingerprint(picture)),
            ];
            if (2 * drawn.Count(seen.Contains) < drawn.Length) yield return one;
            seen.UnionWith(drawn);
        }
    }

    private static IEnumerable<ImageClass> Drawn(Writer[] writers, IEnumerable<(int Character, string Group)> characters, int side) =>
        from one in characters
        let pictures = Drawings(writers, one.Character, side)
        where pictures.Count >= FewestWriters
        select new ImageClass(one.Group, $"{char.ConvertFromUtf32(one.Character)} U+{one.Character:X4}", pictures);

    private static List<float[]> Drawings(Writer[] writers, int character, int side)
    {
        var drawn = new List<float[]>();
        foreach (Writer writer in writers.Where(writer => writer.Has(character)))
        {
            if (drawn.Count == MostWriters) break;
            if (writer.Draw(character, side) is { } picture && !drawn.Any(other => Schools.AreAlike(picture, other))) drawn.Add(picture);
        }
        return drawn;
    }

    private static ulong Fingerprint(float[] picture) => System.IO.Hashing.XxHash3.HashToUInt64(MemoryMarshal.AsBytes(picture.AsSpan()));
}

namespace MamlRobotics.FewShot;

/// <summary>A range of letters or digits of the Unicode standard, which becomes a group of classes.</summary>
internal sealed record Script(string Name, int First, int Last)
{
    // Without letters that are put together of a letter and an accent, which differ by a dot or two.
    private static readonly Script[] All =
    [
        new("Digits", '0', '9'), new("Latin", 'A', 'Z'), new("Latin", 'a', 'z'), new("Greek", 0x391, 0x3A9), new("Greek", 0x3B1, 0x3C9),
        new("Cyrillic", 0x410, 0x44F), new("Armenian", 0x531, 0x556), new("Armenian", 0x561, 0x586), new("Hebrew", 0x5D0, 0x5EA),
        new("Arabic", 0x621, 0x64A), new("Devanagari", 0x905, 0x939), new("Thai", 0xE01, 0xE2E), new("Georgian", 0x10D0, 0x10F0),
        new("Hiragana", 0x3041, 0x3093), new("Katakana", 0x30A1, 0x30F3), new("Bopomofo", 0x3105, 0x3129), new("Han", 0x4E00, 0x9FA5),
        new("Hangul", 0xAC00, 0xD7A3),
    ];

    /// <summary>Every character that may become a class, with its group.</summary>
    public static IReadOnlyList<(int Character, string Group)> Characters { get; } =
        [.. All.SelectMany(script => Enumerable.Range(script.First, script.Last - script.First + 1).Select(one => (one, script.Name)))];

    /// <summary>The same characters without their groups.</summary>
    public static int[] Codes { get; } = [.. Characters.Select(one => one.Character)];
}

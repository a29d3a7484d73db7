using SkiaSharp;

namespace MamlRobotics.FewShot;

/// <summary>A font that draws characters.</summary>
/// <param name="name">Its file and its number in it</param>
internal sealed class Writer(SKTypeface typeface, string name) : IDisposable
{
    // Chinese characters fill the em square; a margin of a pixel or so is left on every side.
    private const float EmShare = 0.92f, WidestShare = 0.94f;
    private const int LettersOfMaker = 3;

    private readonly SKFont font = new(typeface, size: 1000) { Hinting = SKFontHinting.None, LinearMetrics = true, Subpixel = true };

    // Asking for one character at a time takes a hundred times as long.
    private readonly Dictionary<int, ushort> glyphs = Script.Codes.Zip(typeface.GetGlyphs(Script.Codes))
        .Where(pair => pair.Second != 0).ToDictionary(pair => pair.First, pair => pair.Second);

    public string Name { get; } = name;

    /// <summary>The start of the family's name: families of one maker are often called alike, such as IPAGothic and IPAMincho.</summary>
    public string Maker { get; } = typeface.FamilyName.PadRight(LettersOfMaker)[..LettersOfMaker];

    /// <summary>Whether the font has a character of <see cref="Script.Codes"/>.</summary>
    public bool Has(int character) => glyphs.ContainsKey(character);

    /// <summary>The character in the middle of a square; all characters of a font at one scale, but for those that would not fit.</summary>
    /// <returns>[side * side], 1 for ink; null where the font has no outline of it</returns>
    public float[]? Draw(int character, int side)
    {
        using SKPath? outline = font.GetGlyphPath(glyphs[character]);
        if (outline is null || outline.IsEmpty) return null;
        SKRect bounds = outline.TightBounds;
        float widest = Math.Max(bounds.Width, bounds.Height);
        if (!(widest > 0) || !float.IsFinite(widest)) return null;
        float scale = side * Math.Min(EmShare / font.Size, WidestShare / widest);
        outline.Transform(SKMatrix.CreateTranslation(-bounds.MidX, -bounds.MidY)
            .PostConcat(SKMatrix.CreateScale(scale, scale)).PostConcat(SKMatrix.CreateTranslation(side / 2f, side / 2f)));
        return InkBitmap.Drawn(side, (canvas, paint) => canvas.DrawPath(outline, paint));
    }

    public void Dispose()
    {
        font.Dispose();
        typeface.Dispose();
    }
}

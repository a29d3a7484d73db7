namespace MamlRobotics.Viewer.Tests;

/// <summary>The characters that a canvas holds.</summary>
internal static class Letters
{
    /// <summary>All of them in the order of drawing, without the blanks.</summary>
    public static string Text(Canvas canvas) => new([.. canvas.Glyphs.Span.ToArray().Select(glyph => (char)glyph.Letter)]);

    /// <summary>Fails where the font lacks a character, where two overlap, and where one is outside of an area.</summary>
    public static void AssertApart(Canvas canvas, Rect area, string what)
    {
        Assert.Equal(0, canvas.MissingCharacters);
        GlyphInstance[] glyphs = canvas.Glyphs.Span.ToArray();
        Rect[] letters = [.. glyphs.Select(Ink)];
        for (int i = 0; i < letters.Length; i++)
        {
            Assert.True(area.Encloses(letters[i]), $"{what}: {Named(i)} is outside of {area}: {Text(canvas)}");
            for (int j = 0; j < i; j++)
                if (letters[i].Overlaps(letters[j])) Assert.Fail($"{what}: {Named(i)} and {Named(j)}: {Text(canvas)}");
        }

        string Named(int i) => $"'{(char)glyphs[i].Letter}' at {letters[i]}";
    }

    /// <summary>Where a character's pen goes, without the room that its soft edge takes.</summary>
    private static Rect Ink(GlyphInstance glyph) =>
        new Rect(glyph.X, glyph.Y, glyph.Width, glyph.Height).Inset(FontAtlas.Range * glyph.PixelsPerUnit);
}

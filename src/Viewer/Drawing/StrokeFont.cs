using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The project's own font, made of single strokes. It has every size and weight, and no file.</summary>
public static class StrokeFont
{
    public const float CapHeight = 14, Regular = 1.5f, Strong = 2;

    private const float Spacing = 3.3f, ArcStep = 12;

    private static readonly Lazy<FontAtlas> LazyAtlas = new(() => new FontAtlas(GlyphPaths.All, GlyphPaths.Fallback));

    internal static FontAtlas Atlas => LazyAtlas.Value;

    public static bool Has(char letter) => GlyphPaths.All.ContainsKey(letter);

    /// <summary>Width of a text whose capitals are <paramref name="capHeight"/> high.</summary>
    public static float Measure(ReadOnlySpan<char> text, float capHeight)
    {
        float units = 0;
        foreach (char letter in text) units += Advance(WidthOf(letter));
        return text.Length == 0 ? 0 : (units - Spacing) * capHeight / CapHeight;
    }

    internal static float Advance(float width) => width + Spacing;

    /// <summary>The strokes of a path as polylines.</summary>
    internal static IEnumerable<IReadOnlyList<Vector2>> Strokes(string path)
    {
        foreach (string stroke in path.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var points = new List<Vector2>();
            foreach (string token in stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (token[0] == 'a') points.AddRange(Arc(Numbers(token[1..])));
                else points.Add(new Vector2(Numbers(token)[0], Numbers(token)[1]));
            }
            yield return points;
        }
    }

    /// <summary>The pen path of a character, as <see cref="Strokes"/> takes it.</summary>
    internal static string PathOf(char letter) => GlyphOf(letter).Path;

    private static float WidthOf(char letter) => GlyphOf(letter).Width;

    private static (float Width, string Path) GlyphOf(char letter) =>
        GlyphPaths.All.TryGetValue(letter, out (float, string) glyph) ? glyph : GlyphPaths.Fallback;

    private static IEnumerable<Vector2> Arc(float[] arc)
    {
        (float from, float to) = (arc[4], arc[5]);
        int parts = Math.Max(1, (int)MathF.Ceiling(MathF.Abs(to - from) / ArcStep));
        for (int i = 0; i <= parts; i++)
        {
            float angle = (from + (to - from) * i / parts) * MathF.PI / 180;
            yield return new Vector2(arc[0] + arc[2] * MathF.Cos(angle), arc[1] + arc[3] * MathF.Sin(angle));
        }
    }

    private static float[] Numbers(string text) => [.. text.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture))];
}

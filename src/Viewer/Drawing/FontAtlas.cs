using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>The place of a character in the atlas and on the baseline, in font units.</summary>
internal readonly record struct PlacedGlyph(
    float Advance, float Left, float Top, float Width, float Height, float U, float V, float UWidth, float VHeight, bool IsFallback);

/// <summary>
/// A picture of every character, in which each texel holds the distance to the nearest stroke of the pen. From these
/// distances the shader draws any size and weight sharply.
/// </summary>
internal sealed class FontAtlas
{
    /// <summary>The largest distance that is kept, in font units: half the heaviest stroke and a soft edge have to fit.</summary>
    public const float Range = 3;

    private const int TexelsPerUnit = 2, AtlasWidth = 1024, Gap = 1;

    private readonly Dictionary<char, PlacedGlyph> placed = [];
    private readonly PlacedGlyph fallback;

    public FontAtlas(IReadOnlyDictionary<char, (float Width, string Path)> glyphs, (float Width, string Path) missing)
    {
        var shapes = glyphs.Select(glyph => new Shape(glyph.Key, glyph.Value.Width, [.. StrokeFont.Strokes(glyph.Value.Path)]))
            .Append(new Shape('\0', missing.Width, [.. StrokeFont.Strokes(missing.Path)])).ToList();
        int x = 0, y = 0, rowHeight = 0;
        var cells = new List<(Shape Shape, int X, int Y)>();
        foreach (Shape shape in shapes.OrderByDescending(shape => shape.TexelHeight))
        {
            if (x + shape.TexelWidth > AtlasWidth) (x, y, rowHeight) = (0, y + rowHeight + Gap, 0);
            cells.Add((shape, x, y));
            x += shape.TexelWidth + Gap;
            rowHeight = Math.Max(rowHeight, shape.TexelHeight);
        }
        Height = y + rowHeight;
        Texels = new byte[Width * Height];
        Array.Fill(Texels, byte.MaxValue);
        Parallel.ForEach(cells, cell => cell.Shape.Draw(Texels, Width, cell.X, cell.Y));
        foreach ((Shape shape, int cellX, int cellY) in cells) placed[shape.Letter] = shape.Place(cellX, cellY, Width, Height);
        fallback = placed['\0'] with { IsFallback = true };
        placed.Remove('\0');
    }

    public int Width => AtlasWidth;

    public int Height { get; }

    /// <summary>[Height, Width], the distance as a share of <see cref="Range"/></summary>
    public byte[] Texels { get; }

    public PlacedGlyph this[char letter] => placed.TryGetValue(letter, out PlacedGlyph glyph) ? glyph : fallback;

    private sealed class Shape(char letter, float width, IReadOnlyList<IReadOnlyList<Vector2>> strokes)
    {
        private readonly Vector2 low = Bound(strokes, Vector2.Min) - new Vector2(Range);
        private readonly Vector2 high = Bound(strokes, Vector2.Max) + new Vector2(Range);

        public char Letter => letter;
        public int TexelWidth => strokes.Count == 0 ? 0 : (int)MathF.Ceiling((high.X - low.X) * TexelsPerUnit);
        public int TexelHeight => strokes.Count == 0 ? 0 : (int)MathF.Ceiling((high.Y - low.Y) * TexelsPerUnit);

        public void Draw(byte[] texels, int stride, int x, int y)
        {
            for (int row = 0; row < TexelHeight; row++)
            {
                for (int column = 0; column < TexelWidth; column++)
                {
                    var at = new Vector2(low.X + (column + 0.5f) / TexelsPerUnit, high.Y - (row + 0.5f) / TexelsPerUnit);
                    texels[(y + row) * stride + x + column] = (byte)MathF.Round(Math.Min(1, Distance(at) / Range) * byte.MaxValue);
                }
            }
        }

        public PlacedGlyph Place(int x, int y, int atlasWidth, int atlasHeight) => new(
            StrokeFont.Advance(width), low.X, high.Y, (float)TexelWidth / TexelsPerUnit, (float)TexelHeight / TexelsPerUnit,
            (float)x / atlasWidth, (float)y / atlasHeight, (float)TexelWidth / atlasWidth, (float)TexelHeight / atlasHeight, false);

        private float Distance(Vector2 at)
        {
            float least = float.PositiveInfinity;
            foreach (IReadOnlyList<Vector2> stroke in strokes)
            {
                if (stroke.Count == 1) least = Math.Min(least, Vector2.DistanceSquared(at, stroke[0]));
                for (int i = 1; i < stroke.Count; i++)
                {
                    Vector2 along = stroke[i] - stroke[i - 1];
                    float share = Math.Clamp(Vector2.Dot(at - stroke[i - 1], along) / Math.Max(along.LengthSquared(), 1e-12f), 0, 1);
                    least = Math.Min(least, Vector2.DistanceSquared(at, stroke[i - 1] + share * along));
                }
            }
            return MathF.Sqrt(least);
        }

        private static Vector2 Bound(IReadOnlyList<IReadOnlyList<Vector2>> strokes, Func<Vector2, Vector2, Vector2> choose) =>
            strokes.Count == 0 ? Vector2.Zero : strokes.SelectMany(stroke => stroke).Aggregate(choose);
    }
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The shapes of a frame, in the order in which they are painted. A canvas knows nothing of OpenGL. Lengths are in
/// points; a point is a pixel unless the renderer scales, and y grows downwards.
/// </summary>
public sealed class Canvas(float width, float height)
{
    private Rect clip;

    public float Width { get; private set; } = width;
    public float Height { get; private set; } = height;

    /// <summary>Pixels per point. Text is moved to whole pixels.</summary>
    public float Scale { get; private set; } = 1;

    /// <summary>Characters that were drawn as a box, because the font lacks them.</summary>
    public int MissingCharacters { get; private set; }

    public bool IsEmpty => Batches.Count == 0;

    internal Growing<BoxInstance> Boxes { get; } = new();
    internal Growing<LinePoint> Points { get; } = new();
    internal Growing<BandInstance> Bands { get; } = new();
    internal Growing<GlyphInstance> Glyphs { get; } = new();
    internal Growing<Batch> Batches { get; } = new();

    /// <summary>Starts an empty frame.</summary>
    public void Begin(float width, float height, float scale = 1)
    {
        (Width, Height, Scale) = (width, height, scale);
        Boxes.Clear();
        Points.Clear();
        Bands.Clear();
        Glyphs.Clear();
        Batches.Clear();
        clip = default;
    }

    /// <summary>Limits what is drawn from now on to a rectangle. An empty rectangle lifts the limit.</summary>
    public void Clip(Rect area) => clip = area;

    public void Box(Rect area, Colour fill, float radius = 0, float stroke = 0, Colour outline = default) =>
        AddBox(area.Centre, area.Width / 2, area.Height / 2, RadiusWithin(area, radius), stroke, 0, fill, outline);

    public void Disc(Vector2 centre, float radius, Colour fill, float stroke = 0, Colour outline = default) =>
        AddBox(centre, radius, radius, radius, stroke, 0, fill, outline);

    /// <summary>A disc whose edge fades over its whole radius.</summary>
    public void Glow(Vector2 centre, float radius, Colour colour) =>
        AddBox(centre, radius / 2, radius / 2, radius / 2, 0, radius, colour, default);

    /// <summary>The shadow of a rounded box.</summary>
    public void Shadow(Rect area, float radius, float softness, Colour colour) =>
        AddBox(area.Centre, area.Width / 2, area.Height / 2, radius, 0, softness, colour, default);

    public void Line(Vector2 from, Vector2 to, float width, Colour colour)
    {
        BeginPath(from, width, colour);
        PathTo(to, width, colour);
        EndPath();
    }

    public void Dashes(Vector2 from, Vector2 to, float width, Colour colour, float dash = 6, float gap = 4)
    {
        float length = Vector2.Distance(from, to);
        Vector2 direction = (to - from) / length;
        for (float start = 0; start < length; start += dash + gap)
        {
            float end = Math.Min(start + dash, length);
            Line(from + direction * start, from + direction * end, width, colour);
        }
    }

    public void BeginPath(Vector2 start, float width, Colour colour)
    {
        StartBatch(BatchKind.Lines);
        Points.Add(new LinePoint(start.X, start.Y, -1, colour));
        Points.Add(new LinePoint(start.X, start.Y, width, colour));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 2 };
    }

    /// <summary>Continues a line that was drawn before as far as <paramref name="start"/>, so that the two join without a seam.</summary>
    /// <param name="before">The point before the start</param>
    public void ContinuePath(Vector2 before, Vector2 start, float width, Colour colour)
    {
        StartBatch(BatchKind.Lines);
        Points.Add(new LinePoint(before.X, before.Y, -1, colour));
        Points.Add(new LinePoint(start.X, start.Y, -width, colour));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 2 };
    }

    public void PathTo(Vector2 point, float width, Colour colour)
    {
        Points.Add(new LinePoint(point.X, point.Y, width, colour));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 1 };
    }

    public void EndPath()
    {
        Points.Add(Points.Last);
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 1 };
    }

    /// <summary>Ends a line that will be continued to <paramref name="after"/> later.</summary>
    public void EndPath(Vector2 after)
    {
        Points.Add(new LinePoint(after.X, after.Y, -1, Points.Last.Colour));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 1 };
    }

    /// <summary>Fills the area between two upright ends, of which <paramref name="from"/> is the left one.</summary>
    public void Band(BandEnd from, BandEnd to)
    {
        StartBatch(BatchKind.Bands);
        Bands.Add(new BandInstance(from, to));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 1 };
    }

    public void Circle(Vector2 centre, float radius, float width, Colour colour) =>
        Disc(centre, radius + width / 2, Colour.Clear, width, colour);

    /// <summary>Writes text with its baseline at <paramref name="at"/>.</summary>
    /// <param name="capHeight">Height of a capital letter</param>
    /// <param name="weight">Stroke width in the font's units; a capital letter is <see cref="StrokeFont.CapHeight"/> of them high</param>
    /// <param name="align">0: to the right of the point, 0.5: centred on it, 1: to its left</param>
    /// <returns>The width of the text</returns>
    public float Text(
        Vector2 at, ReadOnlySpan<char> text, float capHeight, Colour colour, float weight = StrokeFont.Regular, float align = 0)
    {
        float unit = capHeight / StrokeFont.CapHeight, width = StrokeFont.Measure(text, capHeight);
        // Whole pixels: a baseline between two blurs every horizontal stroke.
        float x = MathF.Round((at.X - width * align) * Scale) / Scale, baseline = MathF.Round(at.Y * Scale) / Scale;
        StartBatch(BatchKind.Glyphs);
        int drawn = 0;
        foreach (char letter in text)
        {
            PlacedGlyph glyph = StrokeFont.Atlas[letter];
            if (glyph.IsFallback) MissingCharacters++;
            if (glyph.Width > 0)
            {
                Glyphs.Add(new GlyphInstance(
                    x + glyph.Left * unit, baseline - glyph.Top * unit, glyph.Width * unit, glyph.Height * unit,
                    glyph.U, glyph.V, glyph.UWidth, glyph.VHeight, weight / 2, unit, colour, letter));
                drawn++;
            }
            x += glyph.Advance * unit;
        }
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + drawn };
        return width;
    }

    private void AddBox(
        Vector2 centre, float halfWidth, float halfHeight, float radius, float stroke, float softness, Colour fill, Colour outline)
    {
        StartBatch(BatchKind.Boxes);
        Boxes.Add(new BoxInstance(centre.X, centre.Y, halfWidth, halfHeight, radius, stroke, softness, fill, outline));
        Batches.Last = Batches.Last with { Count = Batches.Last.Count + 1 };
    }

    private static float RadiusWithin(Rect area, float radius) => Math.Min(radius, Math.Min(area.Width, area.Height) / 2);

    private int CountOf(BatchKind kind) => kind switch
    {
        BatchKind.Boxes => Boxes.Count,
        BatchKind.Lines => Points.Count,
        BatchKind.Bands => Bands.Count,
        _ => Glyphs.Count,
    };

    private void StartBatch(BatchKind kind)
    {
        if (Batches.Count > 0 && Batches.Last.Kind == kind && Batches.Last.Clip == clip) return;
        Batches.Add(new Batch(kind, CountOf(kind), 0, clip));
    }
}

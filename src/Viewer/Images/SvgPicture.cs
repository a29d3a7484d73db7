using System.Globalization;
using System.Numerics;
using System.Security;
using System.Text;

namespace MamlRobotics.Viewer;

/// <summary>
/// Writes a canvas as SVG. Text is drawn by the strokes of the project's font, so that it has the same width everywhere.
/// Shadows and glows carry no information and are left out.
/// </summary>
internal sealed class SvgPicture
{
    private readonly StringBuilder body = new();
    private readonly SortedSet<char> letters = [];
    private readonly List<Rect> clips = [];

    public static string Of(Canvas canvas, Colour background, string title)
    {
        var picture = new SvgPicture();
        foreach (ref readonly Batch batch in canvas.Batches.Span) picture.Add(canvas, batch);
        var text = new StringBuilder();
        (string width, string height) = (N(canvas.Width), N(canvas.Height));
        text.Append("<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" ");
        text.Append($"width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n");
        text.Append($"<title>{SecurityElement.Escape(title)}</title>\n<defs>\n");
        foreach ((int i, Rect clip) in picture.clips.Index())
            text.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"c{i}\"><rect {Place(clip)}/></clipPath>\n");
        foreach (char letter in picture.letters)
            text.Append(CultureInfo.InvariantCulture, $"<path id=\"g{(int)letter}\" d=\"{Strokes(letter)}\"/>\n");
        text.Append($"</defs>\n<rect width=\"100%\" height=\"100%\" {Paint("fill", background)}/>\n");
        text.Append("<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n");
        return text.Append(picture.body).Append("</g>\n</svg>\n").ToString();
    }

    private void Add(Canvas canvas, in Batch batch)
    {
        if (!batch.Clip.IsEmpty)
        {
            int clip = clips.IndexOf(batch.Clip);
            if (clip < 0)
            {
                clip = clips.Count;
                clips.Add(batch.Clip);
            }
            Add($"<g clip-path=\"url(#c{clip})\">");
        }
        switch (batch.Kind)
        {
            case BatchKind.Boxes: AddBoxes(canvas.Boxes.Span.Slice(batch.First, batch.Count)); break;
            case BatchKind.Bands: AddBands(canvas.Bands.Span.Slice(batch.First, batch.Count)); break;
            case BatchKind.Glyphs: AddGlyphs(canvas.Glyphs.Span.Slice(batch.First, batch.Count)); break;
            default: AddLines(canvas.Points.Span.Slice(batch.First, batch.Count)); break;
        }
        if (!batch.Clip.IsEmpty) Add("</g>");
    }

    private void AddBoxes(ReadOnlySpan<BoxInstance> boxes)
    {
        foreach (ref readonly BoxInstance box in boxes) Add(box);
    }

    private void AddGlyphs(ReadOnlySpan<GlyphInstance> glyphs)
    {
        foreach (ref readonly GlyphInstance glyph in glyphs) Add(glyph);
    }

    private void Add(in BoxInstance box)
    {
        if (box.Softness > 0) return;
        // An outline lies within the box, not astride its edge.
        float half = box.Stroke / 2, radius = Math.Max(0, box.Radius - half);
        float halfWidth = box.HalfWidth - half, halfHeight = box.HalfHeight - half;
        var area = new Rect(box.CentreX - box.HalfWidth + half, box.CentreY - box.HalfHeight + half, 2 * halfWidth, 2 * halfHeight);
        string outline = box.Stroke > 0 ? $" {Paint("stroke", box.Outline)} stroke-width=\"{N(box.Stroke)}\"" : "";
        Add($"<rect {Place(area)}{(radius > 0 ? $" rx=\"{N(radius)}\"" : "")} {Paint("fill", box.Fill)}{outline}/>");
    }

    /// <summary>Adds one outline for bands that follow each other: forward along the top, and back along the bottom.</summary>
    private void AddBands(ReadOnlySpan<BandInstance> bands)
    {
        for (int start = 0, end; start < bands.Length; start = end)
        {
            for (end = start + 1; end < bands.Length && bands[end].From == bands[end - 1].To; end++) { }
            var top = new StringBuilder($"M{N(bands[start].From.X)} {N(bands[start].From.Top)}");
            var bottom = new StringBuilder();
            foreach (ref readonly BandInstance band in bands[start..end])
            {
                top.Append(CultureInfo.InvariantCulture, $"L{N(band.To.X)} {N(band.To.Top)}");
                bottom.Insert(0, $"L{N(band.From.X)} {N(band.From.Bottom)}");
            }
            BandEnd last = bands[end - 1].To;
            Add($"<path d=\"{top}L{N(last.X)} {N(last.Bottom)}{bottom}Z\" {Paint("fill", last.Colour)}/>");
        }
    }

    private void Add(in GlyphInstance glyph)
    {
        char letter = (char)glyph.Letter;
        letters.Add(letter);
        PlacedGlyph placed = StrokeFont.Atlas[letter];
        float unit = glyph.PixelsPerUnit, x = glyph.X - placed.Left * unit, baseline = glyph.Y + placed.Top * unit;
        string transform = $"translate({N(x)} {N(baseline)}) scale({Scale(unit)} {Scale(-unit)})";
        string stroke = $"{Paint("stroke", glyph.Colour)} stroke-width=\"{N(2 * glyph.HalfWeight)}\"";
        Add($"<use href=\"#g{glyph.Letter}\" transform=\"{transform}\" {stroke}/>");
    }

    /// <summary>Adds a polyline for each path. A path's first point lifts the pen, and its last point is there twice.</summary>
    private void AddLines(ReadOnlySpan<LinePoint> points)
    {
        const int Shortest = 4;
        for (int start = 0, end; start < points.Length; start = end)
        {
            for (end = start + 1; end < points.Length && points[end].Width >= 0; end++) { }
            if (end - start < Shortest) continue;
            var path = new StringBuilder();
            foreach (ref readonly LinePoint point in points[(start + 1)..(end - 1)]) path.Append($"{N(point.X)},{N(point.Y)} ");
            LinePoint first = points[start + 1];
            string stroke = $"{Paint("stroke", first.Colour)} stroke-width=\"{N(first.Width)}\"";
            Add($"<polyline points=\"{path.ToString().TrimEnd()}\" {stroke}/>");
        }
    }

    private void Add(string element) => body.Append(element).Append('\n');

    private static string Strokes(char letter) => string.Concat(StrokeFont.Strokes(StrokeFont.PathOf(letter)).Select(StrokePath));

    // A single point becomes a stroke of no length, which is a dot because the ends of strokes are round.
    private static string StrokePath(IReadOnlyList<Vector2> stroke) =>
        $"M{string.Join('L', stroke.Select(point => $"{N(point.X)} {N(point.Y)}"))}{(stroke.Count == 1 ? "h0" : "")}";

    private static string Place(Rect area) => $"x=\"{N(area.X)}\" y=\"{N(area.Y)}\" width=\"{N(area.Width)}\" height=\"{N(area.Height)}\"";

    /// <param name="attribute">"fill" or "stroke"</param>
    private static string Paint(string attribute, Colour colour)
    {
        if (colour.A == 0) return $"{attribute}=\"none\"";
        string opacity = colour.A < byte.MaxValue ? $" {attribute}-opacity=\"{N(colour.A / 255f)}\"" : "";
        return $"{attribute}=\"#{colour.R:x2}{colour.G:x2}{colour.B:x2}\"{opacity}";
    }

    private static string Scale(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string N(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

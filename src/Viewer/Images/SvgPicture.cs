using System.Globalization;
using System.Security;
using System.Text;

namespace MamlRobotics.Viewer;

/// <summary>
/// A canvas as SVG. Text is drawn by the strokes of the project's font, so that it has the same width everywhere. Shadows
/// and glows, which say nothing, are left out.
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
        text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" width=\"{N(canvas.Width)}\" height=\"{N(canvas.Height)}\" viewBox=\"0 0 {N(canvas.Width)} {N(canvas.Height)}\">\n");
        text.Append(CultureInfo.InvariantCulture, $"<title>{SecurityElement.Escape(title)}</title>\n<defs>\n");
        foreach ((int i, Rect clip) in picture.clips.Index()) text.Append(CultureInfo.InvariantCulture, $"<clipPath id=\"c{i}\"><rect {Place(clip)}/></clipPath>\n");
        foreach (char letter in picture.letters) text.Append(CultureInfo.InvariantCulture, $"<path id=\"g{(int)letter}\" d=\"{Strokes(letter)}\"/>\n");
        text.Append(CultureInfo.InvariantCulture, $"</defs>\n<rect width=\"100%\" height=\"100%\" {Paint("fill", background)}/>\n");
        return text.Append("<g fill=\"none\" stroke-linecap=\"round\" stroke-linejoin=\"round\">\n").Append(picture.body).Append("</g>\n</svg>\n").ToString();
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
            case BatchKind.Boxes: foreach (ref readonly BoxInstance box in canvas.Boxes.Span.Slice(batch.First, batch.Count)) Add(box); break;
            case BatchKind.Bands: AddBands(canvas.Bands.Span.Slice(batch.First, batch.Count)); break;
            case BatchKind.Glyphs: foreach (ref readonly GlyphInstance glyph in canvas.Glyphs.Span.Slice(batch.First, batch.Count)) Add(glyph); break;
            default: AddLines(canvas.Points.Span.Slice(batch.First, batch.Count)); break;
        }
        if (!batch.Clip.IsEmpty) Add("</g>");
    }

    private void Add(in BoxInstance box)
    {
        if (box.Softness > 0) return;
        // An outline lies within the box, not astride its edge.
        float half = box.Stroke / 2, radius = Math.Max(0, box.Radius - half);
        var area = new Rect(box.CentreX - box.HalfWidth + half, box.CentreY - box.HalfHeight + half, 2 * (box.HalfWidth - half), 2 * (box.HalfHeight - half));
        string outline = box.Stroke > 0 ? $" {Paint("stroke", box.Outline)} stroke-width=\"{N(box.Stroke)}\"" : "";
        Add($"<rect {Place(area)}{(radius > 0 ? $" rx=\"{N(radius)}\"" : "")} {Paint("fill", box.Fill)}{outline}/>");
    }

    /// <summary>One outline for bands that go on from each other: there along the top, back along the bottom.</summary>
    private void AddBands(ReadOnlySpan<BandInstance> bands)
    {
        for (int start = 0, end; start < bands.Length; start = end)
        {
            for (end = start + 1; end < bands.Length && bands[end].From == bands[end - 1].To; end++) { }
            var there = new StringBuilder($"M{N(bands[start].From.X)} {N(bands[start].From.Top)}");
            var back = new StringBuilder();
            foreach (ref readonly BandInstance band in bands[start..end])
            {
                there.Append(CultureInfo.InvariantCulture, $"L{N(band.To.X)} {N(band.To.Top)}");
                back.Insert(0, $"L{N(band.From.X)} {N(band.From.Bottom)}");
            }
            BandEnd last = bands[end - 1].To;
            Add($"<path d=\"{there}L{N(last.X)} {N(last.Bottom)}{back}Z\" {Paint("fill", last.Colour)}/>");
        }
    }

    private void Add(in GlyphInstance glyph)
    {
        char letter = (char)glyph.Letter;
        letters.Add(letter);
        PlacedGlyph placed = StrokeFont.Atlas[letter];
        float unit = glyph.PixelsPerUnit, x = glyph.X - placed.Left * unit, baseline = glyph.Y + placed.Top * unit;
        Add($"<use href=\"#g{glyph.Letter}\" transform=\"translate({N(x)} {N(baseline)}) scale({Scale(unit)} {Scale(-unit)})\" {Paint("stroke", glyph.Colour)} stroke-width=\"{N(2 * glyph.HalfWeight)}\"/>");
    }

    /// <summary>A polyline of one width and colour for each path; the first point of a path lifts the pen, the last is there twice.</summary>
    private void AddLines(ReadOnlySpan<LinePoint> points)
    {
        const int Shortest = 4;
        for (int start = 0, end; start < points.Length; start = end)
        {
            for (end = start + 1; end < points.Length && points[end].Width >= 0; end++) { }
            if (end - start < Shortest) continue;
            var path = new StringBuilder();
            foreach (ref readonly LinePoint point in points[(start + 1)..(end - 1)]) path.Append(CultureInfo.InvariantCulture, $"{N(point.X)},{N(point.Y)} ");
            Add($"<polyline points=\"{path.ToString().TrimEnd()}\" {Paint("stroke", points[start + 1].Colour)} stroke-width=\"{N(points[start + 1].Width)}\"/>");
        }
    }

    private void Add(string element) => body.Append(element).Append('\n');

    // A lone point is a stroke of no length, which round ends make a dot.
    private static string Strokes(char letter) => string.Concat(StrokeFont.Strokes(StrokeFont.PathOf(letter)).Select(stroke =>
        $"M{string.Join('L', stroke.Select(point => $"{N(point.X)} {N(point.Y)}"))}{(stroke.Count == 1 ? "h0" : "")}"));

    private static string Place(Rect area) => $"x=\"{N(area.X)}\" y=\"{N(area.Y)}\" width=\"{N(area.Width)}\" height=\"{N(area.Height)}\"";

    private static string Paint(string what, Colour colour) => colour.A == 0 ? $"{what}=\"none\""
        : $"{what}=\"#{colour.R:x2}{colour.G:x2}{colour.B:x2}\"{(colour.A < byte.MaxValue ? $" {what}-opacity=\"{N(colour.A / 255f)}\"" : "")}";

    private static string Scale(float value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string N(float value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}

using System.Numerics;
using SkiaSharp;

namespace MamlRobotics.FewShot;

/// <summary>
/// How the pictures of a data set show their ink, so that a drawing can be made a picture like them: where it lies, how large it is, and
/// how thick its lines are. Lengths are in units of the picture's side.
/// </summary>
/// <param name="Centre">The mean middle of the box around the ink</param>
/// <param name="Smallest">The longer side of this box, which a twentieth of the pictures go below</param>
/// <param name="Largest">The same, which a twentieth of the pictures exceed</param>
/// <param name="Pen">The mean thickness of the lines, as <see cref="ThicknessOf"/> measures it</param>
public sealed record InkConvention(Vector2 Centre, float Smallest, float Largest, double Pen)
{
    private const int MostPictures = 2000, Finer = 4, PenSearches = 8;
    private const float Faint = 0.25f, ThinnestPen = 0.015f, ThickestPen = 0.15f;

    /// <summary>Measures the pictures of a set, or an even part of them where there are many.</summary>
    public static InkConvention Of(ImageSet data)
    {
        float[][] pictures = [.. data.Classes.SelectMany(one => one.Images)];
        int every = 1 + pictures.Length / MostPictures;
        (Vector2 Middle, float Longer, double Pen)[] measured = [.. pictures.Where((_, index) => index % every == 0)
            .Select(picture => (Box: Box(picture, data.Side), Pen: ThicknessOf(picture, data.Side))).Where(one => one.Box is not null)
            .Select(one => (one.Box!.Value.Middle, one.Box.Value.Longer, one.Pen))];
        if (measured.Length == 0) return new(new(0.5f), 0, 1, ThinnestPen);
        float[] sizes = [.. measured.Select(one => one.Longer).Order()];
        return new(
            new(measured.Average(one => one.Middle.X), measured.Average(one => one.Middle.Y)),
            sizes[sizes.Length / 20], sizes[^(1 + sizes.Length / 20)], measured.Average(one => one.Pen));
    }

    /// <summary>
    /// Makes a picture of a drawing. It is moved to the middle of the data's pictures, and made larger or smaller where hardly any of
    /// them is of its size. It is drawn four times as large and reduced by area averaging, as the pictures of files are.
    /// </summary>
    /// <param name="drawing">At least one stroke</param>
    /// <returns>[side * side], 1 for ink</returns>
    public float[] Picture(Drawing drawing, int side)
    {
        float thin = ThinnestPen, thick = ThickestPen;
        for (int search = 0; search < PenSearches; search++)
        {
            float pen = (thin + thick) / 2;
            if (ThicknessOf(Drawn(drawing, pen, side), side) < Pen) thin = pen;
            else thick = pen;
        }
        return Drawn(drawing, (thin + thick) / 2, side);
    }

    private float[] Drawn(Drawing drawing, float pen, int side)
    {
        IEnumerable<Vector2> points = drawing.Strokes.SelectMany(stroke => stroke);
        Vector2 low = points.Aggregate(Vector2.Min), high = points.Aggregate(Vector2.Max);
        float longer = Math.Max(high.X - low.X, high.Y - low.Y);
        float wanted = Math.Clamp(longer + pen, Smallest, Largest) - pen;
        float factor = longer > 0 && wanted > 0 ? wanted / longer : 1;
        int fine = Finer * side;
        SKPoint Placed(Vector2 point)
        {
            Vector2 at = fine * (Centre + factor * (point - (low + high) / 2));
            return new(at.X, at.Y);
        }

        return AreaAverage.ToSquare(InkBitmap.Drawn(fine, (canvas, paint) =>
        {
            (paint.IsStroke, paint.StrokeWidth) = (true, pen * fine);
            (paint.StrokeCap, paint.StrokeJoin) = (SKStrokeCap.Round, SKStrokeJoin.Round);
            foreach (IReadOnlyList<Vector2> stroke in drawing.Strokes)
            {
                using var path = new SKPath();
                path.MoveTo(Placed(stroke[0]));
                foreach (Vector2 point in stroke) path.LineTo(Placed(point));
                canvas.DrawPath(path, paint);
            }
        }), fine, fine, side);
    }

    /// <summary>The box around the ink; null for a picture that is blank.</summary>
    private static (Vector2 Middle, float Longer)? Box(float[] picture, int side)
    {
        int[] inked = [.. Enumerable.Range(0, picture.Length).Where(pixel => picture[pixel] > Faint)];
        if (inked.Length == 0) return null;
        Vector2 low = new(inked.Min(pixel => pixel % side), inked[0] / side);
        Vector2 high = new(inked.Max(pixel => pixel % side) + 1, inked[^1] / side + 1);
        return ((low + high) / (2 * side), Math.Max(high.X - low.X, high.Y - low.Y) / side);
    }

    /// <summary>
    /// The thickness of the lines of a picture: twice the sum of the squared ink over the sum of the lengths of its gradients, which are
    /// along both edges of a line. A line that is thinner than a pixel has less ink there, so that it is measured right too.
    /// </summary>
    private static double ThicknessOf(float[] picture, int side)
    {
        double ink = 0, edges = 0;
        for (int y = 0; y < side; y++)
            for (int x = 0; x < side; x++)
            {
                float here = picture[y * side + x];
                float right = x + 1 < side ? picture[y * side + x + 1] : 0, below = y + 1 < side ? picture[(y + 1) * side + x] : 0;
                ink += here * here;
                edges += Math.Sqrt((right - here) * (right - here) + (below - here) * (below - here));
            }
        return edges > 0 ? 2 * ink / edges / side : 0;
    }
}

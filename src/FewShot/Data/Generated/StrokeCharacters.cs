using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.FewShot;

/// <summary>
/// Characters that nobody ever wrote: each class is a few random strokes, each of its pictures another drawing of them, with a hand that
/// trembles, leans, and takes pens of different widths. A picture is a function of (seed, class, image) alone.
/// </summary>
public static class StrokeCharacters
{
    /// <summary>Classes that share a group, as the characters of an alphabet do.</summary>
    public const int ClassesPerGroup = 20;

    private const int MostStrokes = 4, PointsPerStroke = 4, PiecesPerStroke = 10;

    // In units of the picture's side.
    private const float Margin = 0.14f, ShortestStroke = 0.4f, Tremble = 0.025f, ThinnestPen = 0.04f, ThickestPen = 0.075f;

    /// <param name="firstClass">The number of the first class; other numbers are other characters</param>
    public static ImageSet Set(string name, int side, int firstClass, int classes, int imagesPerClass, long seed) => new(name, side,
    [
        .. Enumerable.Range(firstClass, classes).Select(number => new ImageClass(
            $"alphabet {number / ClassesPerGroup + 1}", string.Create(CultureInfo.InvariantCulture, $"character {number + 1}"),
            [.. Enumerable.Range(0, imagesPerClass).Select(image => Draw(seed, number, image, side))])),
    ]);

    /// <summary>One drawing of one character.</summary>
    /// <returns>[side * side], 1 for ink</returns>
    public static float[] Draw(long seed, int classNumber, int image, int side)
    {
        RandomStream character = RandomStream.FromSeed(seed).Stream("stroke character", classNumber);
        RandomStream drawing = character.Stream("drawing", image);
        float pen = Between(drawing.Stream("pen").Uniform(0), ThinnestPen, ThickestPen);
        var hand = Hand.Of(drawing.Stream("hand"));
        var picture = new float[side * side];
        int strokes = 1 + (int)(character.Stream("strokes").Uniform(0) * MostStrokes);
        for (int stroke = 0; stroke < strokes; stroke++)
        {
            Vector2[] points = Stroke(character.Stream("stroke", stroke));
            RandomStream tremble = drawing.Stream("tremble", stroke);
            for (int i = 0; i < points.Length; i++) points[i] = hand.Moved(points[i] + Tremble * Normal(tremble, i));
            for (int piece = 0; piece < PiecesPerStroke; piece++)
                DrawLine(picture, side, At(points, piece), At(points, piece + 1), pen / 2);
        }
        return picture;
    }

    /// <summary>The control points of a Bezier curve that is not too short to be seen.</summary>
    private static Vector2[] Stroke(RandomStream stream)
    {
        for (int attempt = 0; ; attempt++)
        {
            RandomStream draws = stream.Stream("points", attempt);
            Vector2[] points =
                [.. Enumerable.Range(0, PointsPerStroke).Select(i => new Vector2(Place(draws, 2 * i), Place(draws, 2 * i + 1)))];
            if (Vector2.Distance(points[0], points[^1]) >= ShortestStroke) return points;
        }
    }

    private static float Place(RandomStream draws, int index) => Between(draws.Uniform(index), Margin, 1 - Margin);

    private static float Between(double share, float low, float high) => low + (high - low) * (float)share;

    private static Vector2 Normal(RandomStream stream, int index)
    {
        (float x, float y) = stream.NormalPair(index);
        return new(x, y);
    }

    private static Vector2 At(Vector2[] points, int piece)
    {
        float t = (float)piece / PiecesPerStroke, u = 1 - t;
        return u * u * u * points[0] + 3 * u * u * t * points[1] + 3 * u * t * t * points[2] + t * t * t * points[3];
    }

    /// <summary>Inks the pixels near a line, those at its edge in part.</summary>
    private static void DrawLine(float[] picture, int side, Vector2 from, Vector2 to, float radius)
    {
        Vector2 low = side * (Vector2.Min(from, to) - new Vector2(radius)), high = side * (Vector2.Max(from, to) + new Vector2(radius));
        (int left, int right) = (Math.Max(0, (int)low.X - 1), Math.Min(side - 1, (int)high.X + 1));
        (int top, int bottom) = (Math.Max(0, (int)low.Y - 1), Math.Min(side - 1, (int)high.Y + 1));
        for (int y = top; y <= bottom; y++)
            for (int x = left; x <= right; x++)
            {
                float distance = Distance(new Vector2(x + 0.5f, y + 0.5f) / side, from, to);
                float ink = Math.Clamp((radius - distance) * side + 0.5f, 0, 1);
                picture[y * side + x] = Math.Max(picture[y * side + x], ink);
            }
    }

    private static float Distance(Vector2 point, Vector2 from, Vector2 to)
    {
        Vector2 along = to - from;
        float length = along.LengthSquared();
        float share = length > 0 ? Math.Clamp(Vector2.Dot(point - from, along) / length, 0, 1) : 0;
        return Vector2.Distance(point, from + share * along);
    }

    /// <summary>How a whole drawing is turned, sized, slanted and placed.</summary>
    private readonly record struct Hand(float Cosine, float Sine, Vector2 Scale, float Slant, Vector2 Shift)
    {
        private const float LargestTurn = MathF.PI / 15, LargestSlant = 0.2f, LargestShift = 0.06f;
        private const float SmallestScale = 0.85f, LargestScale = 1.15f;

        public static Hand Of(RandomStream draws)
        {
            float turn = Between(draws.Uniform(0), -LargestTurn, LargestTurn);
            return new(MathF.Cos(turn), MathF.Sin(turn),
                new(Between(draws.Uniform(1), SmallestScale, LargestScale), Between(draws.Uniform(2), SmallestScale, LargestScale)),
                Between(draws.Uniform(3), -LargestSlant, LargestSlant),
                new(Between(draws.Uniform(4), -LargestShift, LargestShift), Between(draws.Uniform(5), -LargestShift, LargestShift)));
        }

        public Vector2 Moved(Vector2 point)
        {
            Vector2 centred = Scale * (point - new Vector2(0.5f));
            float x = centred.X + Slant * centred.Y;
            return new Vector2(Cosine * x - Sine * centred.Y, Sine * x + Cosine * centred.Y) + new Vector2(0.5f) + Shift;
        }
    }
}

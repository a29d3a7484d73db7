using System.Globalization;
using System.Numerics;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>
/// The buttons at the right end of the header: from the beginning, a step back, play or pause, a step forward, slower and
/// faster, with the speed between the last two. A button does the same as its key. Drawing leaves no garbage.
/// </summary>
internal static class Transport
{
    private const float Button = 26, Speed = 48, Pad = 5, Height = 26, Half = 4.5f, Stroke = 1.8f;

    private static readonly Key[] BeforeSpeed = [Key.R, Key.Left, Key.Space, Key.Right, Key.Minus];

    private const float Pill = 6 * Button + Speed + 2 * Pad;

    /// <summary>Width that the buttons take in the header, with the distance to the text beside them.</summary>
    public static float Width => Pill + 10;

    /// <summary>The key of the button at a point; null where there is none.</summary>
    public static Key? At(Rect header, Vector2 point)
    {
        foreach (Key key in BeforeSpeed)
            if (Place(header, key).Contains(point)) return key;
        return Place(header, Key.Equal).Contains(point) ? Key.Equal : null;
    }

    /// <summary>The area of a key's button.</summary>
    public static Rect Place(Rect header, Key key)
    {
        Rect area = Area(header);
        int index = Array.IndexOf(BeforeSpeed, key);
        float x = index < 0 ? area.Right - Pad - Button : area.X + Pad + index * Button;
        return new Rect(x, area.Y, Button, Height);
    }

    /// <param name="pointed">The key of the button under the pointer</param>
    public static void Draw(Brush brush, Rect header, Playback playback, Key? pointed)
    {
        Rect area = Area(header);
        brush.Canvas.Box(area, brush.Theme.Panel, Height / 2, 1, brush.Theme.Edge);
        if (pointed is { } key) brush.Canvas.Box(Place(header, key).Inset(1, 2, 1, 2), brush.Theme.Edge, 6);
        DrawRestart(brush, Place(header, Key.R).Centre);
        DrawStep(brush, Place(header, Key.Left).Centre, -1);
        DrawPlay(brush, Place(header, Key.Space).Centre, playback.IsPlaying);
        DrawStep(brush, Place(header, Key.Right).Centre, 1);
        Vector2 slower = Place(header, Key.Minus).Centre, faster = Place(header, Key.Equal).Centre;
        Vector2 up = new(0, Half), side = new(Half, 0);
        brush.Canvas.Line(slower - side, slower + side, Stroke, brush.Theme.Text);
        brush.Canvas.Line(faster - side, faster + side, Stroke, brush.Theme.Text);
        brush.Canvas.Line(faster - up, faster + up, Stroke, brush.Theme.Text);
        Span<char> text = stackalloc char[16];
        text.TryWrite(CultureInfo.InvariantCulture, $"{playback.Speed:0.###}×", out int length);
        brush.Text((slower.X + faster.X) / 2, area.Centre.Y + Brush.Small / 2, text[..length], brush.Theme.Muted, align: 0.5f);
    }

    private static Rect Area(Rect header) => new(header.Right - Pill, Header.Baseline - 18, Pill, Height);

    private static void DrawPlay(Brush brush, Vector2 at, bool isPlaying)
    {
        if (isPlaying)
        {
            foreach (float x in (ReadOnlySpan<float>)[-4, 1.5f])
                brush.Canvas.Box(new Rect(at.X + x, at.Y - 5.5f, 3, 11), brush.Theme.Step(1, 1), 1);
            return;
        }
        Triangle(brush, at + new Vector2(-4, 0), 9, 6, brush.Theme.Step(1, 1));
    }

    private static void DrawStep(Brush brush, Vector2 at, int direction)
    {
        Triangle(brush, at - new Vector2(direction * 4.5f, 0), direction * 6, 4.5f, brush.Theme.Text);
        brush.Canvas.Line(at + new Vector2(direction * 4.5f, -4), at + new Vector2(direction * 4.5f, 4), Stroke, brush.Theme.Text);
    }

    /// <summary>Draws an arrow that goes round, nearly back to its beginning.</summary>
    private static void DrawRestart(Brush brush, Vector2 at)
    {
        const int Parts = 20;
        const float Radius = 5, From = -0.5f * MathF.PI, Turn = 1.5f * MathF.PI, Head = 3.4f;
        Vector2 On(float angle) => at + Radius * new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        brush.Canvas.BeginPath(On(From), Stroke, brush.Theme.Text);
        for (int i = 1; i <= Parts; i++) brush.Canvas.PathTo(On(From + Turn * i / Parts), Stroke, brush.Theme.Text);
        brush.Canvas.EndPath();
        Vector2 tip = On(From);
        foreach (float side in (ReadOnlySpan<float>)[-Head, Head])
            brush.Canvas.Line(tip - new Vector2(0.8f, 0), tip + new Vector2(Head - 0.8f, side), Stroke, brush.Theme.Text);
    }

    /// <summary>Draws a filled triangle from a vertical side to a tip beside it.</summary>
    private static void Triangle(Brush brush, Vector2 side, float length, float half, Colour colour)
    {
        Vector2 tip = side + new Vector2(length, 0);
        (Vector2 left, Vector2 right) = length > 0 ? (side, tip) : (tip, side);
        BandEnd End(Vector2 at) => at == tip ? new(at.X, at.Y, at.Y, colour) : new(at.X, at.Y - half, at.Y + half, colour);
        brush.Canvas.Band(End(left), End(right));
    }
}

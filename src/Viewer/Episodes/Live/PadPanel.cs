using System.Numerics;
using MamlRobotics.FewShot;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>Draws the pad, what the network sees of the drawing, and what it takes it for. A button does the same as its key.</summary>
internal static class PadPanel
{
    private const float Beside = 64, Gap = 10, ButtonHeight = 24, Pen = 0.05f;

    private static readonly (Key Key, string Name)[] Buttons = [(Key.Enter, "new class"), (Key.Z, "undo"), (Key.C, "clear")];

    /// <summary>The square in which the user draws.</summary>
    public static Rect Square(Rect inside)
    {
        float side = Math.Max(20, Math.Min(inside.Height - ButtonHeight - Gap, inside.Width - Beside - Gap));
        return new Rect(inside.X, inside.Y, side, side);
    }

    /// <summary>The key of the button at a point; null where there is none.</summary>
    public static Key? At(Rect inside, Vector2 point)
    {
        foreach ((Key key, _) in Buttons)
            if (Place(inside, key).Contains(point)) return key;
        return null;
    }

    public static Rect Place(Rect inside, Key key)
    {
        int number = Array.FindIndex(Buttons, button => button.Key == key);
        float width = (inside.Width - (Buttons.Length - 1) * Gap) / Buttons.Length;
        return new Rect(inside.X + number * (width + Gap), Square(inside).Bottom + Gap, width, ButtonHeight);
    }

    public static void Draw(Brush brush, Rect inside, EpisodeControls controls)
    {
        (DrawingPad pad, EpisodeMoment? moment) = (controls.Pad, controls.Moment);
        Rect square = Square(inside);
        brush.Canvas.Box(square, brush.Theme.Grid, 4, 1, brush.Theme.Edge);
        if (pad.IsEmpty) DrawInvitation(brush, square, moment);
        brush.Canvas.Clip(square);
        foreach (IReadOnlyList<Vector2> stroke in pad.Strokes) DrawStroke(brush, square, stroke);
        brush.Canvas.Clip(default);
        if (moment?.Adaptation.Drawn is { } drawn && !pad.IsEmpty)
            DrawVerdict(brush, new Rect(square.Right + Gap, square.Y, Beside, square.Height), moment, drawn);
        foreach ((Key key, string name) in Buttons) DrawButton(brush, Place(inside, key), name, key == controls.Pointed);
    }

    /// <param name="isOn">Whether the button stands for what is shown</param>
    public static void DrawButton(Brush brush, Rect place, string name, bool isPointed, bool isOn = false)
    {
        Theme theme = brush.Theme;
        brush.Canvas.Box(place, isOn ? theme.Edge : theme.Panel, 6, 1, isPointed || isOn ? theme.Muted : theme.Edge);
        brush.Text(place.Centre.X, place.Centre.Y + Brush.Small / 2, name, theme.Text, align: 0.5f);
    }

    private static void DrawInvitation(Brush brush, Rect square, EpisodeMoment? moment)
    {
        bool hasOwn = moment?.Episode.Classes.Any(one => one.IsDrawn) == true;
        string[] lines =
            hasOwn ? ["draw it again:", "is it recognised?"] : ["draw a character", "with the mouse, then", "Enter: a new class"];
        float y = square.Centre.Y - (lines.Length - 1) * 9 + Brush.Normal / 2;
        foreach (string line in lines)
        {
            brush.Text(square.Centre.X, y, line, brush.Theme.Muted, Brush.Normal, align: 0.5f);
            y += 18;
        }
    }

    private static void DrawStroke(Brush brush, Rect square, IReadOnlyList<Vector2> stroke)
    {
        Vector2 At(int point) => new Vector2(square.X, square.Y) + square.Width * stroke[point];
        float width = Pen * square.Width;
        foreach (int end in (int[])[0, stroke.Count - 1]) brush.Canvas.Disc(At(end), width / 2, brush.Theme.Text);
        brush.Canvas.BeginPath(At(0), width, brush.Theme.Text);
        for (int point = 1; point < stroke.Count; point++) brush.Canvas.PathTo(At(point), width, brush.Theme.Text);
        brush.Canvas.EndPath();
    }

    /// <summary>Draws the picture that the network sees, and its class.</summary>
    private static void DrawVerdict(Brush brush, Rect area, EpisodeMoment moment, int drawn)
    {
        var tile = new Rect(area.X + 2, area.Y + 2, area.Width - 4, area.Width - 4);
        PictureTile.Draw(brush, tile, moment.Episode.Query[drawn].Pixels, moment.Episode.Side);
        PictureTile.Frame(brush, tile, brush.Theme.Goal, 1.5f);
        int predicted = moment.Shown.Predicted(drawn);
        float y = tile.Bottom + 16;
        PictureTile.Badge(brush, new(area.X + 8, y), predicted);
        string share = PicturesPanel.Percent(moment.Shown.Probabilities[drawn][predicted]);
        brush.Text(area.X + 21, y + Brush.Normal / 2, share, brush.Theme.Text, Brush.Normal, StrokeFont.Strong);
    }
}

using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Draws grey pictures, their frames and marks, and what stands for a class: a letter on its colour.</summary>
internal static class PictureTile
{
    private const int Letters = 26, Levels = 15;

    public static Colour ColourOf(Theme theme, int way) => theme.Series[way % theme.Series.Count];

    /// <summary>The letter of a class, or its number where there are more classes than letters.</summary>
    public static string NameOf(int way) => way < Letters ? ((char)('A' + way)).ToString() : Brush.Number(way + 1, 0);

    /// <summary>Draws a picture into a square whose edges are moved to whole pixels.</summary>
    /// <param name="pixels">[side * side], 1 for ink</param>
    public static void Draw(Brush brush, Rect area, float[] pixels, int side)
    {
        float scale = brush.Canvas.Scale;
        int size = Math.Max(1, (int)MathF.Round(area.Width * scale)), cells = Math.Min(side, size);
        float left = MathF.Round(area.X * scale), top = MathF.Round(area.Y * scale);
        Colour paper = brush.Theme.Grid;
        brush.Canvas.Box(new Rect(left / scale, top / scale, size / scale, size / scale), paper);
        float[] shown = AreaAverage.ToSquare(pixels, side, side, cells);
        float Edge(int cell) => MathF.Round((float)cell * size / cells);
        int Level(int cell) => (int)MathF.Round(Levels * shown[cell]);
        for (int y = 0; y < cells; y++)
            for (int x = 0, end; x < cells; x = end)
            {
                // Neighbours of the same grey are one box.
                for (end = x + 1; end < cells && Level(y * cells + end) == Level(y * cells + x); end++) { }
                if (Level(y * cells + x) == 0) continue;
                var run = new Rect(
                    (left + Edge(x)) / scale, (top + Edge(y)) / scale, (Edge(end) - Edge(x)) / scale, (Edge(y + 1) - Edge(y)) / scale);
                brush.Canvas.Box(run, Colour.Mix(paper, brush.Theme.Text, Level(y * cells + x) / (double)Levels));
            }
    }

    public static void Frame(Brush brush, Rect area, Colour colour, float width = 2) =>
        brush.Canvas.Box(area.Inset(-width), Colour.Clear, 2, width, colour);

    /// <summary>A frame of dashes, which says that something is not as it should be.</summary>
    public static void DashedFrame(Brush brush, Rect area, Colour colour)
    {
        Rect around = area.Inset(-1);
        Vector2[] corners = [new(around.X, around.Y), new(around.Right, around.Y), new(around.Right, around.Bottom),
            new(around.X, around.Bottom)];
        for (int i = 0; i < corners.Length; i++)
            brush.Canvas.Dashes(corners[i], corners[(i + 1) % corners.Length], 2, colour, dash: 4, gap: 3);
    }

    /// <summary>A tick for what is right, a cross for what is wrong, a dot where nobody knows.</summary>
    public static void Mark(Brush brush, Vector2 centre, bool? isRight, float size = 4)
    {
        Canvas canvas = brush.Canvas;
        Colour good = brush.Theme.Step(1, 1), bad = brush.Theme.Untrained;
        if (isRight is null) canvas.Disc(centre, size / 2, brush.Theme.Goal);
        else if (isRight.Value)
        {
            canvas.BeginPath(centre + new Vector2(-size, 0), 1.8f, good);
            canvas.PathTo(centre + new Vector2(-size * 0.25f, size * 0.75f), 1.8f, good);
            canvas.PathTo(centre + new Vector2(size, -size * 0.8f), 1.8f, good);
            canvas.EndPath();
        }
        else
        {
            Vector2 down = new(size * 0.85f, size * 0.85f), up = new(down.X, -down.Y);
            canvas.Line(centre - down, centre + down, 1.8f, bad);
            canvas.Line(centre - up, centre + up, 1.8f, bad);
        }
    }

    /// <summary>Writes the letter of a class on its colour.</summary>
    public static void Badge(Brush brush, Vector2 centre, int way, float size = 16)
    {
        Colour colour = ColourOf(brush.Theme, way);
        brush.Canvas.Box(new Rect(centre.X - size / 2, centre.Y - size / 2, size, size), colour, 4);
        float capHeight = Math.Min(Brush.Small, size * 0.55f);
        Colour ink = Colour.Contrast(colour, brush.Theme.Panel) > Colour.Contrast(colour, brush.Theme.Text)
            ? brush.Theme.Panel : brush.Theme.Text;
        brush.Text(centre.X, centre.Y + capHeight / 2, NameOf(way), ink, capHeight, StrokeFont.Strong, align: 0.5f);
    }
}

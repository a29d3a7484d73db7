using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Places and draws the cells of a map and its axes. Over two task columns they are a square, over one a strip.</summary>
internal sealed class MapCells(ReturnMap map)
{
    private const float Inset = 8, Up = 2, ScaleGap = 18, ScaleWidth = 9;

    private readonly AxisLabel x = Label(map.X), y = Label(map.Y);
    private readonly bool isStrip = map.Y.Cells == 1;

    public static AxisLabel Label(MapAxis axis) => new(axis.Name, axis.Unit, axis.Low, axis.High, axis.Values?.Count ?? 0);

    /// <summary>The area of the cells, on the left of the given area, with room for the axes and the scale.</summary>
    /// <param name="beside">Width that is left free on the right of the scale</param>
    public Rect Place(Rect inside, float beside)
    {
        beside += ScaleGap + ScaleWidth;
        float height = inside.Height - AxisLabel.Height - Up;
        if (isStrip) return new Rect(inside.X + Inset, inside.Y + Up, inside.Width - beside - Inset, height);
        float side = MathF.Min(height, inside.Width - y.Width - beside);
        return new Rect(inside.X + y.Width, inside.Y + Up, side, side);
    }

    /// <returns>The area of the cell</returns>
    public Rect Draw(Brush brush, Rect cells, int cell, Colour colour)
    {
        (float width, float height) = (cells.Width / map.X.Cells, cells.Height / map.Y.Cells);
        (int row, int column) = Math.DivRem(cell, map.X.Cells);
        Rect area = new Rect(cells.X + column * width, cells.Bottom - (row + 1) * height, width, height).Inset(0.5f);
        brush.Canvas.Box(area, colour, 1.5f);
        return area;
    }

    /// <param name="task">The task that is marked</param>
    public void DrawAxes(Brush brush, Rect cells, IReadOnlyList<double> task)
    {
        x.DrawBelow(brush, cells);
        if (!isStrip) y.DrawLeft(brush, cells);
        double up = isStrip ? 0.5 : map.Y.Share(task[map.Y.Column]);
        double across = map.X.Share(task[map.X.Column]);
        var here = new Vector2(cells.X + (float)across * cells.Width, cells.Bottom - (float)up * cells.Height);
        brush.Canvas.Disc(here, 6.5f, Colour.Clear, 3.5f, brush.Theme.Panel);
        brush.Canvas.Disc(here, 5.5f, Colour.Clear, 2, brush.Theme.Goal);
    }

    /// <summary>Draws the colours of the values beside the cells, with the smallest value at the bottom.</summary>
    /// <param name="colour">Gives the colour of a share from 0 to 1</param>
    /// <returns>The scale's area</returns>
    public static Rect DrawScale(Brush brush, Rect cells, Func<Theme, double, Colour> colour)
    {
        const int Parts = 48;
        var area = new Rect(cells.Right + ScaleGap, cells.Y, ScaleWidth, cells.Height);
        for (int i = 0; i < Parts; i++)
        {
            var part = new Rect(area.X, area.Bottom - area.Height * (i + 1) / Parts, area.Width, area.Height / Parts + 0.5f);
            brush.Canvas.Box(part, colour(brush.Theme, (i + 0.5) / Parts));
        }
        return area;
    }
}

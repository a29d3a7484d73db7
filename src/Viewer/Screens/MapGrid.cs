using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A map of returns over two task columns: coloured cells, and the scale of their colours.</summary>
internal sealed class MapGrid(ReturnMap map)
{
    private const float ScaleWidth = 9, RoomForScale = 84, LeastForNumber = 44, NumberSize = 7.5f;

    /// <summary>The share of the cells beyond each end of the scale, so that a few do not take the colours from all others.</summary>
    private const double Beyond = 0.02;

    private readonly AxisLabel x = Label(map.X), y = Label(map.Y);
    private readonly double[] sorted = new double[map.Adapted.Length];

    /// <param name="task">Is marked</param>
    public void Draw(Brush brush, Rect inside, IReadOnlyList<double> task)
    {
        float size = MathF.Min(inside.Height - AxisLabel.Height - 2, inside.Width - y.Width - RoomForScale);
        var cells = new Rect(inside.X + y.Width, inside.Y + 2, size, size);
        int known = Sort();
        int beyond = (int)(Beyond * known);
        var range = new ReturnRange(sorted[beyond], sorted[known - 1 - beyond]);
        DrawCells(brush, cells, range);
        x.DrawBelow(brush, cells);
        y.DrawLeft(brush, cells);
        var here = new Vector2(cells.X + (float)map.X.Share(task[map.X.Column]) * size, cells.Bottom - (float)map.Y.Share(task[map.Y.Column]) * size);
        brush.Canvas.Disc(here, 6.5f, Colour.Clear, 3.5f, brush.Theme.Panel);
        brush.Canvas.Disc(here, 5.5f, Colour.Clear, 2, brush.Theme.Goal);
        DrawScale(brush, new Rect(cells.Right + 18, cells.Y, ScaleWidth, cells.Height), range, sorted[0], sorted[known - 1]);
    }

    public static AxisLabel Label(MapAxis axis) => new(axis.Name, axis.Unit, axis.Low, axis.High, axis.Values?.Count ?? 0);

    /// <returns>How many cells are known</returns>
    private int Sort()
    {
        int known = 0;
        foreach (double value in map.Adapted)
            if (double.IsFinite(value)) sorted[known++] = value;
        sorted.AsSpan(0, known).Sort();
        return known;
    }

    private void DrawCells(Brush brush, Rect area, ReturnRange range)
    {
        (float width, float height) = (area.Width / map.X.Cells, area.Height / map.Y.Cells);
        for (int row = 0; row < map.Y.Cells; row++)
        {
            for (int column = 0; column < map.X.Cells; column++)
            {
                double value = map.Adapted[map.Index(column, row)];
                if (!double.IsFinite(value)) continue;
                Rect cell = new Rect(area.X + column * width, area.Bottom - (row + 1) * height, width, height).Inset(0.5f);
                Colour colour = Theme.Heat(range.High > range.Low ? (value - range.Low) / (range.High - range.Low) : 1);
                brush.Canvas.Box(cell, colour, 1.5f);
                if (width < LeastForNumber || height < LeastForNumber) continue;
                (Colour light, Colour dark) = (Theme.Light.Panel, Theme.Light.Text);
                Colour ink = Colour.Contrast(light, colour) > Colour.Contrast(dark, colour) ? light : dark;
                brush.Number(cell.Centre.X, cell.Bottom - 6, value, Brush.ReturnDigits(value), ink, NumberSize, 0.5f);
            }
        }
    }

    /// <param name="least">Of all cells, also those beyond the scale</param>
    private static void DrawScale(Brush brush, Rect area, ReturnRange range, double least, double most)
    {
        const int Parts = 48;
        for (int i = 0; i < Parts; i++)
            brush.Canvas.Box(new Rect(area.X, area.Bottom - area.Height * (i + 1) / Parts, area.Width, area.Height / Parts + 0.5f), Theme.Heat((i + 0.5) / Parts));
        End(area.Y + 9, range.High, most > range.High ? ">" : "");
        End(area.Bottom, range.Low, least < range.Low ? "<" : "");

        void End(float y, double value, string sign)
        {
            float x = area.Right + 7;
            if (sign.Length > 0) x += brush.Text(x, y, sign, brush.Theme.Muted) + 5;
            brush.Number(x, y, value, Brush.ReturnDigits(value), brush.Theme.Muted);
        }
    }
}

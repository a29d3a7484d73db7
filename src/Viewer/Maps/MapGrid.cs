namespace MamlRobotics.Viewer;

/// <summary>A map of returns over two task columns: coloured cells, and the scale of their colours.</summary>
internal sealed class MapGrid(ReturnMap map)
{
    private const float RoomForEnds = 57, LeastForNumber = 43, NumberSize = 7.5f;

    /// <summary>The share of the cells beyond each end of the scale, so that a few extreme cells do not make all others alike.</summary>
    private const double Beyond = 0.02;

    private static readonly Func<Theme, double, Colour> Heat = (_, share) => Theme.Heat(share);

    private readonly MapCells cells = new(map);
    private readonly double[] sorted = new double[map.Adapted.Length];

    private MapContent content;

    /// <param name="task">The task that is marked</param>
    /// <returns>The area of the cells</returns>
    public Rect Draw(Brush brush, Rect inside, IReadOnlyList<double> task, MapContent shown)
    {
        content = shown;
        Rect area = cells.Place(inside, RoomForEnds);
        int known = Sort();
        int beyond = (int)(Beyond * known);
        var range = new ReturnRange(sorted[beyond], sorted[known - 1 - beyond]);
        for (int cell = 0; cell < map.Adapted.Length; cell++)
            if (double.IsFinite(Value(cell))) DrawCell(brush, area, cell, range);
        cells.DrawAxes(brush, area, task);
        Rect scale = MapCells.DrawScale(brush, area, Heat);
        DrawEnd(brush, scale.Right, scale.Y + 9, range.High, sorted[known - 1] > range.High ? ">" : "");
        DrawEnd(brush, scale.Right, scale.Bottom, range.Low, sorted[0] < range.Low ? "<" : "");
        return area;
    }

    private double Value(int cell) => content switch
    {
        MapContent.Prior => map.Prior[cell],
        MapContent.Adapted => map.Adapted[cell],
        _ => map.Adapted[cell] - map.Prior[cell],
    };

    /// <summary>Sorts the values of the known cells.</summary>
    /// <returns>How many cells are known</returns>
    private int Sort()
    {
        int known = 0;
        for (int cell = 0; cell < map.Adapted.Length; cell++)
            if (double.IsFinite(Value(cell))) sorted[known++] = Value(cell);
        sorted.AsSpan(0, known).Sort();
        return known;
    }

    private void DrawCell(Brush brush, Rect area, int cell, ReturnRange range)
    {
        double value = Value(cell);
        Colour colour = Theme.Heat(range.High > range.Low ? (value - range.Low) / (range.High - range.Low) : 0.5);
        Rect drawn = cells.Draw(brush, area, cell, colour);
        if (drawn.Width < LeastForNumber || drawn.Height < LeastForNumber) return;
        (Colour light, Colour dark) = (Theme.Light.Panel, Theme.Light.Text);
        Colour ink = Colour.Contrast(light, colour) > Colour.Contrast(dark, colour) ? light : dark;
        brush.Number(drawn.Centre.X, drawn.Bottom - 6, value, Brush.ReturnDigits(value), ink, NumberSize, 0.5f);
    }

    /// <summary>Writes the value at an end of the scale.</summary>
    /// <param name="sign">Says that there are cells beyond this end; empty where there are none</param>
    private static void DrawEnd(Brush brush, float x, float y, double value, string sign)
    {
        x += 7;
        if (sign.Length > 0) x += brush.Text(x, y, sign, brush.Theme.Muted) + 5;
        brush.Number(x, y, value, Brush.ReturnDigits(value), brush.Theme.Muted);
    }
}

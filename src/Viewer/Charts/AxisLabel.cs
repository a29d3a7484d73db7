namespace MamlRobotics.Viewer;

/// <summary>The name of an axis and the values at its ends. The texts are made once, so that drawing leaves no garbage.</summary>
internal sealed class AxisLabel
{
    private const float Size = 7.5f, Gap = 7, LineHeight = 13, LeastBetween = 6;

    private readonly string low, high, name, unit;

    // The values stand at the edges of the area, or under the middles of its outer cells.
    private readonly float outer, align;

    /// <param name="cells">Number of cells, where the ends are the values of the outer ones; 0 where the ends are the edges</param>
    public AxisLabel(string name, string unit, double low, double high, int cells = 0)
    {
        // Ends that were drawn at random are a little less than round numbers.
        int digits = high <= low ? 2 : Math.Clamp((int)Math.Ceiling(-Math.Log10(Math.Max(high - low, 1e-9)) - 0.05) + 1, 0, 4);
        if (low == Math.Round(low) && high == Math.Round(high)) digits = 0;
        this.low = Brush.Number(low, digits);
        this.high = high > low ? Brush.Number(high, digits) : "";
        this.name = Columns.PrintedName(name);
        this.unit = unit.Length > 0 ? $"({Columns.PrintedUnit(unit)})" : "";
        (outer, align) = cells > 0 ? (0.5f / cells, 0.5f) : (0, 0);
    }

    /// <summary>Height that <see cref="DrawBelow"/> takes.</summary>
    public const float Height = 17;

    /// <summary>Width that <see cref="DrawLeft"/> takes.</summary>
    public float Width => Gap + Math.Max(Math.Max(Measure(low), Measure(high)), Math.Max(Measure(name), Measure(unit)));

    /// <summary>Draws the ends under an area, and between them the name and the unit as far as they have room.</summary>
    public void DrawBelow(Brush brush, Rect area)
    {
        float y = area.Bottom + Height - 3, from = area.X + outer * area.Width, to = area.Right - outer * area.Width;
        Text(brush, from, y, low, align);
        Text(brush, to, y, high, 1 - align);
        (from, to) = (from + (1 - align) * Measure(low) + LeastBetween, to - (1 - align) * Measure(high) - LeastBetween);
        float middle = (from + to) / 2, room = to - from, wide = Measure(name) + LeastBetween + Measure(unit);
        if (wide <= room && unit.Length > 0)
        {
            Text(brush, middle - wide / 2, y, name, 0);
            Text(brush, middle + wide / 2, y, unit, 1);
        }
        else if (Measure(name) <= room) Text(brush, middle, y, name, 0.5f);
    }

    /// <summary>Draws the ends on the left of an area, and between them the name over the unit as far as they have room.</summary>
    public void DrawLeft(Brush brush, Rect area)
    {
        float x = area.X - Gap, inset = outer * area.Height;
        float top = area.Y + inset + (1 - align) * Size, bottom = area.Bottom - inset + align * Size;
        Text(brush, x, top, high, 1);
        Text(brush, x, bottom, low, 1);
        float middle = (top + bottom) / 2;
        int lines = bottom - top >= 3 * LineHeight && unit.Length > 0 ? 2 : bottom - top >= 2 * LineHeight ? 1 : 0;
        if (lines > 0) Text(brush, x, middle - (lines - 1) * LineHeight / 2, name, 1);
        if (lines > 1) Text(brush, x, middle + LineHeight / 2, unit, 1);
    }

    private static float Measure(string text) => StrokeFont.Measure(text, Size);

    private static void Text(Brush brush, float x, float y, string text, float align) =>
        brush.Text(x, y, text, brush.Theme.Muted, Size, align: align);
}

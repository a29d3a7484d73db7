namespace MamlRobotics.Viewer;

/// <summary>Panels that share a part of the screen. Where not all have room, the least important ones are empty.</summary>
internal readonly record struct PanelBlock(Rect Chart, Rect Map, Rect Field, Rect Change)
{
    public const float Gap = 14;

    private const float LeastWidth = 220, LeastHeight = 110, LeastRow = 160, Slender = 1.8f;
    private const float LeastForColumns = 560, LeastForTwoRows = 270, LeastForThreeRows = 470;

    public static PanelBlock OfTask(Rect area)
    {
        if (area.Width < LeastWidth || area.Height < LeastHeight) return default;
        if (area.Width >= LeastForColumns && area.Width > area.Height)
        {
            Rect[] rows = area.Height < 2 * LeastRow + Gap ? [area] : Rows(area, 0.5f, 0.5f);
            Rect[] upper = Columns(rows[0], rows[0].Width / 2);
            return new PanelBlock(upper[0], upper[1], default, default).WithFieldAndChange(rows[1..]);
        }
        if (area.Height > Slender * area.Width && area.Height >= 4 * LeastRow + 3 * Gap)
        {
            Rect[] all = Rows(area, 0.24f, 0.27f, 0.27f, 0.22f);
            return new PanelBlock(all[0], all[1], all[2], all[3]);
        }
        Rect[] stack = area.Height < LeastForTwoRows ? [area]
            : area.Height < LeastForThreeRows ? Rows(area, 0.43f, 0.57f)
            : Rows(area, 0.31f, 0.365f, 0.325f);
        var chartAndMap = new PanelBlock(stack[0], stack.Length > 1 ? stack[1] : default, default, default);
        return chartAndMap.WithFieldAndChange(stack[Math.Min(2, stack.Length)..]);
    }

    /// <summary>The chart, and one large panel in the place of the map.</summary>
    public static PanelBlock OfPopulation(Rect area)
    {
        PanelBlock block = OfTask(area);
        if (block.Chart.IsEmpty || block.Map.IsEmpty) return block;
        bool isColumn = block.Map.Y > block.Chart.Y;
        return isColumn
            ? new PanelBlock(block.Chart, area.Inset(0, block.Map.Y - area.Y, 0, 0), default, default)
            : new PanelBlock(block.Chart with { Height = area.Height }, block.Map with { Height = area.Height }, default, default);
    }

    /// <summary>The block with the field and the changes in one more row, where there is one.</summary>
    private PanelBlock WithFieldAndChange(Rect[] rows)
    {
        if (rows.Length == 0) return this;
        Rect[] columns = Columns(rows[0], Math.Min(FieldPanel.WidthFor(rows[0].Height), 0.46f * rows[0].Width));
        return this with { Field = columns[0], Change = columns[1] };
    }

    private static Rect[] Columns(Rect area, float left)
    {
        float width = MathF.Round(left - Gap / 2);
        return [area with { Width = width }, area.Inset(width + Gap, 0, 0, 0)];
    }

    private static Rect[] Rows(Rect area, params ReadOnlySpan<float> shares)
    {
        var rows = new Rect[shares.Length];
        float free = area.Height - (shares.Length - 1) * Gap, y = area.Y;
        for (int i = 0; i < rows.Length; i++)
        {
            rows[i] = area with { Y = y, Height = i == rows.Length - 1 ? area.Bottom - y : MathF.Round(shares[i] * free) };
            y = rows[i].Bottom + Gap;
        }
        return rows;
    }
}

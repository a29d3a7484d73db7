using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A panel of returns over task columns. It is drawn again while cells are sampled, so drawing leaves no garbage.</summary>
internal abstract class TaskMapPanel(string title, string caption)
{
    private int drawn = -1;

    /// <summary>The area in which the cells were drawn last, and their number on each axis; empty before the first time.</summary>
    protected (Rect Area, int Columns, int Rows) Cells { get; set; }

    /// <summary>Grows whenever there is more to draw.</summary>
    protected abstract int Version { get; }

    /// <summary>Whether more cells are sampled than when the panel was drawn.</summary>
    public bool HasAdditions => drawn != Version;

    public virtual void Draw(Brush brush, Rect area) => DrawInside(brush, brush.Panel(area, title, caption));

    /// <summary>The cell of the map at a point of the screen; null where there is none.</summary>
    public int? CellAt(Vector2 point)
    {
        (Rect area, int columns, int rows) = Cells;
        if (!area.Contains(point)) return null;
        int column = (int)((point.X - area.X) / area.Width * columns);
        int row = (int)((area.Bottom - point.Y) / area.Height * rows);
        return Math.Clamp(row, 0, rows - 1) * columns + Math.Clamp(column, 0, columns - 1);
    }

    /// <summary>Draws the contents again, over the old ones.</summary>
    public void DrawAgain(Brush brush, Rect area)
    {
        Rect inside = Brush.Inside(area);
        brush.Canvas.Box(inside.Inset(-12, -2, -12, -10), brush.Theme.Panel);
        DrawInside(brush, inside);
    }

    /// <returns>Whether there was anything to draw</returns>
    protected abstract bool DrawReturns(Brush brush, Rect inside);

    protected void DrawInside(Brush brush, Rect inside)
    {
        drawn = Version;
        if (!DrawReturns(brush, inside)) brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", brush.Theme.Muted, align: 0.5f);
    }
}

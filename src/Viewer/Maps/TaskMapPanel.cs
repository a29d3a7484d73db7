using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A panel of returns over task columns. It is drawn again while they are sampled, so drawing leaves no garbage.</summary>
internal abstract class TaskMapPanel(string title, string caption)
{
    private int drawn = -1;

    /// <summary>Where the cells were drawn last, and how many there are on each axis; empty where none were.</summary>
    protected (Rect Area, int Columns, int Rows) Cells { get; set; }

    /// <summary>Grows whenever there is more to draw.</summary>
    protected abstract int Version { get; }

    /// <summary>Whether there is more to draw than when the panel was drawn.</summary>
    public bool HasGained => drawn != Version;

    public virtual void Draw(Brush brush, Rect area) => DrawInside(brush, brush.Panel(area, title, caption));

    /// <summary>The cell of the map at a point of the screen; null where there is none.</summary>
    public int? CellAt(Vector2 point)
    {
        (Rect area, int columns, int rows) = Cells;
        if (!area.Contains(point)) return null;
        int column = (int)((point.X - area.X) / area.Width * columns), row = (int)((area.Bottom - point.Y) / area.Height * rows);
        return Math.Clamp(row, 0, rows - 1) * columns + Math.Clamp(column, 0, columns - 1);
    }

    /// <summary>Draws over what the panel showed.</summary>
    public void DrawAgain(Brush brush, Rect area)
    {
        Rect inside = brush.Inside(area);
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

namespace MamlRobotics.Viewer;

/// <summary>A panel of returns over task columns. It is drawn again while they are sampled, so drawing leaves no garbage.</summary>
internal abstract class TaskMapPanel(string title, string caption)
{
    private int drawn = -1;

    /// <summary>Grows whenever there is more to draw.</summary>
    protected abstract int Version { get; }

    /// <summary>Whether there is more to draw than when the panel was drawn.</summary>
    public bool HasGained => drawn != Version;

    public void Draw(Brush brush, Rect area) => DrawInside(brush, brush.Panel(area, title, caption));

    /// <summary>Draws over what the panel showed.</summary>
    public void DrawAgain(Brush brush, Rect area)
    {
        Rect inside = brush.Inside(area);
        brush.Canvas.Box(inside.Inset(-12, -2, -12, -10), brush.Theme.Panel);
        DrawInside(brush, inside);
    }

    /// <returns>Whether there was anything to draw</returns>
    protected abstract bool DrawReturns(Brush brush, Rect inside);

    private void DrawInside(Brush brush, Rect inside)
    {
        drawn = Version;
        if (!DrawReturns(brush, inside)) brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", brush.Theme.Muted, align: 0.5f);
    }
}

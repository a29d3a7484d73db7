using System.Globalization;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>What stands above the charts of a plot.</summary>
public readonly record struct PlotHeading(string Title, string Caption)
{
    /// <summary>The heading of plots of runs.</summary>
    public static PlotHeading Of(IReadOnlyList<RunGroup> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        string runs = Counted(groups.Sum(group => group.Runs.Count), "run"), configurations = Counted(groups.Count, "configuration");
        return new(groups[0].Runs[0].Config.Subject, $"{runs} of {configurations}");
    }

    private static string Counted(int count, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");
}

/// <summary>Draws charts in rows of as many as are not too narrow.</summary>
public static class PlotScreen
{
    private const float Margin = 16, Gap = 14, Header = 40, LeastWidth = 420, LeastHeight = 220;

    public static void Draw(Canvas canvas, Theme theme, PlotHeading heading, IReadOnlyList<PlotPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(panels);
        var brush = new Brush(canvas, theme);
        float x = Margin + 2 + brush.Text(Margin + 2, 30, heading.Title, theme.Text, 12, StrokeFont.Strong);
        brush.Text(x + 14, 30, Brush.Shorten(heading.Caption, canvas.Width - x - 30, 9.5f), theme.Muted, 9.5f);
        Rect[] areas = Areas(canvas.Width, canvas.Height, panels.Count);
        foreach ((PlotPanel panel, Rect area) in panels.Zip(areas)) new LineChart(brush, panel).Draw(area);
    }

    /// <summary>Whether there is room for so many charts of a readable size.</summary>
    public static bool Fits(float width, float height, int panels) =>
        Areas(width, height, panels).All(area => area.Width >= LeastWidth && area.Height >= LeastHeight);

    private static Rect[] Areas(float width, float height, int panels)
    {
        Rect all = new Rect(0, 0, width, height).Inset(Margin, Header + 6, Margin, Margin);
        int columns = Math.Clamp((int)((all.Width + Gap) / (LeastWidth + Gap)), 1, panels), rows = (panels + columns - 1) / columns;
        float wide = (all.Width - Gap * (columns - 1)) / columns, high = (all.Height - Gap * (rows - 1)) / rows;
        return [.. Enumerable.Range(0, panels).Select(i =>
            new Rect(all.X + i % columns * (wide + Gap), all.Y + i / columns * (high + Gap), wide, high))];
    }
}

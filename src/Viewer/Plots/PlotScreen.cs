using System.Globalization;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Draws the charts of runs beside each other, or one below the other where that leaves them wider.</summary>
public static class PlotScreen
{
    private const float Margin = 16, Gap = 14, Header = 40, LeastWidth = 420, LeastHeight = 220;

    public static void Draw(Canvas canvas, Theme theme, IReadOnlyList<RunGroup> groups, IReadOnlyList<PlotPanel> panels)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(panels);
        var brush = new Brush(canvas, theme);
        float x = Margin + 2 + brush.Text(Margin + 2, 30, groups[0].Runs[0].Config.Environment, theme.Text, 12, StrokeFont.Strong);
        int runs = groups.Sum(group => group.Runs.Count);
        brush.Text(x + 14, 30, string.Create(
            CultureInfo.InvariantCulture, $"{runs} {(runs == 1 ? "run" : "runs")} of {groups.Count} {(groups.Count == 1 ? "configuration" : "configurations")}"), theme.Muted, 9.5f);
        foreach ((PlotPanel panel, Rect area) in panels.Zip(Areas(canvas.Width, canvas.Height, panels.Count))) new LineChart(brush, panel).Draw(area);
    }

    /// <summary>Whether charts of a readable size have room.</summary>
    public static bool Fits(float width, float height, int panels) => Areas(width, height, panels).All(area => area.Width >= LeastWidth && area.Height >= LeastHeight);

    private static Rect[] Areas(float width, float height, int panels)
    {
        Rect all = new Rect(0, 0, width, height).Inset(Margin, Header + 6, Margin, Margin);
        float beside = (all.Width - Gap * (panels - 1)) / panels, below = (all.Height - Gap * (panels - 1)) / panels;
        return [.. Enumerable.Range(0, panels).Select(i => beside >= LeastWidth
            ? all with { X = all.X + i * (beside + Gap), Width = beside } : all with { Y = all.Y + i * (below + Gap), Height = below })];
    }
}

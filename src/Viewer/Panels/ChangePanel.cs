using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>How far each gradient step moved each layer's parameters, relative to their length.</summary>
internal static class ChangePanel
{
    // One layer takes at most so many times the width of the next one; its bars are cut, and the number tells.
    private const double Reach = 3;

    private const float Gap = 10, NamesShare = 0.42f, LargestText = 8, SmallestText = 6.5f;

    public static void Draw(Brush brush, Rect area, Replay replay)
    {
        Rect inside = brush.Panel(area, "Parameter change", "‖Δθ‖ / ‖θ‖ per gradient step", "‖Δθ‖ / ‖θ‖");
        int[] layers = [.. Enumerable.Range(0, replay.Layers.Count).Where(layer => replay.Steps.Skip(1).All(step => double.IsFinite(step.ParameterChange[layer])))];
        if (replay.InnerSteps == 0 || layers.Length == 0)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "no gradient step", brush.Theme.Muted, align: 0.5f);
            return;
        }
        double[] largest = [.. layers.Select(layer => replay.Steps.Skip(1).Max(step => step.ParameterChange[layer]))];
        double whole = Whole(largest);
        float row = inside.Height / layers.Length, cap = Math.Clamp(row - 5, SmallestText, LargestText);
        string[] names = Names([.. layers.Select(layer => replay.Layers[layer])], NamesShare * inside.Width, cap), numbers = [.. largest.Select(Percent)];
        float left = names.Max(name => StrokeFont.Measure(name, cap)) + Gap, right = numbers.Max(number => StrokeFont.Measure(number, cap)) + Gap;
        for (int i = 0; i < layers.Length; i++)
        {
            var line = new Rect(inside.X, inside.Y + i * row, inside.Width, row);
            brush.Text(inside.X + left - Gap, line.Centre.Y + cap / 2, names[i], brush.Theme.Muted, cap, align: 1);
            DrawBars(brush, line.Inset(left, 1.5f, right, 1.5f), [.. replay.Steps.Skip(1).Select(step => step.ParameterChange[layers[i]])], whole);
            brush.Text(inside.Right, line.Centre.Y + cap / 2, numbers[i], brush.Theme.Text, cap, align: 1);
        }
    }

    /// <summary>The change that a bar of the whole width means.</summary>
    internal static double Whole(double[] largest)
    {
        double[] sorted = [.. largest.OrderDescending()];
        return sorted.Length > 1 && sorted[1] > 0 ? Math.Min(sorted[0], Reach * sorted[1]) : sorted[0];
    }

    private static void DrawBars(Brush brush, Rect area, double[] changes, double whole)
    {
        float height = Math.Min(area.Height / changes.Length, 5);
        var track = new Rect(area.X, area.Centre.Y - height * changes.Length / 2, area.Width, height * changes.Length);
        brush.Canvas.Box(track, brush.Theme.Grid.Fade(0.6), 1.5f);
        for (int i = 0; i < changes.Length; i++)
        {
            var bar = new Rect(track.X, track.Y + i * height, Math.Clamp((float)(changes[i] / whole) * track.Width, 1, track.Width), Math.Max(height - 0.6f, 0.6f));
            brush.Canvas.Box(bar, brush.Theme.Step(i + 1, changes.Length), 1);
            // A gap near the end says that the bar goes on.
            if (changes[i] > whole * (1 + 1e-9)) brush.Canvas.Line(new(track.Right - 11, bar.Bottom + 1), new(track.Right - 7, bar.Y - 1), 2, brush.Theme.Panel);
        }
    }

    /// <summary>Names with their shapes where there is room for all of them.</summary>
    private static string[] Names(string[] layers, float room, float cap) =>
        layers.Max(name => StrokeFont.Measure(name, cap)) <= room ? layers : [.. layers.Select(name => Brush.Shorten(name.Split("  ")[0], room, cap))];

    private static string Percent(double change) => string.Create(CultureInfo.InvariantCulture, $"{Brush.Number(100 * change, change < 0.1 ? 1 : 0)} %");
}

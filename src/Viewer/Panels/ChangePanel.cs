namespace MamlRobotics.Viewer;

/// <summary>Shows how far each gradient step moved each layer's parameters, relative to their length.</summary>
internal static class ChangePanel
{
    // The bars of the largest layer are at most so many times as long as those of the next one. Longer bars are cut, and the
    // number beside them says how long they are.
    private const double LongestRatio = 3;

    private const float Gap = 10, NamesShare = 0.42f, LargestText = 8, SmallestText = 6.5f;

    public static void Draw(Brush brush, Rect area, Replay replay)
    {
        Rect inside = brush.Panel(area, "Parameter change", $"‖Δθ‖ / ‖θ‖ per {replay.Title.StepName}", "‖Δθ‖ / ‖θ‖");
        LayerChange[] layers = ChangesOf(replay);
        if (replay.InnerSteps == 0 || layers.Length == 0)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, $"no {replay.Title.StepName}", brush.Theme.Muted, align: 0.5f);
            return;
        }
        double[] largest = [.. layers.Select(layer => layer.Changes.Max())];
        double whole = WholeBar(largest);
        float row = inside.Height / layers.Length, cap = Math.Clamp(row - 5, SmallestText, LargestText);
        string[] names = Names([.. layers.Select(layer => layer.Name)], NamesShare * inside.Width, cap);
        string[] numbers = [.. largest.Select(Percent)];
        float left = names.Max(name => StrokeFont.Measure(name, cap)) + Gap;
        float right = numbers.Max(number => StrokeFont.Measure(number, cap)) + Gap;
        for (int i = 0; i < layers.Length; i++)
        {
            var line = new Rect(inside.X, inside.Y + i * row, inside.Width, row);
            brush.Text(inside.X + left - Gap, line.Centre.Y + cap / 2, names[i], brush.Theme.Muted, cap, align: 1);
            DrawBars(brush, line.Inset(left, 1.5f, right, 1.5f), layers[i].Changes, whole);
            brush.Text(inside.Right, line.Centre.Y + cap / 2, numbers[i], brush.Theme.Text, cap, align: 1);
        }
    }

    /// <param name="Changes">[K], by gradient step</param>
    private sealed record LayerChange(string Name, double[] Changes);

    /// <summary>The layers whose changes are all known. A layer whose parameters were zero has none.</summary>
    private static LayerChange[] ChangesOf(Replay replay)
    {
        ReplayStep[] steps = [.. replay.Steps.Skip(1)];
        IEnumerable<LayerChange> all = replay.Layers.Select((name, layer) =>
            new LayerChange(name, [.. steps.Select(step => step.ParameterChange[layer])]));
        return [.. all.Where(layer => layer.Changes.All(double.IsFinite))];
    }

    /// <summary>The change that a bar of the whole width stands for.</summary>
    internal static double WholeBar(double[] largest)
    {
        double[] sorted = [.. largest.OrderDescending()];
        return sorted.Length > 1 && sorted[1] > 0 ? Math.Min(sorted[0], LongestRatio * sorted[1]) : sorted[0];
    }

    private static void DrawBars(Brush brush, Rect area, double[] changes, double whole)
    {
        float height = Math.Min(area.Height / changes.Length, 5);
        var track = new Rect(area.X, area.Centre.Y - height * changes.Length / 2, area.Width, height * changes.Length);
        brush.Canvas.Box(track, brush.Theme.Grid.Fade(0.6), 1.5f);
        for (int i = 0; i < changes.Length; i++)
        {
            float width = Math.Clamp((float)(changes[i] / whole) * track.Width, 1, track.Width);
            var bar = new Rect(track.X, track.Y + i * height, width, Math.Max(height - 0.6f, 0.6f));
            brush.Canvas.Box(bar, brush.Theme.Step(i + 1, changes.Length), 1);
            bool isCut = changes[i] > whole * (1 + 1e-9);
            // A gap near the end says that the bar would be longer.
            if (isCut) brush.Canvas.Line(new(track.Right - 11, bar.Bottom + 1), new(track.Right - 7, bar.Y - 1), 2, brush.Theme.Panel);
        }
    }

    /// <summary>Names with their shapes where all of them have room, else without.</summary>
    private static string[] Names(string[] layers, float room, float cap)
    {
        if (layers.Max(name => StrokeFont.Measure(name, cap)) <= room) return layers;
        return [.. layers.Select(name => Brush.Shorten(name.Split("  ")[0], room, cap))];
    }

    private static string Percent(double change) => $"{Brush.Number(100 * change, change < 0.1 ? 1 : 0)} %";
}

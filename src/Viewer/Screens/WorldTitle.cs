using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>The words in a world's upper corner and its legend.</summary>
internal static class WorldTitle
{
    private const float Left = 18;

    /// <summary>The policy that is shown, and the time. Leaves no garbage.</summary>
    /// <returns>Where the line below the title goes on</returns>
    public static (float X, float Y) Draw(Brush brush, Rect area, int episode, int time, int horizon, Colour colour)
    {
        Span<char> text = stackalloc char[64];
        if (episode == 0) "Prior policy".CopyTo(text);
        int length = "Prior policy".Length;
        if (episode > 0) text.TryWrite(CultureInfo.InvariantCulture, $"After {episode} gradient {(episode == 1 ? "step" : "steps")}", out length);
        brush.Text(area.X + Left, area.Y + 30, text[..length], colour, 13, StrokeFont.Strong);
        float x = area.X + Left, y = area.Y + 52;
        text.TryWrite(CultureInfo.InvariantCulture, $"step {time} of {horizon}", out length);
        return (x + brush.Text(x, y, text[..length], brush.Theme.Muted) + 22, y);
    }

    /// <summary>The colours of the gradient steps, those that are hidden faintly, and a remark where there is room.</summary>
    public static void DrawLegend(Brush brush, Rect area, int steps, IReadOnlyList<bool>? visible, string remark)
    {
        float x = area.X + Left, y = area.Bottom - 16;
        for (int step = 0; step <= steps; step++)
        {
            Colour colour = brush.Theme.Step(step, steps);
            bool isOn = visible is null || visible[step];
            brush.Canvas.Line(new(x, y - 4), new(x + 18, y - 4), 3, isOn ? colour : colour.Fade(0.3));
            string name = step == 0 ? "prior policy" : step == 1 ? "1 step" : string.Create(CultureInfo.InvariantCulture, $"{step} steps");
            x += 26 + brush.Text(x + 26, y, name, isOn ? brush.Theme.Muted : brush.Theme.Muted.Fade(0.4)) + 20;
        }
        if (x + StrokeFont.Measure(remark, Brush.Small) + 130 < area.Right) brush.Text(x, y, remark, brush.Theme.Muted);
    }
}

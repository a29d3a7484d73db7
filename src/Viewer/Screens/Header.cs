using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>The line above the panels: what is shown, and in a frame of its own how much of it.</summary>
internal static class Header
{
    private const float Baseline = 31, LeastRoom = 120;

    public static void Draw(Brush brush, Rect area, ReplayTitle title, string amount)
    {
        float x = area.X;
        Colour mark = brush.Theme.Step(1, 1);
        brush.Canvas.Disc(new(x + 9, Baseline - 5), 9, mark.Fade(0.2));
        brush.Canvas.Disc(new(x + 9, Baseline - 5), 4.5f, mark);
        x += 28;
        x += brush.Text(x, Baseline, "Adaptation", brush.Theme.Text, 12, StrokeFont.Strong) + 14;
        string about = string.Create(CultureInfo.InvariantCulture, $"{title.Family} · {title.Algorithm} · {title.Run}, iteration {title.Iteration} · {title.Task}");
        float width = StrokeFont.Measure(amount, Brush.Small) + 24;
        var pill = new Rect(area.Right - width, Baseline - 17, width, 24);
        // A narrow window keeps the beginning, which says most.
        float room = pill.X - x - 14;
        if (room < LeastRoom) (room, amount) = (area.Right - x, "");
        if (amount.Length > 0)
        {
            brush.Canvas.Box(pill, brush.Theme.Panel, 12, 1, brush.Theme.Edge);
            brush.Text(pill.X + 12, Baseline, amount, brush.Theme.Muted);
        }
        brush.Text(x, Baseline, Shorten(about, room), brush.Theme.Muted, 9.5f);
    }

    private static string Shorten(string text, float room)
    {
        if (StrokeFont.Measure(text, 9.5f) <= room) return text;
        while (text.Length > 1 && StrokeFont.Measure(text + "…", 9.5f) > room) text = text[..^1];
        return text + "…";
    }
}

using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Shows a strip with the rewards of each episode, and marks the moment at which the playback is.</summary>
internal static class Timeline
{
    private const float WidestGap = 12, GapShare = 0.2f, LabelHeight = 22, LabelInset = 2, LeastBetween = 10;

    /// <summary>The area of an episode's strip.</summary>
    public static Rect Strip(Rect area, int episodes, int episode)
    {
        Rect inside = area.Inset(14, 12, 14, 8);
        float gap = MathF.Min(WidestGap, GapShare * inside.Width / episodes);
        float width = MathF.Max(1, (inside.Width - gap * (episodes - 1)) / episodes);
        return new Rect(inside.X + episode * (width + gap), inside.Y, width, inside.Height - LabelHeight);
    }

    /// <summary>The moment at a point of the screen, in steps from the start of the first episode.</summary>
    public static double PositionAt(Rect area, Playback playback, float x)
    {
        for (int episode = playback.Episodes - 1; episode >= 0; episode--)
        {
            Rect strip = Strip(area, playback.Episodes, episode);
            if (x >= strip.X || episode == 0) return (episode + Math.Clamp((x - strip.X) / strip.Width, 0, 1)) * playback.Horizon;
        }
        return 0;
    }

    /// <param name="episodes">Rewards and return of each episode</param>
    /// <param name="stepName">As in <see cref="ReplayTitle.StepName"/></param>
    /// <param name="of">Says what the returns are of, where there is room</param>
    public static void DrawStill(
        Brush brush, Rect area, IReadOnlyList<(float[] Rewards, double Return)> episodes, string stepName, string of, int horizon,
        int current)
    {
        brush.Panel(area);
        double low = episodes.Min(step => (double)step.Rewards.Min()), high = episodes.Max(step => (double)step.Rewards.Max());
        for (int episode = 0; episode < episodes.Count; episode++)
        {
            Rect strip = Strip(area, episodes.Count, episode);
            Colour colour = brush.Theme.Step(episode, episodes.Count - 1);
            bool isCurrent = episode == current;
            Colour fill = isCurrent ? Colour.Mix(brush.Theme.Panel, colour, 0.18) : brush.Theme.Grid.Fade(0.7);
            Colour edge = isCurrent ? colour.Fade(0.6) : brush.Theme.Edge, ink = isCurrent ? brush.Theme.Text : brush.Theme.Muted;
            brush.Canvas.Box(strip, fill, MathF.Min(4, strip.Width / 2), 1, edge);
            float inset = MathF.Min(3, strip.Width / 4);
            DrawRewards(brush, strip.Inset(inset, 6, inset, 6), episodes[episode].Rewards, horizon, low, high, colour);
            (string name, string value) = Label(episode, stepName, of, episodes[episode].Return, strip.Width - 2 * LabelInset);
            brush.Text(strip.X + LabelInset, strip.Bottom + 17, name, ink);
            brush.Text(strip.Right - LabelInset, strip.Bottom + 17, value, ink, align: 1);
        }
    }

    /// <summary>
    /// An episode's name and return, as far as they have room. The name is shortened first, then the words about the return are
    /// dropped, and the return itself last.
    /// </summary>
    internal static (string Name, string Value) Label(int episode, string stepName, string of, double value, float room)
    {
        string number = episode.ToString(CultureInfo.InvariantCulture), printed = Brush.Return(value);
        string[] names = episode == 0 ? ["prior policy", "prior", number]
            : [$"after {Brush.Steps(episode, stepName)}", $"step {number}", number];
        (string, string)[] labels =
        [
            .. names[..2].Select(name => (name, $"{of} {printed}")),
            .. names.Select(name => (name, printed)),
            .. names.Select(name => (name, "")),
        ];
        return labels.FirstOrDefault(label => Width(label) <= room, ("", ""));

        static float Width((string Name, string Value) label)
        {
            float name = StrokeFont.Measure(label.Name, Brush.Small), value = StrokeFont.Measure(label.Value, Brush.Small);
            return label.Value.Length > 0 ? name + LeastBetween + value : name;
        }
    }

    public static void DrawMoving(Brush brush, Rect area, Playback playback)
    {
        Rect strip = Strip(area, playback.Episodes, playback.Episode);
        float x = strip.X + (float)(playback.Time / playback.Horizon) * strip.Width;
        brush.Canvas.Line(new(x, strip.Y - 2), new(x, strip.Bottom + 2), 2, brush.Theme.Text);
        brush.Canvas.Disc(new(x, strip.Y - 3), 4.5f, brush.Theme.Text);
    }

    private static void DrawRewards(Brush brush, Rect area, float[] rewards, int horizon, double low, double high, Colour colour)
    {
        for (int t = 0; t < rewards.Length; t++)
        {
            float share = high > low ? (float)((rewards[t] - low) / (high - low)) : 0.5f;
            var at = new Vector2(area.X + area.Width * (t + 0.5f) / horizon, area.Bottom - share * area.Height);
            if (t == 0) brush.Canvas.BeginPath(at, 1.8f, colour);
            else brush.Canvas.PathTo(at, 1.8f, colour);
        }
        brush.Canvas.EndPath();
    }
}

using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>One strip per episode with its rewards, and where in them the replay is.</summary>
internal static class Timeline
{
    private const float WidestGap = 12, GapShare = 0.2f, LabelHeight = 22, LabelInset = 2, LeastBetween = 10;

    /// <summary>The strip of an episode.</summary>
    public static Rect Strip(Rect area, int episodes, int episode)
    {
        Rect inside = area.Inset(14, 12, 14, 8);
        float gap = MathF.Min(WidestGap, GapShare * inside.Width / episodes);
        float width = MathF.Max(1, (inside.Width - gap * (episodes - 1)) / episodes);
        return new Rect(inside.X + episode * (width + gap), inside.Y, width, inside.Height - LabelHeight);
    }

    /// <summary>The moment under a point of the screen, in steps from the first episode's start.</summary>
    public static double PositionAt(Rect area, Playback playback, float x)
    {
        for (int episode = playback.Episodes - 1; episode >= 0; episode--)
        {
            Rect strip = Strip(area, playback.Episodes, episode);
            if (x >= strip.X || episode == 0) return (episode + Math.Clamp((x - strip.X) / strip.Width, 0, 1)) * playback.Horizon;
        }
        return 0;
    }

    /// <param name="episodes">Rewards and return of each</param>
    /// <param name="of">Whose returns they are, said where there is room</param>
    public static void DrawStill(Brush brush, Rect area, IReadOnlyList<(float[] Rewards, double Return)> episodes, string of, int horizon, int current)
    {
        brush.Panel(area);
        (double low, double high) = (episodes.Min(step => (double)step.Rewards.Min()), episodes.Max(step => (double)step.Rewards.Max()));
        for (int episode = 0; episode < episodes.Count; episode++)
        {
            Rect strip = Strip(area, episodes.Count, episode);
            Colour colour = brush.Theme.Step(episode, episodes.Count - 1);
            bool isCurrent = episode == current;
            brush.Canvas.Box(strip, isCurrent ? Colour.Mix(brush.Theme.Panel, colour, 0.18) : brush.Theme.Grid.Fade(0.7), MathF.Min(4, strip.Width / 2), 1, isCurrent ? colour.Fade(0.6) : brush.Theme.Edge);
            float inset = MathF.Min(3, strip.Width / 4);
            DrawRewards(brush, strip.Inset(inset, 6, inset, 6), episodes[episode].Rewards, horizon, low, high, colour);
            (string name, string value) = Label(episode, of, episodes[episode].Return, strip.Width - 2 * LabelInset);
            brush.Text(strip.X + LabelInset, strip.Bottom + 17, name, isCurrent ? brush.Theme.Text : brush.Theme.Muted);
            brush.Text(strip.Right - LabelInset, strip.Bottom + 17, value, isCurrent ? brush.Theme.Text : brush.Theme.Muted, align: 1);
        }
    }

    /// <summary>
    /// An episode's name and return, as far as there is room: a name gives way to a shorter one, then whose return it is
    /// to the name, and last the return.
    /// </summary>
    internal static (string Name, string Value) Label(int episode, string of, double value, float room)
    {
        string number = episode.ToString(CultureInfo.InvariantCulture), printed = Brush.Return(value);
        string[] names = episode == 0 ? ["prior policy", "prior", number] : [$"after {Brush.Steps(episode, "gradient ")}", $"step {number}", number];
        (string, string)[] labels = [.. names[..2].Select(name => (name, $"{of} {printed}")), .. names.Select(name => (name, printed)), .. names.Select(name => (name, ""))];
        return labels.FirstOrDefault(label => Width(label) <= room, ("", ""));

        static float Width((string Name, string Value) label) =>
            StrokeFont.Measure(label.Name, Brush.Small) + (label.Value.Length > 0 ? LeastBetween + StrokeFont.Measure(label.Value, Brush.Small) : 0);
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

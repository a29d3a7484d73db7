using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The words in a world's upper left corner: the name of the policy, and below it a caption, the time and other numbers. The
/// numbers continue in the next line where they have no room. Drawing leaves no garbage.
/// </summary>
/// <param name="stepName">As in <see cref="ReplayTitle.StepName"/></param>
/// <param name="captions">The captions of each policy, the longest form first</param>
/// <param name="widest">The widest text of each of the other numbers, so that nothing moves while the numbers change</param>
internal sealed class WorldTitle(int horizon, string stepName, IReadOnlyList<string[]> captions, params string[] widest)
{
    private const float Left = 18, Title = 13, Baseline = 30, FirstLine = 52, LineHeight = 20, Gap = 22;

    // Height at the bottom of the world that is left to the words in its lower corners.
    private const float Foot = 40;
    private const int Forms = 3;

    private readonly float[] widths =
        [.. widest.Prepend(string.Create(CultureInfo.InvariantCulture, $"step {horizon} of {horizon}")).Select(Measure)];

    /// <summary>The area of the words.</summary>
    /// <param name="room">The part of the world that nothing covers</param>
    public Rect Area(Rect room, int episode)
    {
        Span<char> text = stackalloc char[64];
        float width = StrokeFont.Measure(text[..Name(text, room, episode)], Title), bottom = room.Y + Baseline;
        if (Caption(room, episode) is { } caption)
            (width, bottom) = (Math.Max(width, StrokeFont.Measure(caption, Brush.Small)), room.Y + FirstLine);
        for (int number = 0; number < widths.Length; number++)
        {
            if (Place(room, episode, number) is not { } place) continue;
            (width, bottom) = (Math.Max(width, place.X + widths[number] - room.X - Left), place.Y);
        }
        float top = room.Y + Baseline - Title;
        return new Rect(room.X + Left, top, width, bottom + 3 - top);
    }

    public void Draw(Brush brush, Rect room, int episode, int time, Colour colour)
    {
        brush.Backing(Area(room, episode));
        Span<char> text = stackalloc char[64];
        brush.Text(room.X + Left, room.Y + Baseline, text[..Name(text, room, episode)], colour, Title, StrokeFont.Strong);
        if (Caption(room, episode) is { } caption) brush.Text(room.X + Left, room.Y + FirstLine, caption, brush.Theme.Text);
        text.TryWrite(CultureInfo.InvariantCulture, $"step {time} of {horizon}", out int length);
        Draw(brush, room, episode, 0, text[..length]);
    }

    /// <param name="number">Number of the text, from 1; the time has number 0</param>
    public void DrawNumber(Brush brush, Rect room, int episode, int number, string name, double value, int digits, string unit = "")
    {
        Span<char> text = stackalloc char[96];
        name.CopyTo(text);
        int length = name.Length + Brush.Write(text[name.Length..], value, digits);
        unit.CopyTo(text[length..]);
        Draw(brush, room, episode, number, text[..(length + unit.Length)]);
    }

    /// <summary>The longest caption that has room; null where none has.</summary>
    internal string? Caption(Rect room, int episode)
    {
        if (captions.Count == 0) return null;
        foreach (string caption in captions[episode])
            if (Left + StrokeFont.Measure(caption, Brush.Small) <= room.Width) return caption;
        return null;
    }

    private static float Measure(string text) => StrokeFont.Measure(text, Brush.Small);

    private void Draw(Brush brush, Rect room, int episode, int number, ReadOnlySpan<char> text)
    {
        if (Place(room, episode, number) is { } place) brush.Text(place.X, place.Y, text, brush.Theme.Muted);
    }

    /// <summary>The place where a number begins; null where a whole line is too short for it, or no line is left.</summary>
    private Vector2? Place(Rect room, int episode, int number)
    {
        (float left, float right) = (room.X + Left, room.Right);
        var at = new Vector2(left, room.Y + FirstLine + (Caption(room, episode) is null ? 0 : LineHeight));
        for (int next = 0; ; next++)
        {
            if (at.X > left && at.X + widths[next] > right) at = new(left, at.Y + LineHeight);
            bool fits = at.X + widths[next] <= right && at.Y <= room.Bottom - Foot;
            if (next == number) return fits ? at : null;
            if (fits) at.X += widths[next] + Gap;
        }
    }

    /// <summary>Writes the longest name of the policy that has room.</summary>
    private int Name(Span<char> text, Rect room, int episode)
    {
        for (int form = 0; ; form++)
        {
            int length = Name(text, episode, form);
            if (form == Forms - 1 || Left + StrokeFont.Measure(text[..length], Title) <= room.Width) return length;
        }
    }

    private int Name(Span<char> text, int episode, int form)
    {
        string ending = episode == 1 ? "" : "s";
        int length;
        if (episode == 0) text.TryWrite($"{(form == 0 ? "Prior policy" : "Prior")}", out length);
        else if (form == 0) text.TryWrite(CultureInfo.InvariantCulture, $"After {episode} {stepName}{ending}", out length);
        else if (form == 1) text.TryWrite(CultureInfo.InvariantCulture, $"After {episode} step{ending}", out length);
        else text.TryWrite(CultureInfo.InvariantCulture, $"{episode} step{ending}", out length);
        return length;
    }
}

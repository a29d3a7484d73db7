using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// The words in a world's upper left corner: the policy that is shown, below it a caption, the time and other numbers. They
/// go on in the next line where a narrow world, or what covers its other corner, leaves no room. Drawing leaves no garbage.
/// </summary>
/// <param name="captions">For each policy what there is to say of it, the longest form first</param>
/// <param name="widest">The widest that each of the other numbers gets, so that nothing moves while they grow</param>
internal sealed class WorldTitle(int horizon, IReadOnlyList<string[]> captions, params string[] widest)
{
    private const float Left = 18, Title = 13, Baseline = 30, FirstLine = 52, LineHeight = 20, Gap = 22;

    // Of the world, for the words in its lower corners.
    private const float Foot = 40;
    private const int Forms = 3;

    private readonly float[] widths = [.. widest.Prepend(string.Create(CultureInfo.InvariantCulture, $"step {horizon} of {horizon}")).Select(text => StrokeFont.Measure(text, Brush.Small))];

    /// <summary>Where the words are.</summary>
    /// <param name="room">The world, as far as nothing covers it</param>
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

    /// <param name="number">From 1; the time is before them</param>
    public void DrawNumber(Brush brush, Rect room, int episode, int number, string name, double value, int digits, string unit = "")
    {
        Span<char> text = stackalloc char[96];
        name.CopyTo(text);
        int length = name.Length + Brush.Write(text[name.Length..], value, digits);
        unit.CopyTo(text[length..]);
        Draw(brush, room, episode, number, text[..(length + unit.Length)]);
    }

    /// <summary>The longest caption that has room; null where there is none.</summary>
    internal string? Caption(Rect room, int episode)
    {
        if (captions.Count == 0) return null;
        foreach (string caption in captions[episode])
            if (Left + StrokeFont.Measure(caption, Brush.Small) <= room.Width) return caption;
        return null;
    }

    private void Draw(Brush brush, Rect room, int episode, int number, ReadOnlySpan<char> text)
    {
        if (Place(room, episode, number) is { } place) brush.Text(place.X, place.Y, text, brush.Theme.Muted);
    }

    /// <summary>Where a number begins; null where even a line of its own is too short for it, or there is no more line.</summary>
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
    private static int Name(Span<char> text, Rect room, int episode)
    {
        for (int form = 0; ; form++)
        {
            int length = Name(text, episode, form);
            if (form == Forms - 1 || Left + StrokeFont.Measure(text[..length], Title) <= room.Width) return length;
        }
    }

    private static int Name(Span<char> text, int episode, int form)
    {
        string steps = episode == 1 ? "step" : "steps";
        int length;
        if (episode == 0) text.TryWrite($"{(form == 0 ? "Prior policy" : "Prior")}", out length);
        else if (form == 0) text.TryWrite(CultureInfo.InvariantCulture, $"After {episode} gradient {steps}", out length);
        else if (form == 1) text.TryWrite(CultureInfo.InvariantCulture, $"After {episode} {steps}", out length);
        else text.TryWrite(CultureInfo.InvariantCulture, $"{episode} {steps}", out length);
        return length;
    }
}

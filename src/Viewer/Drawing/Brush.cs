using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A canvas with a theme. It draws what is the same in all panels: their frames, texts and numbers.</summary>
public sealed record Brush(Canvas Canvas, Theme Theme)
{
    public const float Small = 8.5f, Normal = 9, Title = 10, Radius = 8;

    /// <summary>Draws a panel with its title, and on the right the first of the captions that has room.</summary>
    /// <returns>The area inside the panel</returns>
    public Rect Panel(Rect area, string title = "", params ReadOnlySpan<string> captions)
    {
        Canvas.Shadow(area with { Y = area.Y + 3 }, Radius, 16, Theme.Shadow);
        Canvas.Box(area, Theme.Panel, Radius, 1, Theme.Edge);
        if (title.Length == 0) return area.Inset(14);
        float room = area.Width - 48 - Text(area.X + 14, area.Y + 24, Shorten(title, area.Width - 28, Title), Theme.Text, Title);
        foreach (string caption in captions)
        {
            if (StrokeFont.Measure(caption, Small) > room) continue;
            Text(area.Right - 14, area.Y + 24, caption, Theme.Muted, Small, align: 1);
            break;
        }
        return Inside(area);
    }

    /// <summary>The area inside a panel that has a title.</summary>
    public static Rect Inside(Rect area) => area.Inset(14, 36, 14, 12);

    /// <summary>Dims what lies behind a text, so that the text can be read.</summary>
    public void Backing(Rect area) => Canvas.Shadow(area.Inset(-5), 6, 8, Theme.Panel.Fade(0.85));

    public float Text(
        float x, float y, ReadOnlySpan<char> text, Colour colour,
        float capHeight = Small, float weight = StrokeFont.Regular, float align = 0) =>
        Canvas.Text(new Vector2(x, y), text, capHeight, colour, weight, align);

    /// <summary>Writes a number and its unit without leaving garbage.</summary>
    public float Number(
        float x, float y, double value, int digits, Colour colour,
        float capHeight = Small, float align = 0, ReadOnlySpan<char> unit = default)
    {
        Span<char> text = stackalloc char[64];
        int length = Write(text, value, digits);
        unit.CopyTo(text[length..]);
        return Text(x, y, text[..(length + unit.Length)], colour, capHeight, align: align);
    }

    /// <summary>Takes as many words from the beginning of a text as have room, but at least one.</summary>
    public static ReadOnlySpan<char> TakeLine(ref ReadOnlySpan<char> text, float room, float capHeight)
    {
        int end = text.Length;
        while (StrokeFont.Measure(text[..end], capHeight) > room && text[..end].LastIndexOf(' ') is > 0 and int lastBlank) end = lastBlank;
        ReadOnlySpan<char> line = text[..end];
        text = text[end..].TrimStart();
        return line;
    }

    /// <summary>Width of a number as the brush writes it.</summary>
    public static float Measure(double value, int digits, float capHeight = Small)
    {
        Span<char> text = stackalloc char[64];
        return StrokeFont.Measure(text[..Write(text, value, digits)], capHeight);
    }

    /// <summary>Leaves out the middle of a text that is too long for the room.</summary>
    public static string Shorten(string text, float room, float capHeight)
    {
        string shortened = text;
        for (int kept = text.Length - 1; kept > 0 && StrokeFont.Measure(shortened, capHeight) > room; kept--)
            shortened = $"{text[..((kept + 1) / 2)]}…{text[^(kept / 2)..]}";
        return shortened;
    }

    /// <summary>A number with a minus sign instead of a hyphen.</summary>
    public static string Number(double value, int digits)
    {
        Span<char> text = stackalloc char[64];
        return new string(text[..Write(text, value, digits)]);
    }

    /// <summary>A return, with as many digits as its size asks for.</summary>
    public static string Return(double value) => Number(value, ReturnDigits(value));

    public static int ReturnDigits(double value) => Math.Abs(value) < 10 ? 2 : 1;

    /// <summary>"1 step" or "2 steps", or with another name "2 gradient steps".</summary>
    public static string Steps(int count, string name = "step") =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");

    /// <summary>A number of a grid or axis with the given spacing.</summary>
    public static string Tick(double value, double spacing) => Number(value, Ticks.Digits(spacing));

    /// <summary>Writes a number with a minus sign instead of a hyphen, and leaves no garbage.</summary>
    /// <returns>How many characters were written</returns>
    internal static int Write(Span<char> text, double value, int digits)
    {
        if (!double.IsFinite(value))
        {
            text[0] = '–';
            return 1;
        }
        value.TryFormat(text, out int length, Formats[digits], CultureInfo.InvariantCulture);
        // Zero has no sign.
        if (text[0] != '-' || text[..length].IndexOfAnyInRange('1', '9') >= 0) text[..length].Replace('-', '−');
        else text[1..length--].CopyTo(text);
        return length;
    }

    private static readonly string[] Formats = [.. Enumerable.Range(0, Ticks.MostDigits + 1).Select(digits => $"F{digits}")];
}

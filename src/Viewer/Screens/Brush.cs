using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A canvas with a theme, and what all panels draw alike.</summary>
public sealed record Brush(Canvas Canvas, Theme Theme)
{
    public const float Small = 8.5f, Normal = 9, Title = 10, Radius = 8;

    /// <summary>A panel with its title, and a caption on the right where there is room for both.</summary>
    /// <returns>The area within</returns>
    public Rect Panel(Rect area, string title = "", string caption = "")
    {
        Canvas.Shadow(area with { Y = area.Y + 3 }, Radius, 16, Theme.Shadow);
        Canvas.Box(area, Theme.Panel, Radius, 1, Theme.Edge);
        if (title.Length == 0) return area.Inset(14);
        float titleWidth = Text(area.X + 14, area.Y + 24, title, Theme.Text, Title);
        if (titleWidth + StrokeFont.Measure(caption, Small) + 48 <= area.Width) Text(area.Right - 14, area.Y + 24, caption, Theme.Muted, Small, align: 1);
        return area.Inset(14, 36, 14, 12);
    }

    public float Text(float x, float y, ReadOnlySpan<char> text, Colour colour, float capHeight = Small, float weight = StrokeFont.Regular, float align = 0) =>
        Canvas.Text(new Vector2(x, y), text, capHeight, colour, weight, align);

    /// <summary>A number with a minus sign proper.</summary>
    public static string Number(double value, int digits)
    {
        string text = value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).Replace('-', '−');
        return double.Parse(text.Replace('−', '-'), CultureInfo.InvariantCulture) == 0 ? text.TrimStart('−') : text;
    }

    /// <summary>A return, with as many digits as its size asks for.</summary>
    public static string Return(double value) => double.IsFinite(value) ? Number(value, Math.Abs(value) < 10 ? 2 : 1) : "–";

    /// <summary>A number of a grid or axis with the given spacing.</summary>
    public static string Tick(double value, double spacing) => Number(value, spacing >= 1 ? 0 : spacing >= 0.1 ? 1 : 2);
}

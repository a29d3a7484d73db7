using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>The line above the panels: it names what is shown and, in a frame, how many robots or trajectories.</summary>
internal static class Header
{
    public const float Baseline = 31;

    private const string Name = "Adaptation";
    private const float LeastRoom = 120, NameSize = 12, Size = 9.5f;

    /// <param name="amount">How many robots or trajectories are shown</param>
    /// <param name="beside">The title of the other half, where two replays are shown</param>
    public static void Draw(Brush brush, Rect area, ReplayTitle title, string amount, ReplayTitle? beside = null)
    {
        Colour mark = brush.Theme.Step(1, 1);
        brush.Canvas.Disc(new(area.X + 9, Baseline - 5), 9, mark.Fade(0.2));
        brush.Canvas.Disc(new(area.X + 9, Baseline - 5), 4.5f, mark);
        float x = area.X + 28, name = StrokeFont.Measure(Name, NameSize) + 14;
        float width = StrokeFont.Measure(amount, Brush.Small) + 24;
        var pill = new Rect(area.Right - width, Baseline - 17, width, 24);
        float room = pill.X - x - name - 14;
        string about = About(title, beside, room);
        // In a half the amount gives its room to the title, because the other half says the same amount.
        if (room < LeastRoom || beside is not null && StrokeFont.Measure(about, Size) > room) (room, amount) = (area.Right - x - name, "");
        if (amount.Length > 0)
        {
            brush.Canvas.Box(pill, brush.Theme.Panel, 12, 1, brush.Theme.Edge);
            brush.Text(pill.X + 12, Baseline, amount, brush.Theme.Muted);
        }
        if (StrokeFont.Measure(about, Size) > room) room += name;
        else x += brush.Text(x, Baseline, Name, brush.Theme.Text, NameSize, StrokeFont.Strong) + 14;
        brush.Text(x, Baseline, Brush.Shorten(about, room, Size), brush.Theme.Muted, Size);
    }

    /// <summary>Names what is shown. Where that is too long, it leaves out the algorithm and family that both halves share.</summary>
    internal static string About(ReplayTitle title, ReplayTitle? beside, float room)
    {
        string run = string.Create(CultureInfo.InvariantCulture, $"{title.Run}, iteration {title.Iteration}");
        List<string> parts = [title.Family, title.Algorithm, run, title.Task];
        if (title.Algorithm == beside?.Algorithm && IsTooLong()) parts.RemoveAt(1);
        if (title.Family == beside?.Family && IsTooLong()) parts.RemoveAt(0);
        return Joined();
        string Joined() => string.Join(" · ", parts);
        bool IsTooLong() => StrokeFont.Measure(Joined(), Size) > room;
    }
}

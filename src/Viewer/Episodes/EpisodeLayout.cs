namespace MamlRobotics.Viewer;

/// <summary>Where the parts of the screen lie; a part without room is empty.</summary>
/// <param name="Header">The line with the title</param>
/// <param name="Pictures">The support and query pictures</param>
/// <param name="Footer">The gradient steps, and a line for the user</param>
/// <param name="IsLive">Whether a user can draw</param>
internal sealed record EpisodeLayout(Rect Header, Rect Pictures, Rect Why, Rect Map, Rect Draw, Rect Footer, bool IsLive)
{
    private const float RoomyWidth = 1000, RoomyHeight = 560, HeaderHeight = 44, FooterHeight = 30;

    /// <summary>Whether all panels are shown, so that there is nothing to choose.</summary>
    public bool IsRoomy => !Why.IsEmpty && !Map.IsEmpty;

    /// <summary>Whether the user chooses a panel.</summary>
    public bool HasTabs => IsLive && !IsRoomy;

    /// <param name="isLive">Whether a user can draw</param>
    /// <param name="hasFooter">Whether there is something to say below the panels</param>
    /// <param name="chosen">The panel that is shown where there is room for one</param>
    public static EpisodeLayout Of(float width, float height, bool isLive, bool hasFooter, EpisodePanel chosen)
    {
        bool isRoomy = width >= RoomyWidth && height >= RoomyHeight;
        float margin = isRoomy ? 16 : 10, gap = isRoomy ? 14 : 8;
        var header = new Rect(margin, 0, width - 2 * margin, HeaderHeight);
        Rect below = new Rect(0, 0, width, height).Inset(margin, HeaderHeight + 2, margin, margin);
        Rect footer = hasFooter ? below with { Y = below.Bottom - FooterHeight, Height = FooterHeight } : default;
        Rect body = hasFooter ? below with { Height = below.Height - FooterHeight - gap } : below;
        float left = (body.Width - gap) * (isRoomy ? 0.5f : 0.53f);
        Rect pictures = body with { Width = left }, right = body.Inset(left + gap, 0, 0, 0);
        if (!isRoomy)
        {
            Rect If(EpisodePanel panel) => chosen == panel ? right : default;
            return new(header, pictures, If(EpisodePanel.Why), If(EpisodePanel.Map), If(EpisodePanel.Draw), footer, isLive);
        }
        float upper = (right.Height - gap) * 0.52f, half = (right.Width - gap) / 2;
        Rect above = right with { Height = upper };
        return new(
            header, pictures, isLive ? above with { Width = half } : above, right.Inset(0, upper + gap, 0, 0),
            isLive ? above.Inset(half + gap, 0, 0, 0) : default, footer, isLive);
    }
}

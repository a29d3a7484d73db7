using System.Numerics;
using Silk.NET.Input;

namespace MamlRobotics.Viewer;

/// <summary>Draws an episode in a window: the panels, the buttons, and lines for the user. A button does the same as its key.</summary>
internal static class LiveEpisodeScreen
{
    private const float Height = 26, Gap = 6, Arrow = 30, Play = 50, Help = 32, Other = 70, Tab = 44;

    private static readonly (Key Key, string Name)[] Tabs = [(Key.W, "why"), (Key.M, "map"), (Key.D, "draw")];

    /// <summary>The part of the footer in which the gradient steps are.</summary>
    public static Rect Cells(Rect footer) => footer.Inset(2 * Arrow + Play + 4 * Gap, 0, 0, 0);

    /// <summary>The key of the button at a point; null where there is none.</summary>
    public static Key? ButtonAt(EpisodeControls controls, Vector2 point)
    {
        foreach ((Key key, _, Rect place) in Buttons(controls))
            if (place.Contains(point)) return key;
        Rect pad = controls.Layout.Draw;
        return pad.IsEmpty ? null : PadPanel.At(Brush.Inside(pad), point);
    }

    public static void Draw(Brush brush, EpisodeControls controls)
    {
        EpisodeLayout layout = controls.Layout;
        var screen = new EpisodeScreen(brush);
        DrawHeader(screen, layout, controls);
        if (controls.Moment is { } moment)
        {
            screen.DrawPanels(layout, moment);
            if (controls.Problem.Adapts) StepCells.Draw(brush, Cells(layout.Footer), moment);
        }
        else brush.Text(layout.Pictures.Centre.X, layout.Pictures.Centre.Y, "adapting …", brush.Theme.Muted, 11, align: 0.5f);
        if (!layout.Draw.IsEmpty)
            PadPanel.Draw(brush, screen.Panel(layout, layout.Draw, "a character of your own"), controls);
        foreach ((Key key, string name, Rect place) in Buttons(controls))
            PadPanel.DrawButton(brush, place, name, key == controls.Pointed, IsOn(controls, key));
        if (!controls.Problem.Adapts) DrawNoSteps(brush, layout.Footer);
        if (controls.Notice.Length > 0)
            Overlay.DrawLine(brush, brush.Canvas.Width / 2, layout.Footer.Y - 4, controls.Notice, brush.Theme.Goal);
        if (controls.ShowsHelp) HelpOverlay.Draw(brush, "", EpisodeControls.Looking, EpisodeControls.Drawing);
    }

    private static IEnumerable<(Key Key, string Name, Rect Place)> Buttons(EpisodeControls controls)
    {
        EpisodeLayout layout = controls.Layout;
        float top = layout.Header.Y + 12, right = layout.Header.Right;
        foreach ((Key key, string name, float width) in new[] { (Key.F1, "F1", Help), (Key.N, "next", Other), (Key.P, "previous", Other) })
        {
            yield return (key, name, new Rect(right - width, top, width, Height));
            right -= width + Gap;
        }
        float left = layout.Footer.X;
        foreach ((Key key, string name, float width) in new[]
            { (Key.Left, "←", Arrow), (Key.Space, controls.IsPlaying ? "rest" : "play", Play), (Key.Right, "→", Arrow) })
        {
            if (controls.Problem.Adapts) yield return (key, name, layout.Footer with { X = left, Width = width });
            left += width + Gap;
        }
        if (layout.IsRoomy) yield break;
        Rect panel = new[] { layout.Why, layout.Map, layout.Draw }.First(one => !one.IsEmpty);
        for (int i = 0; i < Tabs.Length; i++)
            yield return (Tabs[i].Key, Tabs[i].Name, new Rect(panel.X + 10 + i * (Tab + Gap), panel.Y + 7, Tab, Height - 2));
    }

    private static bool IsOn(EpisodeControls controls, Key key) =>
        !controls.Layout.IsRoomy && key == Tabs[(int)controls.Panel].Key;

    private static void DrawHeader(EpisodeScreen screen, EpisodeLayout layout, EpisodeControls controls)
    {
        Rect area = layout.Header with { Width = layout.Header.Width - Help - 2 * Other - 4 * Gap };
        string hint = layout.IsRoomy ? "click a query picture to see why, or draw a character of your own"
            : "click a picture · D: draw · F1: keys";
        string caption = $"episode {Brush.Number(controls.Request.Number, 0)}: {controls.Problem.Caption}";
        if (controls.HasStarted) screen.DrawHeader(area, controls.Problem.Title, caption);
        else screen.DrawHeader(area, controls.Problem.Title, hint, isHint: true);
    }

    private static void DrawNoSteps(Brush brush, Rect footer)
    {
        const string Why = "It takes no gradient steps: it compares features with those of the support pictures.";
        string line = Brush.Shorten(Why, footer.Width, Brush.Small);
        brush.Text(footer.X + 4, footer.Centre.Y + Brush.Small / 2, line, brush.Theme.Muted);
    }
}

namespace MamlRobotics.Viewer;

/// <summary>Draws a moment of an adaptation to an episode of few-shot classification.</summary>
internal sealed class EpisodeScreen(Brush brush)
{
    private Theme Theme => brush.Theme;

    /// <summary>Draws all for a picture, without what a user could press.</summary>
    /// <param name="title">Names what has learned</param>
    /// <param name="caption">Says where the checkpoint is from, and which episode this is</param>
    public void DrawStill(EpisodeMoment moment, string title, string caption)
    {
        EpisodePanel panel = moment.Steps == 0 ? EpisodePanel.Map : EpisodePanel.Why;
        EpisodeLayout layout = EpisodeLayout.Of(
            brush.Canvas.Width, brush.Canvas.Height, isLive: false, hasFooter: moment.Steps > 0, panel);
        DrawHeader(layout.Header, title, caption);
        DrawPanels(layout, moment);
        if (moment.Steps > 0) StepCells.Draw(brush, layout.Footer, moment);
    }

    /// <param name="isHint">Whether the caption tells the user what to do</param>
    public void DrawHeader(Rect area, string title, string caption, bool isHint = false)
    {
        const float Baseline = 29, Size = 9.5f, LeastRoom = 60;
        string shown = Brush.Shorten(title, area.Width, 12);
        float x = area.X + brush.Text(area.X, Baseline, shown, Theme.Text, 12, StrokeFont.Strong) + 14;
        if (area.Right - x < LeastRoom) return;
        // Where there is little room, the end is left out, which says where the checkpoint is from.
        string[] fewer = [caption, caption.Split(" · ")[0], caption.Split(':')[0]];
        string fitting = fewer.FirstOrDefault(one => StrokeFont.Measure(one, Size) <= area.Right - x) ?? fewer[^1];
        brush.Text(x, Baseline, Brush.Shorten(fitting, area.Right - x, Size), isHint ? Theme.Goal : Theme.Muted, Size);
    }

    /// <summary>Draws the panels that show the adaptation.</summary>
    public void DrawPanels(EpisodeLayout layout, EpisodeMoment moment)
    {
        PicturesPanel.Draw(brush, layout.Pictures, moment);
        if (!layout.Why.IsEmpty) WhyPanel.Draw(brush, Panel(layout, layout.Why, WhyPanel.Title(moment), Bars(moment)), moment);
        if (!layout.Map.IsEmpty)
            FeatureMap.Draw(brush, Panel(layout, layout.Map, FeatureMap.Title, FeatureMap.Caption(moment.Adaptation)), moment);
    }

    /// <summary>Draws a panel, whose title gives way to tabs where the user has to choose a panel.</summary>
    /// <returns>The area inside the panel</returns>
    public Rect Panel(EpisodeLayout layout, Rect area, string title, string caption = "") =>
        layout.HasTabs ? brush.Panel(area, " ") : brush.Panel(area, title, caption);

    private static string Bars(EpisodeMoment moment) => moment.Steps switch
    {
        0 => "",
        1 => "bars: before and after the step",
        _ => $"bars: before, after 1 to {Brush.Number(moment.Steps, 0)} steps",
    };
}

using System.Globalization;
using System.Numerics;
using MamlRobotics.FewShot;

namespace MamlRobotics.Viewer;

/// <summary>Draws how a network adapts to the points of a function: the curve after each gradient step, and the points.</summary>
public sealed class CurveScreen(Canvas canvas, Theme theme)
{
    private const float Margin = 16, Header = 46, PointRadius = 6, TickGap = 60, MostSide = 260;

    // The chart has room for the values of all sinusoids of the task distribution, and for curves that miss them.
    private const double Highest = 6;

    private readonly Brush brush = new(canvas, theme);

    /// <summary>The area of the chart.</summary>
    public Rect Chart =>
        new Rect(0, 0, canvas.Width, canvas.Height).Inset(Margin + 48, Header + 40, Margin + 16 + SideWidth, Margin + 46);

    private float SideWidth => Math.Min(MostSide, canvas.Width * 0.3f);

    /// <summary>The place on the screen of a point of the function.</summary>
    public Vector2 ToScreen(double x, double y) => new(
        (float)(Chart.X + Chart.Width * (x - SinusoidTasks.LowestInput) / (SinusoidTasks.HighestInput - SinusoidTasks.LowestInput)),
        (float)(Chart.Y + Chart.Height * (Highest - y) / (2 * Highest)));

    /// <summary>The point of the plane that is drawn at a place on the screen, or the nearest one within the chart.</summary>
    public (float X, float Y) FromScreen(Vector2 at)
    {
        double x = SinusoidTasks.LowestInput + (SinusoidTasks.HighestInput - SinusoidTasks.LowestInput) * (at.X - Chart.X) / Chart.Width;
        double y = Highest - 2 * Highest * (at.Y - Chart.Y) / Chart.Height;
        return ((float)Math.Clamp(x, SinusoidTasks.LowestInput, SinusoidTasks.HighestInput), (float)Math.Clamp(y, -Highest, Highest));
    }

    /// <param name="title">Names what has learned</param>
    /// <param name="caption">Says what the user can do, or where the checkpoint is from</param>
    /// <param name="progress">Number of gradient steps that are shown, with a fraction between two steps</param>
    public void Draw(CurveAdaptation adaptation, string title, string caption, double progress)
    {
        float x = Margin + 2 + brush.Text(Margin + 2, 30, title, theme.Text, 12, StrokeFont.Strong);
        brush.Text(x + 14, 30, Brush.Shorten(caption, canvas.Width - x - 30, 9.5f), theme.Muted, 9.5f);
        Rect panel = Chart.Inset(-48, -40, -16, -46);
        const string Discs = "discs: the points that are given";
        brush.Panel(panel, "output of the network", $"dashes: the sinusoid itself, {Discs}", Discs);
        DrawAxes();
        canvas.Clip(Chart);
        DrawCurves(adaptation, progress);
        canvas.Clip(default);
        foreach ((float px, float py) in adaptation.Points) canvas.Disc(ToScreen(px, py), PointRadius, theme.Goal, 2, theme.Panel);
        float left = panel.Right + 14;
        DrawLosses(adaptation, progress, new Rect(left, panel.Y, canvas.Width - left - Margin, panel.Height));
    }

    private static IEnumerable<double> Whole(double low, double high, float length) =>
        Ticks.Multiples(low, high, Ticks.RoundUpWhole((high - low) / Math.Max(2, (int)(length / TickGap))));

    private void DrawAxes()
    {
        foreach (double tick in Whole(-Highest, Highest, Chart.Height))
        {
            canvas.Box(new Rect(Chart.X, ToScreen(0, tick).Y, Chart.Width, 1), theme.Grid);
            brush.Text(Chart.X - 8, ToScreen(0, tick).Y + 4, Brush.Number(tick, 0), theme.Muted, align: 1);
        }
        foreach (double tick in Whole(SinusoidTasks.LowestInput, SinusoidTasks.HighestInput, Chart.Width))
        {
            canvas.Box(new Rect(ToScreen(tick, 0).X, Chart.Bottom, 1, 4), theme.Muted);
            brush.Text(ToScreen(tick, 0).X, Chart.Bottom + 18, Brush.Number(tick, 0), theme.Muted, align: 0.5f);
        }
        canvas.Box(new Rect(Chart.X, Chart.Bottom, Chart.Width, 1), theme.Muted);
        brush.Text(Chart.Centre.X, Chart.Bottom + 36, "input x", theme.Muted, align: 0.5f);
    }

    private void DrawCurves(CurveAdaptation adaptation, double progress)
    {
        int steps = adaptation.Curves.Count - 1, last = (int)progress;
        if (adaptation.Target is { } target)
        {
            for (int i = 1; i < target.Count; i += 2)
                canvas.Line(ToScreen(adaptation.Inputs[i - 1], target[i - 1]), ToScreen(adaptation.Inputs[i], target[i]), 2, theme.Muted);
        }
        for (int step = 0; step < last; step++)
            Path(adaptation, i => adaptation.Curves[step][i], 1.2f, theme.Step(step, steps).Fade(0.55));
        float[] from = adaptation.Curves[last], to = adaptation.Curves[Math.Min(last + 1, steps)];
        float share = (float)(progress - last);
        Path(adaptation, i => from[i] + share * (to[i] - from[i]), 3, theme.Step(Math.Min(steps, (int)Math.Round(progress)), steps));
    }

    private void Path(CurveAdaptation adaptation, Func<int, float> value, float width, Colour colour)
    {
        Vector2 At(int i) => ToScreen(adaptation.Inputs[i], Math.Clamp(value(i), -10 * Highest, 10 * Highest));
        canvas.BeginPath(At(0), width, colour);
        for (int i = 1; i < adaptation.Inputs.Count; i++) canvas.PathTo(At(i), width, colour);
        canvas.EndPath();
    }

    /// <summary>Draws the mean squared error after each step as a row with a bar.</summary>
    private void DrawLosses(CurveAdaptation adaptation, double progress, Rect area)
    {
        const float Row = 26;
        bool isKnown = adaptation.Losses is not null;
        IReadOnlyList<double> losses = adaptation.Losses ?? adaptation.Errors;
        Rect inside = brush.Panel(area, "mean squared error");
        brush.Text(inside.X, inside.Y + 6, isKnown ? "over the whole range" : "at the points", theme.Muted);
        int steps = losses.Count - 1, rows = Math.Max(2, (int)((inside.Height - 30) / Row));
        double largest = losses.Where(double.IsFinite).DefaultIfEmpty(1).Max();
        int[] shown = steps < rows ? [.. Enumerable.Range(0, steps + 1)] : [.. Enumerable.Range(0, rows - 1), steps];
        foreach ((int row, int step) in shown.Index())
        {
            float y = inside.Y + 34 + Row * row;
            bool isReached = step <= progress + 1e-9;
            brush.Text(inside.X, y, Brush.Steps(step), isReached ? theme.Text : theme.Muted);
            if (!isReached) continue;
            float left = inside.X + 62, room = inside.Right - 52 - left;
            canvas.Box(new Rect(left, y - 7, Math.Max(1, room * (float)(losses[step] / largest)), 7), theme.Step(step, steps), 2);
            brush.Text(inside.Right, y, losses[step].ToString("F3", CultureInfo.InvariantCulture), theme.Text, align: 1);
        }
    }
}

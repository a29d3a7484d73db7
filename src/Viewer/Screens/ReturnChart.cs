using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Return by gradient step: every return a point, the mean and its interval, and what to compare them with.</summary>
/// <param name="reference">NaN where it is not known</param>
/// <param name="random">Mean return of the untrained policy</param>
/// <param name="covered">Returns that the axis has to cover too, so that charts beside each other share it</param>
internal sealed class ReturnChart(IReadOnlyList<StepReturns> returns, ReferenceReturn reference, double random, IEnumerable<double> covered)
{
    private const float RowSpacing = 20, LabelHeight = 14;
    private const int Tries = 8;

    private readonly record struct Axes(Rect Area, double Low, double High, int Steps)
    {
        public float X(double step) => Area.X + (float)((step + 0.12) / (Steps + 0.24)) * Area.Width;
        public float Y(double value) => Area.Bottom - (float)((value - Low) / (High - Low)) * Area.Height;
    }

    private int InnerSteps => returns.Count - 1;

    // Found when the still part is drawn, so that a moving frame computes nothing.
    private Axes axes;

    /// <summary>The labels that found a place, and the places; found when the still part is drawn.</summary>
    internal IReadOnlyList<(string Text, Rect Place)> Labels { get; private set; } = [];

    public void Draw(Brush brush, Rect area)
    {
        Theme theme = brush.Theme;
        brush.Panel(area, "Return by gradient step", "mean, 95 % interval");
        axes = Scale(area);
        int rows = Math.Clamp((int)(axes.Area.Height / RowSpacing), 1, 4);
        double spacing = Ticks.RoundUp((axes.High - axes.Low) / rows);
        foreach (double tick in Ticks.Between(axes.Low, axes.High, rows))
        {
            float y = MathF.Round(axes.Y(tick));
            brush.Canvas.Box(new Rect(axes.Area.X, y, axes.Area.Width, 1), theme.Grid);
            brush.Text(axes.Area.X - 8, y + 4, Brush.Tick(tick, spacing), theme.Muted, align: 1);
        }
        for (int step = 0; step < returns.Count; step++)
            brush.Text(axes.X(step), axes.Area.Bottom + 17, step.ToString(CultureInfo.InvariantCulture), theme.Muted, align: 0.5f);
        Dashed(brush, random, theme.Random);
        Dashed(brush, reference.Value, theme.Goal);
        Band(brush);
        Points(brush);
        Mean(brush);
        DrawLabels(brush);
    }

    /// <summary>Marks the step that is shown, with its mean.</summary>
    public void DrawMoving(Brush brush, int episode)
    {
        Vector2 at = new(axes.X(episode), axes.Y(returns[episode].Mean));
        Colour colour = brush.Theme.Step(episode, InnerSteps);
        brush.Canvas.Glow(at, 16, colour.Fade(0.5));
        brush.Canvas.Disc(at, 6, colour, 2, brush.Theme.Panel);
    }

    private Axes Scale(Rect area)
    {
        IEnumerable<double> values = returns.SelectMany(step => step.Values).Append(random).Append(reference.Value).Concat(covered).Where(double.IsFinite);
        (double low, double high) = (values.Min(), values.Max());
        double margin = 0.08 * Math.Max(high - low, 1e-6);
        return new Axes(area.Inset(56, 44, 18, 30), low - margin, high + margin, InnerSteps);
    }

    private void Dashed(Brush brush, double value, Colour colour)
    {
        if (double.IsFinite(value)) brush.Canvas.Dashes(new(axes.Area.X, axes.Y(value)), new(axes.Area.Right, axes.Y(value)), 1.3f, colour);
    }

    private void Band(Brush brush)
    {
        for (int step = 1; step < returns.Count; step++) brush.Canvas.Band(At(step - 1), At(step));
        BandEnd At(int step) => new(axes.X(step), axes.Y(returns[step].Interval.High), axes.Y(returns[step].Interval.Low), brush.Theme.Step(step, InnerSteps).Fade(0.22));
    }

    private void Points(Brush brush)
    {
        for (int step = 0; step < returns.Count; step++)
        {
            IReadOnlyList<double> values = returns[step].Values;
            Colour colour = brush.Theme.Step(step, InnerSteps).Fade(0.6);
            // Spread sideways so that equal returns stay apart, more of them further.
            for (int i = 0; i < values.Count; i++)
                brush.Canvas.Disc(new(axes.X(step) + 14 * (i * 0.618034f % 1 - 0.5f), axes.Y(values[i])), 1.7f, colour);
        }
    }

    private void Mean(Brush brush)
    {
        brush.Canvas.BeginPath(At(0), 2.4f, brush.Theme.Step(0, InnerSteps));
        for (int step = 1; step < returns.Count; step++) brush.Canvas.PathTo(At(step), 2.4f, brush.Theme.Step(step, InnerSteps));
        brush.Canvas.EndPath();
        for (int step = 0; step < returns.Count; step++) brush.Canvas.Disc(At(step), 4.5f, brush.Theme.Panel, 2, brush.Theme.Step(step, InnerSteps));
        Vector2 At(int step) => new(axes.X(step), axes.Y(returns[step].Mean));
    }

    /// <summary>The most important first: the later ones make do with what room is left, or are dropped.</summary>
    private void DrawLabels(Brush brush)
    {
        Rect area = axes.Area;
        var room = new LabelRoom(new Rect(area.X, area.Y - LabelHeight - 4, area.Width + 8, area.Height + LabelHeight + 6));
        for (int step = 0; step < returns.Count; step++) room.Mark(new(axes.X(step), axes.Y(returns[step].Mean)));
        float y = axes.Y(returns[^1].Mean);
        List<(string, Rect)> labels = [];
        Add(Brush.Return(returns[^1].Mean), brush.Theme.Text, [axes.X(InnerSteps) + 6], [y + 20, y - 12]);
        string name = reference.Kind == ReturnKind.Optimal ? "optimal control" : "best known return";
        AddLine($"{name} {Brush.Return(reference.Value)}", brush.Theme.Goal, reference.Value, 0);
        AddLine($"random {Brush.Return(random)}", brush.Theme.Random, random, 1);
        Labels = labels;

        // Above the line or below it, as near to its own end as can be.
        void AddLine(string text, Colour colour, double value, float end)
        {
            if (!double.IsFinite(value)) return;
            float left = area.X + 4 + StrokeFont.Measure(text, Brush.Small), right = area.Right - 2, line = axes.Y(value);
            Add(text, colour, [.. Enumerable.Range(0, Tries + 1).Select(i => float.Lerp(left, right, MathF.Abs(end - i / (float)Tries)))], [line - 6, line + 15]);
        }

        void Add(string text, Colour colour, float[] rights, float[] baselines)
        {
            float width = StrokeFont.Measure(text, Brush.Small);
            if (room.Take([.. rights.SelectMany(_ => baselines, (end, baseline) => new Rect(end - width - 3, baseline - 11, width + 6, LabelHeight))]) is not { } place) return;
            brush.Canvas.Box(place, brush.Theme.Panel.Fade(0.8), 4);
            brush.Text(place.X + 3, place.Y + 11, text, colour);
            labels.Add((text, place));
        }
    }
}

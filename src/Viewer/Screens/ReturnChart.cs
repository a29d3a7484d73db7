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
    private readonly record struct Axes(Rect Area, double Low, double High, int Steps)
    {
        public float X(double step) => Area.X + (float)((step + 0.12) / (Steps + 0.24)) * Area.Width;
        public float Y(double value) => Area.Bottom - (float)((value - Low) / (High - Low)) * Area.Height;
    }

    private int InnerSteps => returns.Count - 1;

    // Found when the still part is drawn, so that a moving frame computes nothing.
    private Axes axes;

    public void Draw(Brush brush, Rect area)
    {
        Theme theme = brush.Theme;
        brush.Panel(area, "Return by gradient step", "mean, 95 % interval");
        axes = Scale(area);
        double spacing = Ticks.RoundUp((axes.High - axes.Low) / 4);
        foreach (double tick in Ticks.Between(axes.Low, axes.High, 4))
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
        Labels(brush);
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

    private void Labels(Brush brush)
    {
        Theme theme = brush.Theme;
        string name = reference.Kind == ReturnKind.Optimal ? "optimal control" : "best known return";
        if (double.IsFinite(reference.Value))
            OnPanel(brush, axes.Area.X + 4, axes.Y(reference.Value) - 6, $"{name} {Brush.Return(reference.Value)}", theme.Goal, 0);
        float y = axes.Y(random);
        OnPanel(brush, axes.Area.Right - 2, y - 6, $"random {Brush.Return(random)}", theme.Random, 1);
        // Below the last mean, unless the label of the random policy is there.
        float last = axes.Y(returns[^1].Mean), below = last + 20, above = last - 12;
        OnPanel(brush, axes.X(InnerSteps) + 6, double.IsFinite(y) && Math.Abs(below - (y - 6)) < 15 ? above : below, Brush.Return(returns[^1].Mean), theme.Text, 1);
    }

    private static void OnPanel(Brush brush, float x, float y, string text, Colour colour, float align)
    {
        float width = StrokeFont.Measure(text, Brush.Small);
        brush.Canvas.Box(new Rect(x - align * width - 3, y - 11, width + 6, 14), brush.Theme.Panel.Fade(0.8), 4);
        brush.Text(x, y, text, colour, align: align);
    }
}

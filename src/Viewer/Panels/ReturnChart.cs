using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>What a <see cref="ReturnChart"/> shows.</summary>
/// <param name="Returns">K + 1</param>
/// <param name="Of">What has one of the returns each, in the plural</param>
/// <param name="Reference">NaN where it is not known</param>
/// <param name="Untrained">Mean return of the untrained policy</param>
internal sealed record ChartReturns(IReadOnlyList<StepReturns> Returns, string Of, ReferenceReturn Reference, double Untrained)
{
    public IEnumerable<double> All => Returns.SelectMany(step => step.Values);
}

/// <summary>Return by gradient step: every return a point, the mean and its interval, and what to compare them with.</summary>
/// <param name="beside">What the chart beside shows, so that the two have one axis</param>
internal sealed class ReturnChart(ChartReturns shown, ChartReturns? beside = null)
{
    private const float RowSpacing = 20, Margin = 0.08f, StepGap = 10, LabelFoot = 13, Near = 0.1f, Far = 0.35f;

    private readonly IReadOnlyList<StepReturns> returns = shown.Returns;
    private readonly ReturnRange range = RangeOf(shown, beside);
    private readonly float foot = NeedsFoot(shown, beside) ? LabelFoot : 0;

    // Found when the still part is drawn, so that a moving frame computes nothing.
    private ChartAxes axes;

    private int InnerSteps => returns.Count - 1;

    /// <summary>The labels that found a place, and the places; found when the still part is drawn.</summary>
    internal IReadOnlyList<(string Text, Rect Place)> Labels { get; private set; } = [];

    public void Draw(Brush brush, Rect area)
    {
        string of = string.Create(CultureInfo.InvariantCulture, $"{returns[0].Values.Count} {shown.Of}");
        brush.Panel(area, "Return by gradient step", $"mean of {of}, 95 % interval", $"mean of {of}", of);
        axes = new ChartAxes(area.Inset(56, 44, 18, 30), range, InnerSteps, foot);
        axes.Returns.Draw(brush, axes.Area.X, axes.Area.Right, Math.Clamp((int)(axes.Area.Height / RowSpacing), 1, 4));
        float widest = StrokeFont.Measure(Brush.Number(InnerSteps, 0), Brush.Small) + StepGap;
        for (int step = 0, stride = (int)Ticks.RoundUpWhole(widest * Math.Max(1, InnerSteps) / axes.Area.Width); step < returns.Count; step += stride)
            brush.Text(axes.X(step), axes.Area.Bottom + 17, step.ToString(CultureInfo.InvariantCulture), brush.Theme.Muted, align: 0.5f);
        Dashed(brush, shown.Untrained, brush.Theme.Untrained);
        Dashed(brush, shown.Reference.Value, brush.Theme.Goal);
        Band(brush);
        Points(brush);
        Mean(brush);
        Labels = new ChartLabels(brush, axes).Draw(shown);
    }

    /// <summary>Marks the step that is shown, with its mean.</summary>
    public void DrawMoving(Brush brush, int episode)
    {
        Vector2 at = axes.At(episode, returns[episode].Mean);
        Colour colour = brush.Theme.Step(episode, InnerSteps);
        brush.Canvas.Glow(at, 16, colour.Fade(0.5));
        brush.Canvas.Disc(at, 6, colour, 2, brush.Theme.Panel);
    }

    private static ChartReturns[] Both(ChartReturns one, ChartReturns? other) => other is null ? [one] : [one, other];

    private static ReturnRange RangeOfAll(ChartReturns one, ChartReturns? other) => ReturnRange.None.With(Both(one, other).SelectMany(chart => chart.All));

    /// <summary>All returns, and of what they are compared with as much as leaves them readable.</summary>
    private static ReturnRange RangeOf(ChartReturns one, ChartReturns? other)
    {
        ReturnRange all = RangeOfAll(one, other);
        return all.With(Both(one, other).SelectMany(chart => new[] { chart.Reference.Value, chart.Untrained }).Where(value => all.Reaches(value, ReturnAxis.ReferenceReach))).Widened(Margin);
    }

    /// <summary>Whether the untrained policy is so near below the returns, or so far, that its name has room only under the axis.</summary>
    private static bool NeedsFoot(ChartReturns one, ChartReturns? other)
    {
        ReturnRange all = RangeOfAll(one, other);
        return Both(one, other).Any(chart => chart.Untrained <= all.Low + Near * all.Span && (chart.Untrained > all.Low - Far * all.Span || !all.Reaches(chart.Untrained, ReturnAxis.ReferenceReach)));
    }

    private void Dashed(Brush brush, double value, Colour colour)
    {
        if (axes.Returns.Shows(value)) brush.Canvas.Dashes(new(axes.Area.X, axes.Returns.Y(value)), new(axes.Area.Right, axes.Returns.Y(value)), 1.3f, colour);
    }

    private void Band(Brush brush)
    {
        brush.Canvas.Clip(axes.Area);
        for (int step = 1; step < returns.Count; step++) brush.Canvas.Band(End(step - 1), End(step));
        brush.Canvas.Clip(default);
        BandEnd End(int step) => new(
            axes.X(step), axes.Returns.Y(returns[step].Interval.High), axes.Returns.Y(returns[step].Interval.Low), brush.Theme.Step(step, InnerSteps).Fade(0.22));
    }

    private void Points(Brush brush)
    {
        for (int step = 0; step < returns.Count; step++)
        {
            IReadOnlyList<double> values = returns[step].Values;
            Colour colour = brush.Theme.Step(step, InnerSteps).Fade(0.6);
            for (int i = 0; i < values.Count; i++) brush.Canvas.Disc(axes.At(step, values[i]) + new Vector2(ChartAxes.Aside(i), 0), 1.7f, colour);
        }
    }

    private void Mean(Brush brush)
    {
        brush.Canvas.BeginPath(axes.At(0, returns[0].Mean), 2.4f, brush.Theme.Step(0, InnerSteps));
        for (int step = 1; step < returns.Count; step++) brush.Canvas.PathTo(axes.At(step, returns[step].Mean), 2.4f, brush.Theme.Step(step, InnerSteps));
        brush.Canvas.EndPath();
        for (int step = 0; step < returns.Count; step++) brush.Canvas.Disc(axes.At(step, returns[step].Mean), 4.5f, brush.Theme.Panel, 2, brush.Theme.Step(step, InnerSteps));
    }
}

/// <summary>Where gradient steps and returns are on the screen.</summary>
/// <param name="Foot">Height below the lowest return</param>
internal readonly record struct ChartAxes(Rect Area, ReturnRange Range, int Steps, float Foot)
{
    public ReturnAxis Returns => new(Range, Area.Y, Area.Bottom - Foot);

    public float X(double step) => Area.X + (float)((step + 0.12) / (Steps + 0.24)) * Area.Width;

    public Vector2 At(double step, double value) => new(X(step), Returns.Y(value));

    /// <summary>How far aside a return is drawn, so that equal ones stay apart.</summary>
    /// <param name="number">Of the return within its step</param>
    public static float Aside(int number) => 14 * (number * 0.618034f % 1 - 0.5f);
}

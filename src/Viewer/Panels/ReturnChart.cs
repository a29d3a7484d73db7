using System.Globalization;
using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>What a <see cref="ReturnChart"/> shows.</summary>
/// <param name="Returns">[K + 1]</param>
/// <param name="Of">What the returns are of, in the plural: trajectories or tasks</param>
/// <param name="Reference">Its value is NaN where it is not known</param>
/// <param name="Untrained">Mean return of the untrained policy</param>
internal sealed record ChartReturns(
    IReadOnlyList<StepReturns> Returns, string Of, ReferenceReturn Reference, double Untrained, string StepName)
{
    public IEnumerable<double> All => Returns.SelectMany(step => step.Values);
}

/// <summary>Shows the return by gradient step: single returns as points, the mean and its interval, and returns to compare with.</summary>
/// <param name="beside">The contents of the chart in the other half, so that both charts have the same axis</param>
internal sealed class ReturnChart(ChartReturns shown, ChartReturns? beside = null)
{
    private const float RowSpacing = 20, Margin = 0.08f, StepGap = 10, LabelFoot = 13, Near = 0.1f, Far = 0.35f;

    private readonly IReadOnlyList<StepReturns> returns = shown.Returns;
    private readonly ReturnRange range = RangeOf(shown, beside);
    private readonly float foot = NeedsFoot(shown, beside) ? LabelFoot : 0;

    // These are found when the still part is drawn, so that a moving frame computes nothing.
    private ChartAxes axes;

    private int InnerSteps => returns.Count - 1;

    /// <summary>The labels that found a place when the still part was drawn, and their places.</summary>
    internal IReadOnlyList<(string Text, Rect Place)> Labels { get; private set; } = [];

    public void Draw(Brush brush, Rect area)
    {
        string of = string.Create(CultureInfo.InvariantCulture, $"{returns[0].Values.Count} {shown.Of}");
        brush.Panel(area, $"Return by {shown.StepName}", $"mean of {of}, 95 % interval", $"mean of {of}", of);
        axes = new ChartAxes(area.Inset(56, 44, 18, 30), range, InnerSteps, foot);
        axes.Returns.Draw(brush, axes.Area.X, axes.Area.Right, Math.Clamp((int)(axes.Area.Height / RowSpacing), 1, 4));
        DrawStepNumbers(brush);
        DrawReference(brush, shown.Untrained, brush.Theme.Untrained);
        DrawReference(brush, shown.Reference.Value, brush.Theme.Goal);
        DrawIntervals(brush);
        DrawReturns(brush);
        DrawMeans(brush);
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

    private static ChartReturns[] ChartsOf(ChartReturns one, ChartReturns? other) => other is null ? [one] : [one, other];

    private static ReturnRange RangeOfReturns(ChartReturns[] charts) => ReturnRange.None.With(charts.SelectMany(chart => chart.All));

    /// <summary>The range of all returns, and of those to compare with that are near enough to leave the others readable.</summary>
    private static ReturnRange RangeOf(ChartReturns one, ChartReturns? other)
    {
        ChartReturns[] charts = ChartsOf(one, other);
        ReturnRange all = RangeOfReturns(charts);
        IEnumerable<double> references = charts.SelectMany(chart => new[] { chart.Reference.Value, chart.Untrained });
        return all.With(references.Where(value => all.Reaches(value, ReturnAxis.ReferenceReach))).Widened(Margin);
    }

    /// <summary>Whether the name of the untrained policy has room only under the axis.</summary>
    private static bool NeedsFoot(ChartReturns one, ChartReturns? other)
    {
        ChartReturns[] charts = ChartsOf(one, other);
        ReturnRange all = RangeOfReturns(charts);
        return charts.Any(chart => NeedsFoot(chart.Untrained, all));
    }

    /// <summary>That is so for a return that is low, and either not far below the others or so far that it is not shown.</summary>
    private static bool NeedsFoot(double untrained, ReturnRange all) =>
        untrained <= all.Low + Near * all.Span
        && (untrained > all.Low - Far * all.Span || !all.Reaches(untrained, ReturnAxis.ReferenceReach));

    private void DrawStepNumbers(Brush brush)
    {
        float widest = StrokeFont.Measure(Brush.Number(InnerSteps, 0), Brush.Small) + StepGap;
        int stride = (int)Ticks.RoundUpWhole(widest * Math.Max(1, InnerSteps) / axes.Area.Width);
        for (int step = 0; step < returns.Count; step += stride)
            brush.Text(axes.X(step), axes.Area.Bottom + 17, step.ToString(CultureInfo.InvariantCulture), brush.Theme.Muted, align: 0.5f);
    }

    private void DrawReference(Brush brush, double value, Colour colour)
    {
        if (!axes.Returns.Shows(value)) return;
        float y = axes.Returns.Y(value);
        brush.Canvas.Dashes(new(axes.Area.X, y), new(axes.Area.Right, y), 1.3f, colour);
    }

    private void DrawIntervals(Brush brush)
    {
        brush.Canvas.Clip(axes.Area);
        for (int step = 1; step < returns.Count; step++) brush.Canvas.Band(End(step - 1), End(step));
        brush.Canvas.Clip(default);

        BandEnd End(int step)
        {
            (double low, double high) = (returns[step].Interval.Low, returns[step].Interval.High);
            return new(axes.X(step), axes.Returns.Y(high), axes.Returns.Y(low), brush.Theme.Step(step, InnerSteps).Fade(0.22));
        }
    }

    private void DrawReturns(Brush brush)
    {
        for (int step = 0; step < returns.Count; step++)
        {
            IReadOnlyList<double> values = returns[step].Values;
            Colour colour = brush.Theme.Step(step, InnerSteps).Fade(0.6);
            for (int i = 0; i < values.Count; i++) brush.Canvas.Disc(axes.PointAt(step, values[i], i), 1.7f, colour);
        }
    }

    private void DrawMeans(Brush brush)
    {
        brush.Canvas.BeginPath(MeanAt(0), 2.4f, brush.Theme.Step(0, InnerSteps));
        for (int step = 1; step < returns.Count; step++) brush.Canvas.PathTo(MeanAt(step), 2.4f, brush.Theme.Step(step, InnerSteps));
        brush.Canvas.EndPath();
        for (int step = 0; step < returns.Count; step++)
            brush.Canvas.Disc(MeanAt(step), 4.5f, brush.Theme.Panel, 2, brush.Theme.Step(step, InnerSteps));

        Vector2 MeanAt(int step) => axes.At(step, returns[step].Mean);
    }
}

/// <summary>Where gradient steps and returns are on the screen.</summary>
/// <param name="Foot">Height that is left free below the lowest return</param>
internal readonly record struct ChartAxes(Rect Area, ReturnRange Range, int Steps, float Foot)
{
    public ReturnAxis Returns => new(Range, Area.Y, Area.Bottom - Foot);

    public float X(double step) => Area.X + (float)((step + 0.12) / (Steps + 0.24)) * Area.Width;

    public Vector2 At(double step, double value) => new(X(step), Returns.Y(value));

    /// <summary>The place of a single return. It is moved aside, so that equal returns stay apart.</summary>
    /// <param name="number">Number of the return within its step</param>
    public Vector2 PointAt(int step, double value, int number) =>
        At(step, value) + new Vector2(14 * (number * 0.618034f % 1 - 0.5f), 0);
}

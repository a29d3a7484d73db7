using System.Numerics;
using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>Labels the last mean of a chart and the returns to compare with, at places where the labels hide little.</summary>
internal sealed class ChartLabels(Brush brush, ChartAxes axes)
{
    private const float Height = 14, Baseline = 11, Pad = 3;
    private const int Tries = 16;

    private readonly LabelRoom room = new(
        new Rect(axes.Area.X, axes.Area.Y - Height - 4, axes.Area.Width + 8, axes.Area.Height + Height + 6));

    private readonly List<(string Text, Rect Place)> labels = [];

    /// <summary>Draws the most important label first. The later ones get the room that is left, or are dropped.</summary>
    /// <returns>The labels, and their places</returns>
    public IReadOnlyList<(string Text, Rect Place)> Draw(ChartReturns shown)
    {
        Mark(shown);
        double lastMean = shown.Returns[^1].Mean;
        Add(Brush.Return(lastMean), brush.Theme.Text, EndsNear(axes.At(axes.Steps, lastMean)), int.MaxValue);
        string best = shown.Reference.Kind == ReturnKind.Optimal ? "optimal control" : "best known return";
        AddReference(best, shown.Reference.Value, brush.Theme.Goal, 0);
        AddReference("untrained", shown.Untrained, brush.Theme.Untrained, 1);
        return labels;
    }

    private static IEnumerable<Vector2> EndsNear(Vector2 point)
    {
        foreach (float below in new[] { 20, -10, 4, 34, -24f })
        {
            yield return point + new Vector2(9, below);
            yield return point + new Vector2(-12, below);
        }
    }

    /// <summary>Marks everything that the chart draws.</summary>
    private void Mark(ChartReturns shown)
    {
        for (int step = 0; step < shown.Returns.Count; step++)
        {
            int from = Math.Max(0, step - 1);
            StepReturns now = shown.Returns[step], before = shown.Returns[from];
            room.Mark(axes.At(step, now.Mean), 6);
            room.MarkLine(axes.At(from, before.Mean), axes.At(step, now.Mean));
            room.MarkLine(Within(from, before.Interval.High), Within(step, now.Interval.High));
            room.MarkLine(Within(from, before.Interval.Low), Within(step, now.Interval.Low));
            for (int i = 0; i < now.Values.Count; i++) room.Mark(axes.PointAt(step, now.Values[i], i), 2);
        }
        foreach (double value in new[] { shown.Reference.Value, shown.Untrained }.Where(value => axes.Returns.Shows(value)))
            room.MarkLine(new(axes.Area.X, axes.Returns.Y(value)), new(axes.Area.Right, axes.Returns.Y(value)));
        Vector2 Within(int step, double value) => axes.At(step, Math.Clamp(value, axes.Range.Low, axes.Range.High));
    }

    /// <summary>
    /// Labels a return to compare with, above its line or below it, as near to one end of the line as possible. Before the label
    /// hides anything, it drops its number. The label of a return beyond the axis is at the end of the axis.
    /// </summary>
    /// <param name="end">0 on the left, 1 on the right</param>
    private void AddReference(string name, double value, Colour colour, float end)
    {
        if (!double.IsFinite(value)) return;
        string arrow = axes.Returns.Arrow(value), full = $"{arrow}{name} {Brush.Return(value)}", brief = arrow + name;
        float line = axes.Returns.Y(value);
        float[] baselines = arrow.Length == 0 ? [line - 6, line + 15]
            : value > axes.Range.High ? [axes.Area.Y + Baseline, axes.Area.Y - 4]
            : [axes.Area.Bottom - Pad];
        _ = AddLine(full, 0) || AddLine(brief, 0) || AddLine(brief, int.MaxValue);

        bool AddLine(string text, int most)
        {
            float left = axes.Area.X + 4 + StrokeFont.Measure(text, Brush.Small), right = axes.Area.Right - 2;
            IEnumerable<float> rights = Enumerable.Range(0, Tries + 1)
                .Select(i => float.Lerp(left, right, MathF.Abs(end - i / (float)Tries)));
            return Add(text, colour, rights.SelectMany(_ => baselines, (right, baseline) => new Vector2(right, baseline)), most);
        }
    }

    /// <param name="ends">The points at which the label's baseline may end, the best first</param>
    private bool Add(string text, Colour colour, IEnumerable<Vector2> ends, int most)
    {
        float width = StrokeFont.Measure(text, Brush.Small);
        IEnumerable<Rect> places = ends.Select(end => new Rect(end.X - width - Pad, end.Y - Baseline, width + 2 * Pad, Height));
        if (room.Take(places, most) is not { } place) return false;
        brush.Canvas.Box(place, brush.Theme.Panel.Fade(0.8), 4);
        brush.Text(place.X + Pad, place.Y + Baseline, text, colour);
        labels.Add((text, place));
        return true;
    }
}

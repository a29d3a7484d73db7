using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>A map of returns over one task column, with a curve of the prior and, after gradient steps, of the adapted policy.</summary>
internal sealed class MapCurve(ReturnMap map, int steps)
{
    private const float RowSpacing = 26, NameGap = 8, NameHeight = 14, Point = 2.6f;

    private readonly AxisLabel label = MapCells.Label(map.X);

    /// <param name="task">The task that is marked</param>
    /// <returns>The area over which the tasks are spread</returns>
    public Rect Draw(Brush brush, Rect inside, IReadOnlyList<double> task)
    {
        ReturnRange range = ReturnRange.None;
        foreach (double value in map.Adapted) range = range.With(value);
        foreach (double value in map.Prior) range = range.With(value);
        var axis = new ReturnAxis(range.Widened(0.08), inside.Y + 4, inside.Bottom - AxisLabel.Height - 2);
        int rows = Math.Clamp((int)((axis.Bottom - axis.Top) / RowSpacing), 1, 5);
        float names = NameGap + StrokeFont.Measure("adapted", Brush.Small), numbers = axis.NumbersWidth(rows);
        var area = new Rect(inside.X + numbers, axis.Top, inside.Width - numbers - names, axis.Bottom - axis.Top);
        axis.Draw(brush, area.X, area.Right, rows);
        label.DrawBelow(brush, area);
        float here = area.X + (float)map.X.Share(task[map.X.Column]) * area.Width;
        brush.Canvas.Line(new(here, area.Y), new(here, area.Bottom), 1.4f, brush.Theme.Goal.Fade(0.7));
        Draw(brush, axis, area, map.Prior, brush.Theme.Step(0, steps));
        if (steps > 0) Draw(brush, axis, area, map.Adapted, brush.Theme.Step(steps, steps));
        brush.Canvas.Disc(new(here, area.Bottom), 4, brush.Theme.Panel, 2, brush.Theme.Goal);
        DrawNames(brush, axis, area.Right + NameGap);
        return area;
    }

    private void Draw(Brush brush, ReturnAxis axis, Rect area, double[] returns, Colour colour)
    {
        bool isDown = false;
        // Where the cells are all the tasks there are, nothing lies between them, and no line is drawn.
        for (int cell = 0; cell < returns.Length && map.X.Values is null; cell++)
        {
            if (!double.IsFinite(returns[cell])) continue;
            if (isDown) brush.Canvas.PathTo(At(cell), 2, colour);
            else brush.Canvas.BeginPath(At(cell), 2, colour);
            isDown = true;
        }
        if (isDown) brush.Canvas.EndPath();
        for (int cell = 0; cell < returns.Length && area.Width > returns.Length * Point * 3; cell++)
            if (double.IsFinite(returns[cell])) brush.Canvas.Disc(At(cell), Point, colour);
        Vector2 At(int cell) => new(area.X + (float)map.X.Share(map.X.Value(cell)) * area.Width, axis.Y(returns[cell]));
    }

    /// <summary>Draws the names beside the ends of the curves, that of the upper curve above the other.</summary>
    private void DrawNames(Brush brush, ReturnAxis axis, float x)
    {
        int last = map.Adapted.Length - 1;
        while (last > 0 && !double.IsFinite(map.Adapted[last])) last--;
        if (!double.IsFinite(map.Adapted[last])) return;
        float prior = axis.Y(map.Prior[last]), adapted = axis.Y(map.Adapted[last]);
        float push = MathF.Max(0, NameHeight - MathF.Abs(prior - adapted)) / 2 * (prior > adapted ? 1 : -1);
        if (steps == 0) (adapted, push) = (prior, 0);
        brush.Text(x, prior + push + 4, "prior", brush.Theme.Step(0, steps));
        if (steps > 0) brush.Text(x, adapted - push + 4, "adapted", brush.Theme.Step(steps, steps));
    }
}

using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>Draws a cell for each gradient step with the share of query pictures that are right after it.</summary>
internal static class StepCells
{
    private const float Widest = 150, Gap = 6, LeastForWords = 92, LeastForShare = 40;

    /// <param name="area">The left part of it is used, as far as it is needed</param>
    public static void Draw(Brush brush, Rect area, EpisodeMoment moment)
    {
        for (int step = 0; step <= moment.Steps; step++)
        {
            Rect cell = Place(area, step, moment.Steps);
            bool isShown = step == moment.Step;
            (Theme theme, Colour colour) = (brush.Theme, brush.Theme.Step(step, moment.Steps));
            brush.Canvas.Box(cell, isShown ? theme.Edge : theme.Panel, 6, isShown ? 1.5f : 1, isShown ? colour : theme.Edge);
            float baseline = cell.Centre.Y + Brush.Small / 2, x = cell.X + 12;
            brush.Canvas.Disc(new(x, cell.Centre.Y), 3.5f, colour);
            string words = cell.Width < LeastForWords ? "" : step == 0 ? "before" : Brush.Steps(step);
            if (words.Length > 0) brush.Text(x + 9, baseline, words, isShown ? brush.Theme.Text : brush.Theme.Muted);
            if (cell.Width < LeastForShare || moment.Adaptation.Known == 0) continue;
            string share = PicturesPanel.Percent((double)moment.Adaptation.Right(step) / moment.Adaptation.Known);
            brush.Text(cell.Right - 9, baseline, share, isShown ? brush.Theme.Text : brush.Theme.Muted, align: 1);
        }
    }

    /// <summary>The step whose cell is at a point; null where there is none.</summary>
    public static int? At(Rect area, int steps, Vector2 point)
    {
        for (int step = 0; step <= steps; step++)
            if (Place(area, step, steps).Contains(point)) return step;
        return null;
    }

    public static Rect Place(Rect area, int step, int steps)
    {
        float width = Math.Min(Widest, (area.Width + Gap) / (steps + 1) - Gap);
        return area with { X = area.X + step * (width + Gap), Width = Math.Max(2, width) };
    }
}

using System.Globalization;
using System.Numerics;

namespace MamlRobotics.Viewer;

/// <summary>
/// Which of two policies has adapted better to which tasks: the difference of their returns over the columns of their
/// maps. Drawn again while the maps fill in, so drawing leaves no garbage.
/// </summary>
internal sealed class DifferencePanel
{
    private const float ScaleWidth = 9, ScaleGap = 18, WordsFrom = 16, LeastForWords = 112, LineHeight = 18, Gap = 6;

    private readonly ReturnMap left, right;
    private readonly IReadOnlyList<double> task;
    private readonly AxisLabel x, y;
    private readonly string caption;
    private (int Left, int Right) drawn = (-1, -1);

    public DifferencePanel(Replay left, Replay right)
    {
        (this.left, this.right, task) = (left.Map, right.Map, right.Task);
        (x, y) = (MapGrid.Label(right.Map.X), MapGrid.Label(right.Map.Y));
        caption = right.InnerSteps == 0 ? "of the prior" : string.Create(CultureInfo.InvariantCulture, $"after {right.InnerSteps} {(right.InnerSteps == 1 ? "step" : "steps")}");
    }

    /// <summary>Whether cells were filled in since the panel was drawn.</summary>
    public bool HasGained => drawn != (left.Version, right.Version);

    /// <summary>Colour of a difference that is a share, from -1 to 1, of the largest: the better one's, fainter near zero.</summary>
    internal static Colour ColourOf(Theme theme, double share) => Colour.Mix(theme.Grid, share < 0 ? theme.Left : theme.Right, Math.Sqrt(Math.Abs(share)));

    public void Draw(Brush brush, Rect area) => DrawInside(brush, brush.Panel(area, "Return, right − left", caption));

    /// <summary>Draws over what the panel showed.</summary>
    public void DrawAgain(Brush brush, Rect area)
    {
        Rect inside = brush.Inside(area);
        brush.Canvas.Box(inside.Inset(-12, -2, -12, -10), brush.Theme.Panel);
        DrawInside(brush, inside);
    }

    private void DrawInside(Brush brush, Rect inside)
    {
        drawn = (left.Version, right.Version);
        (double most, double total, int known, int better, int worse) = (0, 0, 0, 0, 0);
        for (int cell = 0; cell < right.Adapted.Length; cell++)
        {
            if (!double.IsFinite(Of(cell))) continue;
            (most, total, known) = (Math.Max(most, Math.Abs(Of(cell))), total + Of(cell), known + 1);
            if (Of(cell) > 0) better++;
            else if (Of(cell) < 0) worse++;
        }
        if (known == 0)
        {
            brush.Text(inside.Centre.X, inside.Centre.Y, "not sampled yet", brush.Theme.Muted, align: 0.5f);
            return;
        }
        bool isStrip = right.Y.Cells == 1;
        float height = inside.Height - AxisLabel.Height - 2, beside = ScaleGap + ScaleWidth + WordsFrom + LeastForWords;
        float width = isStrip ? inside.Width - beside - 8 : MathF.Min(height, inside.Width - y.Width - beside);
        var cells = new Rect(inside.X + (isStrip ? 8 : y.Width), inside.Y + 2, width, isStrip ? height : width);
        DrawCells(brush, cells, most);
        x.DrawBelow(brush, cells);
        if (!isStrip) y.DrawLeft(brush, cells);
        var here = new Vector2(cells.X + (float)right.X.Share(task[right.X.Column]) * cells.Width, isStrip ? cells.Centre.Y : cells.Bottom - (float)right.Y.Share(task[right.Y.Column]) * cells.Height);
        brush.Canvas.Disc(here, 6.5f, Colour.Clear, 3.5f, brush.Theme.Panel);
        brush.Canvas.Disc(here, 5.5f, Colour.Clear, 2, brush.Theme.Goal);
        var scale = new Rect(cells.Right + ScaleGap, cells.Y, ScaleWidth, cells.Height);
        DrawScale(brush, scale);
        float words = scale.Right + WordsFrom;
        int digits = Brush.ReturnDigits(most);
        brush.Number(words, scale.Y + 9, most, digits, brush.Theme.Muted);
        Share(brush, words, scale.Y + 9 + LineHeight, "right better", 100.0 * better / known);
        brush.Number(words, scale.Bottom, -most, digits, brush.Theme.Muted);
        Share(brush, words, scale.Bottom - LineHeight, "left better", 100.0 * worse / known);
        if (scale.Height < 6 * LineHeight) return;
        float mean = words + brush.Text(words, scale.Centre.Y + 4, "mean", brush.Theme.Muted) + Gap;
        brush.Number(mean, scale.Centre.Y + 4, total / known, digits, brush.Theme.Text);
    }

    private double Of(int cell) => right.Adapted[cell] - left.Adapted[cell];

    private void DrawCells(Brush brush, Rect area, double most)
    {
        (float width, float height) = (area.Width / right.X.Cells, area.Height / right.Y.Cells);
        for (int row = 0; row < right.Y.Cells; row++)
        {
            for (int column = 0; column < right.X.Cells; column++)
            {
                double value = Of(right.Index(column, row));
                if (!double.IsFinite(value)) continue;
                Rect cell = new Rect(area.X + column * width, area.Bottom - (row + 1) * height, width, height).Inset(0.5f);
                brush.Canvas.Box(cell, ColourOf(brush.Theme, most > 0 ? value / most : 0), 1.5f);
            }
        }
    }

    private static void DrawScale(Brush brush, Rect area)
    {
        const int Parts = 48;
        for (int i = 0; i < Parts; i++)
            brush.Canvas.Box(new Rect(area.X, area.Bottom - area.Height * (i + 1) / Parts, area.Width, area.Height / Parts + 0.5f), ColourOf(brush.Theme, (2 * i + 1.0) / Parts - 1));
    }

    private static void Share(Brush brush, float x, float y, string name, double percent)
    {
        x += brush.Text(x, y, name, brush.Theme.Muted) + Gap;
        brush.Number(x, y, percent, 0, brush.Theme.Text, unit: " %");
    }
}

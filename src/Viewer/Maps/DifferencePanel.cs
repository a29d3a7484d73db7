namespace MamlRobotics.Viewer;

/// <summary>Which of two policies has adapted better to which tasks: the difference of their returns over the columns of their maps.</summary>
internal sealed class DifferencePanel(Replay left, Replay right)
    : TaskMapPanel("Return, right − left", right.InnerSteps == 0 ? "of the prior" : $"after {Brush.Steps(right.InnerSteps)}")
{
    private const float WordsFrom = 16, LeastForWords = 112, LineHeight = 18, Gap = 6;

    private static readonly Func<Theme, double, Colour> OfScale = (theme, share) => ColourOf(theme, 2 * share - 1);

    // A difference, however small, is seen: the shares beside the map count it too.
    private const double Faintest = 0.3;

    private readonly MapCells cells = new(right.Map);
    private readonly double[] differences = new double[right.Map.Adapted.Length];

    protected override int Version => left.Map.Version + right.Map.Version;

    /// <summary>Colour of a difference that is a share, from -1 to 1, of the largest: the better one's, fainter near zero.</summary>
    internal static Colour ColourOf(Theme theme, double share) =>
        share == 0 ? theme.Grid : Colour.Mix(theme.Grid, share < 0 ? theme.Left : theme.Right, Faintest + (1 - Faintest) * Math.Sqrt(Math.Abs(share)));

    protected override bool DrawReturns(Brush brush, Rect inside)
    {
        (double most, double total, int known, int better, int worse) = (0, 0, 0, 0, 0);
        for (int cell = 0; cell < differences.Length; cell++)
        {
            // Read once: cells are filled in meanwhile, and what is counted is what is drawn.
            double difference = differences[cell] = right.Map.Adapted[cell] - left.Map.Adapted[cell];
            if (!double.IsFinite(difference)) continue;
            (most, total, known) = (Math.Max(most, Math.Abs(difference)), total + difference, known + 1);
            if (difference > 0) better++;
            else if (difference < 0) worse++;
        }
        if (known == 0) return false;
        Rect area = cells.Place(inside, WordsFrom + LeastForWords);
        Cells = (area, right.Map.X.Cells, right.Map.Y.Cells);
        for (int cell = 0; cell < differences.Length; cell++)
            if (double.IsFinite(differences[cell])) cells.Draw(brush, area, cell, ColourOf(brush.Theme, most > 0 ? differences[cell] / most : 0));
        cells.DrawAxes(brush, area, right.Task);
        Rect scale = MapCells.DrawScale(brush, area, OfScale);
        float words = scale.Right + WordsFrom;
        int digits = Brush.ReturnDigits(most);
        brush.Number(words, scale.Y + 9, most, digits, brush.Theme.Muted);
        Share(brush, words, scale.Y + 9 + LineHeight, "right better", 100.0 * better / known);
        brush.Number(words, scale.Bottom, -most, digits, brush.Theme.Muted);
        Share(brush, words, scale.Bottom - LineHeight, "left better", 100.0 * worse / known);
        if (scale.Height < 6 * LineHeight) return true;
        float mean = words + brush.Text(words, scale.Centre.Y + 4, "mean", brush.Theme.Muted) + Gap;
        brush.Number(mean, scale.Centre.Y + 4, total / known, digits, brush.Theme.Text);
        return true;
    }

    private static void Share(Brush brush, float x, float y, string name, double percent)
    {
        x += brush.Text(x, y, name, brush.Theme.Muted) + Gap;
        brush.Number(x, y, percent, 0, brush.Theme.Text, unit: " %");
    }
}

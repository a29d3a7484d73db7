namespace MamlRobotics.Viewer;

/// <summary>Shows which of two policies adapted better to which tasks, by the difference of their returns over two task columns.</summary>
internal sealed class DifferencePanel(Replay left, Replay right)
    : TaskMapPanel("Return, right − left", right.InnerSteps == 0 ? "of the prior" : $"after {Brush.Steps(right.InnerSteps)}")
{
    private const float WordsFrom = 16, LeastForWords = 112, LineHeight = 18, Gap = 6;

    private static readonly Func<Theme, double, Colour> OfScale = (theme, share) => ColourOf(theme, 2 * share - 1);

    // Even the smallest difference has to be visible, because the shares beside the map count it.
    private const double Faintest = 0.3;

    private readonly MapCells cells = new(right.Map);
    private readonly double[] differences = new double[right.Map.Adapted.Length];

    protected override int Version => left.Map.Version + right.Map.Version;

    /// <summary>The colour of the better policy, which is fainter where the difference is small.</summary>
    /// <param name="share">The difference as a share of the largest, from -1 to 1</param>
    internal static Colour ColourOf(Theme theme, double share)
    {
        if (share == 0) return theme.Grid;
        double strength = Faintest + (1 - Faintest) * Math.Sqrt(Math.Abs(share));
        return Colour.Mix(theme.Grid, share < 0 ? theme.Left : theme.Right, strength);
    }

    protected override bool DrawReturns(Brush brush, Rect inside)
    {
        Comparison counts = Compare();
        if (counts.Known == 0) return false;
        Rect area = cells.Place(inside, WordsFrom + LeastForWords);
        Cells = (area, right.Map.X.Cells, right.Map.Y.Cells);
        for (int cell = 0; cell < differences.Length; cell++)
        {
            if (!double.IsFinite(differences[cell])) continue;
            double share = counts.Largest > 0 ? differences[cell] / counts.Largest : 0;
            cells.Draw(brush, area, cell, ColourOf(brush.Theme, share));
        }
        cells.DrawAxes(brush, area, right.Task);
        DrawWords(brush, MapCells.DrawScale(brush, area, OfScale), counts);
        return true;
    }

    /// <summary>What the known differences come to.</summary>
    /// <param name="Known">Number of cells that both policies have sampled</param>
    /// <param name="RightBetter">Number of cells in which the policy on the right is better</param>
    private readonly record struct Comparison(double Largest, double Total, int Known, int RightBetter, int LeftBetter);

    private Comparison Compare()
    {
        (double largest, double total, int known, int rightBetter, int leftBetter) = (0, 0, 0, 0, 0);
        for (int cell = 0; cell < differences.Length; cell++)
        {
            // The returns are read only once: cells are filled in meanwhile, and the same differences are counted and drawn.
            double difference = differences[cell] = right.Map.Adapted[cell] - left.Map.Adapted[cell];
            if (!double.IsFinite(difference)) continue;
            (largest, total, known) = (Math.Max(largest, Math.Abs(difference)), total + difference, known + 1);
            if (difference > 0) rightBetter++;
            else if (difference < 0) leftBetter++;
        }
        return new(largest, total, known, rightBetter, leftBetter);
    }

    private static void DrawWords(Brush brush, Rect scale, Comparison counts)
    {
        float words = scale.Right + WordsFrom;
        int digits = Brush.ReturnDigits(counts.Largest);
        brush.Number(words, scale.Y + 9, counts.Largest, digits, brush.Theme.Muted);
        DrawShare(brush, words, scale.Y + 9 + LineHeight, "right better", 100.0 * counts.RightBetter / counts.Known);
        brush.Number(words, scale.Bottom, -counts.Largest, digits, brush.Theme.Muted);
        DrawShare(brush, words, scale.Bottom - LineHeight, "left better", 100.0 * counts.LeftBetter / counts.Known);
        if (scale.Height < 6 * LineHeight) return;
        float mean = words + brush.Text(words, scale.Centre.Y + 4, "mean", brush.Theme.Muted) + Gap;
        brush.Number(mean, scale.Centre.Y + 4, counts.Total / counts.Known, digits, brush.Theme.Text);
    }

    private static void DrawShare(Brush brush, float x, float y, string name, double percent)
    {
        x += brush.Text(x, y, name, brush.Theme.Muted) + Gap;
        brush.Number(x, y, percent, 0, brush.Theme.Text, unit: " %");
    }
}

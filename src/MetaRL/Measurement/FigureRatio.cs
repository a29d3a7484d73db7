namespace MamlRobotics.MetaRL;

/// <summary>One figure of two runs of the benchmark.</summary>
/// <param name="Gain">How many times as good it is here as there: of times and of memory there over here, else here over there</param>
/// <param name="AgainstPeaks">The gain over that of the peak which bounds the figure: above one, more is made of the machine here; NaN where nothing bounds it</param>
public sealed record FigureRatio(Figure Figure, double Here, double There, double Gain, double AgainstPeaks)
{
    /// <summary>Every row that both runs measured.</summary>
    public static IReadOnlyList<FigureRatio> Compare(BenchmarkResult here, BenchmarkResult there) =>
    [
        .. Figures.All.Where(figure => !figure.IsDetail && here.Values.ContainsKey(figure.Key) && there.Values.ContainsKey(figure.Key))
            .Select(figure => Of(figure, here, there)),
    ];

    private static FigureRatio Of(Figure figure, BenchmarkResult here, BenchmarkResult there)
    {
        double gain = figure.LessIsBetter ? there[figure] / here[figure] : here[figure] / there[figure];
        double peaks = here.PeakOf(figure.Bound) / there.PeakOf(figure.Bound);
        return new FigureRatio(figure, here[figure], there[figure], gain, figure.Bound == Bound.None ? double.NaN : gain / peaks);
    }
}

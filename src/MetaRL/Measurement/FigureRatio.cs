namespace MamlRobotics.MetaRL;

/// <summary>One figure of two runs of the benchmark.</summary>
/// <param name="Gain">
/// How many times better the figure is here than there. For times and memory it is there over here, otherwise here over there.
/// </param>
/// <param name="AgainstPeaks">
/// The gain over the gain of the peak that limits the figure. Above one, the program uses the machine better here. NaN where nothing
/// limits the figure.
/// </param>
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
        double againstPeaks = figure.Bound == Bound.None ? double.NaN : gain / peaks;
        return new FigureRatio(figure, here[figure], there[figure], gain, againstPeaks);
    }
}

using System.Globalization;

namespace MamlRobotics.Viewer;

/// <summary>The chart of optimisers: the logarithm of the mean loss over the number of steps.</summary>
public static class OptimiserPlot
{
    /// <param name="optimisers">The name of each optimiser, and its losses after 0 to K steps</param>
    public static PlotPanel Of(IEnumerable<(string Name, IReadOnlyList<StepScores> Losses)> optimisers) => new(
        "optimisers", "loss by step", "base-10 logarithm of the mean loss, with its 95 % interval", new PlotAxis("step"),
        [.. optimisers.Select((one, number) => Series(one.Name, number, one.Losses))], [])
    {
        Quantity = "log10_loss",
    };

    private static PlotSeries Series(string name, int number, IReadOnlyList<StepScores> losses)
    {
        IEnumerable<StepScores> shown = losses.Where(at => at.Mean > 0 && double.IsFinite(at.Mean));
        return new(name, number, [.. shown.Select(at => ((double)at.Step, Logarithm(at)))], [])
        {
            Figure = losses[^1].Mean.ToString("G3", CultureInfo.InvariantCulture),
        };
    }

    private static MeanInterval Logarithm(StepScores at)
    {
        // An interval of positive numbers by Student's t may reach below zero, where there is no logarithm.
        const double LowestShare = 0.01;
        double low = Math.Max(at.Interval.Low, LowestShare * at.Mean);
        return new(Math.Log10(at.Mean), Math.Log10(low), Math.Log10(Math.Max(at.Interval.High, low)));
    }
}

using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer;

/// <summary>Charts of a learned weight: psi over each of its inputs, all on the same scale, those that matter most first.</summary>
public static class WeightPlot
{
    private const int MostCharts = 6;

    public static IReadOnlyList<PlotPanel> Of(IReadOnlyList<WeightCurve> curves)
    {
        ArgumentNullException.ThrowIfNull(curves);
        WeightCurve[][] shown = [.. curves.GroupBy(curve => curve.Input).Select(steps => steps.ToArray())
            .OrderByDescending(steps => steps.Max(Influence)).Take(MostCharts)];
        MeanInterval[] values = [.. shown.SelectMany(steps => steps).SelectMany(curve => curve.Points).Select(point => point.Psi)];
        (double, double) range = (values.Min(value => value.Low), values.Max(value => value.High));
        return [.. shown.Select(steps => Panel(steps) with { Shown = range })];
    }

    private static PlotPanel Panel(WeightCurve[] steps)
    {
        string unit = steps[0].Unit.Length > 0 ? $" ({steps[0].Unit})" : "";
        return new PlotPanel(
            steps[0].Input, $"psi over {steps[0].Input}", "mean over support samples, with four fifths of them",
            new PlotAxis(steps[0].Input + unit) { IsCount = false }, [.. steps.Select(Series)], [])
        {
            Quantity = "psi",
        };
    }

    private static PlotSeries Series(WeightCurve curve) =>
        new(FormattableString.Invariant($"step {curve.Step + 1}"), curve.Step, curve.Points, []);

    private static double Influence(WeightCurve curve) =>
        curve.Points.Max(point => point.Psi.Mean) - curve.Points.Min(point => point.Psi.Mean);
}

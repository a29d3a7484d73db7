using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>Draws for `maml render` how the loss falls under a learned optimiser and under others.</summary>
internal static class OptimiserPicture
{
    public static void Write(
        OptimisationEvaluation evaluation, string to, (int Width, int Height) size, Theme theme, string? format)
    {
        IReadOnlyList<OptimiserLosses> losses = evaluation.Measure().Losses;
        PlotPanel panel = OptimiserPlot.Of(losses.Select(one => (Name(one), one.Losses)));
        var heading = new PlotHeading("learned optimiser", $"{evaluation.What}, {evaluation.Path}");
        PlotFile.Write(to, heading, [panel], size.Width, size.Height, theme, format);
    }

    private static string Name(OptimiserLosses one) =>
        one.Rate is { } rate ? FormattableString.Invariant($"{one.Label}, rate {rate}") : one.Label;
}

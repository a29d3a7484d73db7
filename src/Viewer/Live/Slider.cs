using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>One number of a request, which the user changes by mouse or keys.</summary>
/// <param name="Nudge">A key adds this; where the scale is logarithmic, it multiplies by this</param>
internal sealed record Slider(
    string Name, string Unit, double Low, double High, int Digits, double Nudge, bool IsLogarithmic,
    Func<AdaptationRequest, double> Read, Func<AdaptationRequest, double, AdaptationRequest> Write)
{
    private const int Nudges = 20;

    /// <summary>The sliders of the adaptation itself, and after them one for each column of the task.</summary>
    public static IReadOnlyList<Slider> Of(IReadOnlyList<Coordinate> columns) =>
    [
        new(
            "trajectories", "", ViewerControls.LeastTrajectories, ViewerControls.MostTrajectories, 0, 5, false,
            request => request.Trajectories, (request, value) => request with { Trajectories = (int)Math.Round(value) }),
        new(
            "adaptation steps", "", 0, ViewerControls.MostSteps, 0, 1, false,
            request => request.Steps, (request, value) => request with { Steps = (int)Math.Round(value) }),
        new(
            "step size α ×", "", 0.125, 8, 2, 1.25, true,
            request => request.StepScale, (request, value) => request with { StepScale = value }),
        .. columns.Select(OfColumn),
    ];

    private static Slider OfColumn(Coordinate column, int index)
    {
        double span = column.High - column.Low;
        return new Slider(
            Columns.PrintedName(column.Name), Columns.UnitAfterNumber(column.Unit), column.Low, column.High,
            span < 1 ? 3 : 2, span / Nudges, false,
            request => request.Task[index], (request, value) => WithColumn(request, index, value));
    }

    private static AdaptationRequest WithColumn(AdaptationRequest request, int index, double value) =>
        request with { IsChosen = true, Task = [.. request.Task.Select((other, i) => i == index ? value : other)] };

    /// <summary>Where a value lies between the ends, from 0 to 1.</summary>
    public double Share(double value)
    {
        double share = IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
        return Math.Clamp(share, 0, 1);
    }

    public AdaptationRequest MoveTo(AdaptationRequest request, double share)
    {
        share = Math.Clamp(share, 0, 1);
        return Write(request, IsLogarithmic ? Low * Math.Pow(High / Low, share) : Low + (High - Low) * share);
    }

    /// <param name="direction">1 or -1</param>
    public AdaptationRequest Step(AdaptationRequest request, int direction)
    {
        double value = Read(request);
        double moved = IsLogarithmic ? value * Math.Pow(Nudge, direction) : value + direction * Nudge;
        return Write(request, Math.Clamp(moved, Low, High));
    }
}

using MamlRobotics.Envs;

namespace MamlRobotics.Viewer;

/// <summary>One number of a request that the user may change while looking.</summary>
/// <param name="Nudge">What a key adds, or multiplies by where the scale is logarithmic</param>
internal sealed record Slider(
    string Name, string Unit, double Low, double High, int Digits, double Nudge, bool IsLogarithmic,
    Func<AdaptationRequest, double> Read, Func<AdaptationRequest, double, AdaptationRequest> Write)
{
    private const int Nudges = 20;

    /// <summary>How adapting goes, then the task's columns.</summary>
    public static IReadOnlyList<Slider> Of(IReadOnlyList<Coordinate> columns) =>
    [
        new("trajectories", "", ViewerControls.LeastTrajectories, ViewerControls.MostTrajectories, 0, 5, false, request => request.Trajectories, (request, value) => request with { Trajectories = (int)Math.Round(value) }),
        new("gradient steps", "", 0, ViewerControls.MostSteps, 0, 1, false, request => request.Steps, (request, value) => request with { Steps = (int)Math.Round(value) }),
        new("step size α ×", "", 0.125, 8, 2, 1.25, true, request => request.StepScale, (request, value) => request with { StepScale = value }),
        .. columns.Select((column, index) => new Slider(
            column.Name.Replace('_', ' '), column.Unit == "1" ? "" : " " + Brush.Unit(column.Unit), column.Low, column.High, column.High - column.Low < 1 ? 3 : 2, (column.High - column.Low) / Nudges, false,
            request => request.Task[index], (request, value) => request with { IsChosen = true, Task = [.. request.Task.Select((other, i) => i == index ? value : other)] })),
    ];

    /// <summary>Where a value lies between the ends, 0 to 1.</summary>
    public double Share(double value) => Math.Clamp(IsLogarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low), 0, 1);

    public AdaptationRequest MoveTo(AdaptationRequest request, double share)
    {
        share = Math.Clamp(share, 0, 1);
        return Write(request, IsLogarithmic ? Low * Math.Pow(High / Low, share) : Low + (High - Low) * share);
    }

    /// <param name="direction">1 or -1</param>
    public AdaptationRequest Step(AdaptationRequest request, int direction)
    {
        double value = Read(request);
        return Write(request, Math.Clamp(IsLogarithmic ? value * Math.Pow(Nudge, direction) : value + direction * Nudge, Low, High));
    }
}

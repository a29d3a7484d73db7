using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>How a network adapts to a sinusoid, as `maml render` draws it and `maml view` shows it.</summary>
internal static class SinusoidView
{
    /// <summary>The configuration of a checkpoint or of a run's best one, where it learned sinusoids; else null.</summary>
    public static (Checkpoint Checkpoint, SinusoidConfig Config)? Of(string path)
    {
        string file = EvalCommand.FileOf(path);
        return File.Exists(file) && Checkpoint.Read(file) is { Config: SinusoidConfig config } checkpoint ? (checkpoint, config) : null;
    }

    /// <param name="number">Of the sinusoid, from one</param>
    public static void Render(
        (Checkpoint Checkpoint, SinusoidConfig Config) run, string from, int number, int steps, string to, (int Width, int Height) size,
        Theme theme, double seconds, string? format)
    {
        using var adapter = new CurveAdapter(run.Checkpoint, run.Config);
        RandomStream stream = RandomStream.FromSeed(number);
        SinusoidTasks function = SinusoidTasks.Draw(stream, 1);
        CurveAdaptation adaptation = TensorScope.Free(() =>
            adapter.Adapt(function, function.Sample(stream.Stream("points"), run.Config.Shots, CPU), steps));
        CurvePicture.Write(
            adaptation, $"sinusoid regression · {adapter.Label}", $"{from}, iteration {run.Checkpoint.Iteration}, sinusoid {number}",
            to, size.Width, size.Height, theme, seconds, format);
    }

    public static void Show((Checkpoint Checkpoint, SinusoidConfig Config) run, string path, int number, Theme theme)
    {
        using var adapter = new CurveAdapter(run.Checkpoint, run.Config);
        try
        {
            using var window = new CurveWindow(adapter, $"{path} – maml", theme, SinusoidEvaluation.DefaultSteps, number);
            window.Open();
            window.Run();
        }
        catch (PlatformNotSupportedException problem)
        {
            throw new PlatformNotSupportedException(
                $"{problem.Message.TrimEnd('.')}. Without a display, draw a picture: maml render {ShellWord.Quoted(path)} --out sinusoid.png");
        }
    }
}

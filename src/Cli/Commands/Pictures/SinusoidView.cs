using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>Draws for `maml render` and shows for `maml view` how a network adapts to a sinusoid.</summary>
internal static class SinusoidView
{
    /// <param name="number">Number of the sinusoid, from 1</param>
    public static void Render(
        (Checkpoint Checkpoint, SinusoidConfig Config) run, string from, int number, int steps, PictureOrder picture)
    {
        using var adapter = new CurveAdapter(run.Checkpoint, run.Config);
        RandomStream stream = RandomStream.FromSeed(number);
        SinusoidTasks function = SinusoidTasks.Draw(stream, 1);
        CurveAdaptation adaptation = TensorScope.Free(() =>
            adapter.Adapt(function, function.Sample(stream.Stream("points"), run.Config.Shots, CPU), steps));
        CurvePicture.Write(
            adaptation, $"sinusoid regression · {adapter.Label}", $"{from}, iteration {run.Checkpoint.Iteration}, sinusoid {number}",
            picture);
    }

    public static void Show((Checkpoint Checkpoint, SinusoidConfig Config) run, string path, int number, Theme theme)
    {
        using var adapter = new CurveAdapter(run.Checkpoint, run.Config);
        try
        {
            using var window =
                new CanvasWindow(new CurveView(adapter, theme, SinusoidEvaluation.DefaultSteps, number), $"{path} – maml");
            window.Open();
            window.Run();
        }
        catch (PlatformNotSupportedException problem)
        {
            string picture = $"maml render {ShellWord.Quoted(path)} --out sinusoid.png";
            throw new PlatformNotSupportedException($"{problem.Message.TrimEnd('.')}. Without a display, draw a picture: {picture}");
        }
    }
}

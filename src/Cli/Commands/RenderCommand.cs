using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml render`: a policy's adaptation as a picture or film, without a display.</summary>
internal static class RenderCommand
{
    public const int DefaultTask = 1, DefaultTrajectories = 20, Width = 1280, Height = 720;

    private const int LeastSide = 160, LargestSide = 7680;

    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A run folder, of which the best checkpoint is taken, or a checkpoint file." };
        Option<string> output = new("--out") { Description = "The picture: .png, .gif, .apng, .mp4, or a folder for one PNG per frame.", HelpName = "FILE", Required = true };
        Option<string> size = new("--size") { Description = "Width and height in pixels.", HelpName = "WxH", DefaultValueFactory = _ => $"{Width}x{Height}" };
        Option<int> task = CommonOptions.Whole("--task", "Which of the family's test tasks.", minimum: 1, DefaultTask);
        Option<string> theme = new("--theme") { Description = "dark or light.", HelpName = "dark|light", DefaultValueFactory = _ => Theme.Dark.Name };
        Option<int> steps = CommonOptions.Whole("--steps", "Gradient steps.", minimum: 0, EvalCommand.DefaultSteps);
        Option<int> trajectories = CommonOptions.Whole("--trajectories", "Episodes per batch.", minimum: 1, DefaultTrajectories);
        Option<double> seconds = new("--seconds") { Description = "Length of a film.", HelpName = "S", DefaultValueFactory = _ => 10 };
        Option<long?> seed = CommonOptions.Seed($"Seed of the episodes. [default: {EvalCommand.DefaultSeed}]");
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        var command = new Command("render", "Draw how a checkpoint's policy adapts to a task, as a picture or a film. Needs no display.")
        { file, output, size, task, theme, steps, trajectories, seconds, seed, device, threads };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            (int width, int height) = ParseSize(parsed.GetValue(size)!);
            PictureFile.Check(path);
            if (parsed.GetValue(seconds) is not (> 0 and <= 600)) throw new InputException("--seconds must be more than 0 and at most 600.");
            var picture = new AdaptationPicture(
                EvalCommand.CheckpointOf(parsed.GetValue(file)!), parsed.GetValue(task), parsed.GetValue(steps), parsed.GetValue(trajectories),
                RandomStream.FromSeed(parsed.GetValue(seed) ?? EvalCommand.DefaultSeed), CommonOptions.ParseDevice(parsed.GetValue(device)!), parsed.GetValue(threads));
            picture.Write([path], width, height, ParseTheme(parsed.GetValue(theme)!), parsed.GetValue(seconds));
            Console.WriteLine($"Wrote {path}.");
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml render runs/first --out adaptation.png", "maml render runs/first --out adaptation.gif --task 7 --theme light --seconds 8");
    }

    /// <exception cref="InputException">It is no size, or not a usable one.</exception>
    public static (int Width, int Height) ParseSize(string text)
    {
        string[] parts = text.Split('x');
        if (parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int width) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int height)
            && Math.Min(width, height) >= LeastSide && Math.Max(width, height) <= LargestSide) return (width, height);
        throw new InputException($"--size must be two numbers from {LeastSide} to {LargestSide}, such as 1280x720, not '{text}'.");
    }

    /// <exception cref="InputException">There is no such theme.</exception>
    public static Theme ParseTheme(string name) => name == Theme.Dark.Name || name == Theme.Light.Name
        ? Theme.Of(name) : throw new InputException($"--theme must be dark or light, not '{name}'.");
}

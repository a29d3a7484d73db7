using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml render`: a policy's adaptation as a picture or film, without a display.</summary>
internal static class RenderCommand
{
    public const int Width = 1280, Height = 720;

    private const int LeastSide = 160, LargestSide = 7680;

    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT") { Description = "A run folder, of which the best checkpoint is taken, a checkpoint file, or a replay by `maml record`." };
        Option<string> output = new("--out") { Description = "The picture: .png, .gif, .apng, .mp4, or a folder for one PNG per frame.", HelpName = "FILE", Required = true };
        Option<string?> format = CommonOptions.Format("png, gif, apng or mp4");
        Option<string> size = new("--size") { Description = "Width and height in pixels.", HelpName = "WxH", DefaultValueFactory = _ => $"{Width}x{Height}" };
        Option<string> theme = CommonOptions.Theme();
        Option<double> seconds = new("--seconds") { Description = "Length of a film.", HelpName = "S", DefaultValueFactory = _ => 10 };
        var adaptation = new AdaptationOptions();
        var command = new Command("render", "Draw how a checkpoint's policy adapts to a task, as a picture or a film. Needs no display.") { file, output, format, size, theme, seconds };
        adaptation.AddTo(command);
        command.SetAction(parsed =>
        {
            (string from, string to) = (parsed.GetValue(file)!, parsed.GetValue(output)!);
            (int width, int height) = ParseSize(parsed.GetValue(size)!);
            PictureFile.Check(to, parsed.GetValue(format));
            if (parsed.GetValue(seconds) is not (> 0 and <= 600)) throw new InputException("--seconds must be more than 0 and at most 600.");
            Theme colours = CommonOptions.ParseTheme(parsed.GetValue(theme)!);
            if (AtomicFile.IsWrittenThrough(to)) CommonOptions.CheckWritable(to);
            if (SinusoidView.Of(from) is { } sinusoid)
            {
                (int number, int steps) = adaptation.OfSinusoid(parsed);
                SinusoidView.Render(sinusoid, from, number, steps, to, (width, height), colours, parsed.GetValue(seconds), parsed.GetValue(format));
            }
            else AdaptationPicture.Write(Replay(parsed, from, adaptation), to, width, height, colours, parsed.GetValue(seconds), parsed.GetValue(format));
            Console.WriteLine($"Wrote {to}.");
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml render runs/first --out adaptation.png", "maml render runs/first --out adaptation.gif --task 7 --theme light --seconds 8",
            "maml render adaptation.replay --out adaptation.apng");
    }

    /// <exception cref="InputException">It is no size, or not a usable one.</exception>
    public static (int Width, int Height) ParseSize(string text)
    {
        string[] parts = text.Split('x');
        if (parts.Length == 2 && int.TryParse(parts[0], CultureInfo.InvariantCulture, out int width) && int.TryParse(parts[1], CultureInfo.InvariantCulture, out int height)
            && Math.Min(width, height) >= LeastSide && Math.Max(width, height) <= LargestSide) return (width, height);
        throw new InputException($"--size must be two numbers from {LeastSide} to {LargestSide}, such as 1280x720, not '{text}'.");
    }

    /// <summary>Finds what is wrong with the input at once, and leaves the sampling for later.</summary>
    private static Func<Replay> Replay(ParseResult parsed, string from, AdaptationOptions adaptation)
    {
        if (!ReplayFile.IsNamed(from)) return adaptation.Source(parsed, from).Sample;
        adaptation.RefuseWithReplay(parsed);
        Replay replay = ReplayFile.Read(from);
        return () => replay;
    }
}

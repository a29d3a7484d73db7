using System.CommandLine;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.FewShot;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml render` draws an adaptation as a picture or film, without a display.</summary>
internal static class RenderCommand
{
    public const int Width = 1280, Height = 720;

    private const int SmallestSide = 160, LargestSide = 7680;

    public static Command Create()
    {
        Argument<string> file = new("CHECKPOINT")
        {
            Description = "A checkpoint file, a run folder, whose best checkpoint is used, or a replay by `maml record`.",
        };
        Option<string> output = new("--out")
        {
            Description = "The picture: .png, .gif, .apng or .mp4, or a folder for one PNG per frame; "
                + "of a learned optimiser .png, .svg or .csv.",
            HelpName = "FILE", Required = true,
        };
        Option<string?> format = CommonOptions.Format("png, gif, apng or mp4");
        Option<string> size = new("--size")
        {
            Description = "Width and height in pixels.", HelpName = "WxH", DefaultValueFactory = _ => $"{Width}x{Height}",
        };
        Option<string> theme = CommonOptions.Theme();
        Option<double> seconds = new("--seconds") { Description = "Length of a film.", HelpName = "S", DefaultValueFactory = _ => 10 };
        var adaptation = new AdaptationOptions();
        var classifier = new ClassifierOptions();
        var command = new Command("render", "Draw how a checkpoint's policy adapts to a task, as a picture or a film. Needs no display.")
        { file, output, format, size, theme, seconds };
        adaptation.AddTo(command);
        classifier.AddTo(command);
        command.SetAction(parsed =>
        {
            (string from, string to, string? kind) = (parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(format));
            (int width, int height) = ParseSize(parsed.GetValue(size)!);
            Theme colours = CommonOptions.ParseTheme(parsed.GetValue(theme)!);
            Checkpoint? supervised = SupervisedRun.Of(from);
            if (supervised?.Config is not ClassificationConfig) classifier.Refuse(parsed);
            if (supervised is { Config: OptimisationConfig optimisation })
            {
                OptimisationEvaluation evaluation = adaptation.OfOptimiser(parsed, from, supervised, optimisation);
                PlotFile.Check(to, kind);
                CommonOptions.CheckWritable(to);
                OptimiserPicture.Write(evaluation, to, (width, height), colours, kind);
                Console.WriteLine($"Wrote {to}.");
                return 0;
            }
            PictureFile.Check(to, kind);
            double length = parsed.GetValue(seconds);
            if (length is not (> 0 and <= 600)) throw new InputException("--seconds must be more than 0 and at most 600.");
            if (AtomicFile.IsWrittenThrough(to)) CommonOptions.CheckWritable(to);
            var picture = new PictureOrder(to, width, height, colours, length, kind);
            if (supervised is { Config: SinusoidConfig sinusoid })
            {
                (int number, int steps) = adaptation.OfSinusoid(parsed);
                SinusoidView.Render((supervised, sinusoid), from, number, steps, picture);
            }
            else if (supervised is { Config: ClassificationConfig trained })
            {
                (int number, int? steps) = adaptation.OfEpisode(parsed);
                View(parsed, from, supervised, classifier.Of(parsed, trained), adaptation).Render(number, steps, picture);
            }
            else AdaptationPicture.Write(ReplayOf(parsed, from, adaptation), picture);
            Console.WriteLine($"Wrote {to}.");
            return 0;
        });
        return HelpWithExamples.AddTo(
            command,
            "maml render runs/first --out adaptation.png",
            "maml render runs/first --out adaptation.gif --task 7 --theme light --seconds 8",
            "maml render adaptation.replay --out adaptation.apng");
    }

    /// <exception cref="InputException">The text is no size, or one that is too small or too large.</exception>
    public static (int Width, int Height) ParseSize(string text)
    {
        int[] sides = [.. text.Split('x').Select(part => int.TryParse(part, CultureInfo.InvariantCulture, out int side) ? side : 0)];
        if (sides.Length == 2 && sides.All(side => side is >= SmallestSide and <= LargestSide)) return (sides[0], sides[1]);
        throw new InputException($"--size must be two numbers from {SmallestSide} to {LargestSide}, such as 1280x720, not '{text}'.");
    }

    private static ClassificationView View(
        ParseResult parsed, string from, Checkpoint checkpoint, ClassificationConfig config, AdaptationOptions adaptation)
    {
        (torch.Device where, int threads) = adaptation.MachineOf(parsed);
        return new ClassificationView(from, checkpoint, config, where, threads) { Seed = adaptation.SeedOf(parsed) };
    }

    /// <summary>Reports wrong input at once, and returns what samples the replay later.</summary>
    private static Func<Replay> ReplayOf(ParseResult parsed, string from, AdaptationOptions adaptation)
    {
        if (!ReplayFile.IsNamed(from)) return adaptation.Source(parsed, from).Sample;
        adaptation.RefuseWithReplay(parsed);
        Replay replay = ReplayFile.Read(from);
        return () => replay;
    }
}

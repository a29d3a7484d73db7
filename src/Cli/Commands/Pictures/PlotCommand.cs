using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Viewer;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml plot` draws learning and adaptation curves of runs, or writes their numbers.</summary>
internal static class PlotCommand
{
    private static readonly string[] Axes = [.. Enum.GetNames<TrainingAxis>().Select(name => name.ToLowerInvariant())];

    public static Command Create()
    {
        Argument<string[]> names = new("RUN")
        {
            Description = "Run folders. Runs that differ only by their seed are shown as one mean.", Arity = ArgumentArity.OneOrMore,
        };
        Option<string> output = new("--out")
        {
            Description = "The plot: .png or .svg, or .csv for the plotted numbers.", HelpName = "FILE", Required = true,
        };
        Option<string?> format = CommonOptions.Format("png, svg or csv");
        Option<string> size = new("--size")
        {
            Description = "Width and height in pixels.", HelpName = "WxH", DefaultValueFactory = _ => $"{PlotFile.Width}x{PlotFile.Height}",
        };
        Option<string> axis = new("--x")
        {
            Description = "The x axis of the learning curves: iterations, environment steps or seconds of training.",
            HelpName = string.Join('|', Axes), DefaultValueFactory = _ => Axes[0],
        };
        Option<bool> weight = new("--weight")
        {
            Description = "Draw the weight of samples that a run of learned-objective has learned, over each of its inputs.",
        };
        Option<string> theme = CommonOptions.Theme();
        Option<bool> profile = new("--profile")
        {
            Description = "Plot performance profiles instead: the share of runs and test tasks with a return of more than x.",
        };
        Option<int?> step = new("--step")
        {
            Description = "Gradient steps of the profile. [default: as many as the runs were trained for]", HelpName = "N",
            CustomParser = ParseStep,
        };
        var command = new Command("plot", "Plot the returns of runs over training and over gradient steps.")
        { names, output, format, axis, profile, step, weight, size, theme };
        command.SetAction(parsed =>
        {
            string path = parsed.GetValue(output)!;
            PlotFile.Check(path, parsed.GetValue(format));
            CommonOptions.CheckWritable(path);
            (int width, int height) = RenderCommand.ParseSize(parsed.GetValue(size)!);
            Theme colours = CommonOptions.ParseTheme(parsed.GetValue(theme)!);
            TrainingAxis along = ParseAxis(parsed.GetValue(axis)!);
            bool isProfile = parsed.GetValue(profile);
            Option ofOther = isProfile ? axis : step;
            if (CommonOptions.IsGiven(parsed, ofOther))
                throw new InputException($"{ofOther.Name} has no meaning {(isProfile ? "with" : "without")} --profile: leave it out.");
            IReadOnlyList<RunGroup> groups = RunGroup.Of([.. parsed.GetValue(names)!.Select(RecordedRun.Read)]);
            bool isWeight = parsed.GetValue(weight);
            if (isWeight && isProfile) throw new InputException("--weight and --profile draw different things: leave one of them out.");
            IReadOnlyList<PlotPanel> panels = isWeight ? WeightOf(groups)
                : isProfile ? [ProfilePlot.Of(groups, parsed.GetValue(step))] : RunPlot.Of(groups, along);
            PlotFile.Write(path, PlotHeading.Of(groups), panels, width, height, colours, parsed.GetValue(format));
            Console.WriteLine($"Wrote {path}.");
            if (isProfile || isWeight) return 0;
            foreach (RecordedRun run in groups.SelectMany(group => group.Runs)) PrintWhatIsMissing(run);
            return 0;
        });
        return HelpWithExamples.AddTo(
            command,
            "maml plot runs/first --out curves.png",
            "maml plot runs/first --out curves.png --x steps",
            "maml plot runs/maml-1 runs/promp-1 --profile --step 1 --out profile.png",
            "maml plot runs/one-step --weight --out weight.png --size 1280x900",
            "maml plot runs/maml-1 runs/maml-2 runs/promp-1 runs/promp-2 --out curves.svg --theme light");
    }

    private static IReadOnlyList<PlotPanel> WeightOf(IReadOnlyList<RunGroup> groups)
    {
        RecordedRun[] runs = [.. groups.SelectMany(group => group.Runs)];
        if (runs is not [var run]) throw new InputException($"--weight draws one run, not {runs.Length}.");
        return WeightPlot.Of(WeightCurves.Of(Checkpoint.Read(RunFolder.BestIn(run.Path)), torch.CPU, threads: 1));
    }

    private static int? ParseStep(ArgumentResult result)
    {
        string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (int.TryParse(text, CultureInfo.InvariantCulture, out int step) && step >= 0) return step;
        result.AddError($"--step must be a whole number of at least 0, not '{text}'");
        return null;
    }

    private static void PrintWhatIsMissing(RecordedRun run)
    {
        if (!RunPlot.IsValidated(run))
            Console.WriteLine($"{run.Path} has not been validated yet, so its learning curve shows returns on training tasks.");
        if (run.Evaluation is null) Console.WriteLine($"No adaptation curve: {run.WhyUnevaluated}");
    }

    private static TrainingAxis ParseAxis(string name) => Array.IndexOf(Axes, name) is var index && index >= 0
        ? (TrainingAxis)index : throw new InputException($"--x must be one of {string.Join(", ", Axes)}, not '{name}'.");
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench iteration` measures time and memory of one meta-iteration of any size.</summary>
internal static class BenchIterationCommand
{
    public static readonly JsonSerializerOptions JsonOptions = new()
    {
        WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };

    private static readonly (string Option, string Description, Func<IterationSize, int> Value)[] Sizes =
    [
        ("--tasks", "Tasks, N.", size => size.Tasks),
        ("--trajectories", "Trajectories of each task, B.", size => size.Trajectories),
        ("--horizon", "Steps until an episode is truncated, T.", size => size.Horizon),
        ("--width", "Units of both hidden layers.", size => size.Width),
        (
            "--conjugate-gradients", "Conjugate gradient iterations. The memory does not depend on them.",
            size => size.ConjugateGradientIterations
        ),
        ("--stride", "Measure curvature at one of N time steps.", size => size.CurvatureStride),
    ];

    /// <summary>The arguments that make the command measure a size.</summary>
    public static IEnumerable<string> Arguments(IterationSize size) =>
        Sizes.SelectMany(item => new[] { item.Option, item.Value(size).ToString(CultureInfo.InvariantCulture) });

    public static Command Create()
    {
        var paper = new IterationSize();
        Option<int>[] sizes = [.. Sizes.Select(item => CommonOptions.Whole(item.Option, item.Description, minimum: 1, item.Value(paper)))];
        Option<int> repetitions = CommonOptions.Whole(
            "--repetitions", "Iterations to measure, after a first one that is not counted.", minimum: 1, 3);
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        var command = new Command(
            "iteration", "Measure one meta-iteration of any size: seconds by phase, and the program's peak of memory.");
        foreach (Option<int> size in sizes) command.Add(size);
        foreach (Option option in (Option[])[repetitions, device, threads, json]) command.Add(option);
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            int[] values = [.. sizes.Select(parsed.GetValue)];
            var size = new IterationSize
            {
                Tasks = values[0], Trajectories = values[1], Horizon = values[2], Width = values[3],
                ConjugateGradientIterations = values[4], CurvatureStride = values[5],
            };
            Console.WriteLine(Machine.Summary(where, parsed.GetValue(threads)));
            Console.WriteLine(size);
            IterationMeasurement cost = IterationMeasurement.Run(size, parsed.GetValue(repetitions), where, parsed.GetValue(threads));
            Console.WriteLine(Text(cost));
            if (parsed.GetValue(json) is { } path) AtomicFile.WriteText(path, JsonSerializer.Serialize(cost, JsonOptions));
            return 0;
        });
        return HelpWithExamples.AddTo(
            command, "maml bench iteration --tasks 200", "maml bench iteration --tasks 1000 --conjugate-gradients 1 --repetitions 1");
    }

    private static string Text(IterationMeasurement cost) => string.Create(
        CultureInfo.InvariantCulture,
        $"{cost.Seconds:F3} s: sampling {cost.SamplingSeconds:F3}, adaptation {cost.AdaptationSeconds:F3}, "
        + $"outer step {cost.OuterSeconds:F3}; {cost.Gflop / cost.Seconds:F1} GFLOP/s; peak resident set {cost.PeakResidentGb:F2} GB");
}

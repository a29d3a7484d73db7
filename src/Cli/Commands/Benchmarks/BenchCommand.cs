using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench` measures speed and memory, and compares them with what the machine can do at most.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        Option<string?> against = new("--against")
        {
            Description = "Compare with the --json file of an earlier run, on this machine or another.", HelpName = "FILE",
        };
        Option<string?> markdown = new("--markdown")
        {
            Description = "Also write a page about the result, such as docs/benchmarks.md.", HelpName = "FILE",
        };
        Option<bool> full = new("--full")
        {
            Description = "Also measure what takes minutes: the demo's whole training, 1,000 tasks, cost by size.",
        };
        var command = new Command(
            "bench",
            "Measure speed and memory: environment steps, rollouts, one meta-iteration of the paper's size, the demo. "
            + "Figures are compared with this machine's peaks.")
        {
            device, threads, json, against, markdown, full, BenchEnvsCommand.Create(), BenchCurvatureCommand.Create(),
            BenchIterationCommand.Create(), BenchSizeCommand.Create(), BenchFewShotCommand.Create(), BenchViewCommand.Create(),
            BenchScaleCommand.Create(),
        };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            CommonOptions.CheckWritable(parsed.GetValue(markdown));
            BenchmarkResult? earlier = parsed.GetValue(against) is { } file ? BenchmarkResult.Read(file) : null;
            Run(where, parsed.GetValue(threads), parsed.GetValue(full), earlier, parsed.GetValue(json), parsed.GetValue(markdown));
            return 0;
        });
        return HelpWithExamples.AddTo(
            command,
            "maml bench",
            "maml bench --json bench.json",
            "maml bench --against bench.json",
            "maml bench --full --markdown docs/benchmarks.md");
    }

    private static void Run(torch.Device device, int threads, bool isFull, BenchmarkResult? earlier, string? json, string? page)
    {
        Console.WriteLine(Machine.Summary(device, threads));
        BenchmarkResult result = Measure(device, threads, isFull);
        Print(BenchmarkTables.Figures(result));
        Console.WriteLine(DemoCost.Explain(result));
        if (earlier is not null) Compare(result, earlier);
        if (json is not null) AtomicFile.WriteText(json, result.ToJson());
        IReadOnlyList<SizePoint> sizes = isFull ? BenchSizeCommand.Measure(device, threads) : [];
        if (isFull)
        {
            Console.WriteLine($"\nCost by size, base {CostBySize.Base}");
            Print(BenchmarkTables.Sizes(sizes));
        }
        if (page is null) return;
        string command = $"./maml bench --markdown {ShellWord.Quoted(page)}{(isFull ? " --full" : "")}";
        AtomicFile.WriteText(page, BenchmarkPage.Write(result, sizes, command));
    }

    private static BenchmarkResult Measure(torch.Device device, int threads, bool isFull)
    {
        using var progress = new PhaseProgress();
        MetaTrainingConfig demo = ConfigReader.ReadFile(DemoCommand.Configuration, []);
        (int Steps, int Episodes) evaluation = (demo.InnerSteps, CheckpointEvaluation.DefaultEpisodes);
        BenchmarkLength length = isFull ? BenchmarkLength.Full : BenchmarkLength.Short;
        return Benchmark.Run(
            device, threads, demo, evaluation, length, size => FreshProcess.Measure(size, repetitions: 1, device, threads), progress.Show);
    }

    private static void Compare(BenchmarkResult here, BenchmarkResult there)
    {
        Console.WriteLine();
        Console.WriteLine($"there: {there.Machine}");
        Print(BenchmarkTables.Ratios(here, there));
        Console.WriteLine(
            "A gain above 1 means that this run is better. For times and memory it is there divided by here, "
            + "for all else here divided by there. The last column is the gain divided by the gain of the peak that is named before it.");
    }

    private static void Print(TextTable table)
    {
        foreach (string line in table.Plain()) Console.WriteLine(line);
    }
}

using System.CommandLine;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench`: speed and memory, beside what the machine can do.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        Option<string> device = CommonOptions.Device();
        Option<int> threads = CommonOptions.Threads();
        Option<string?> json = CommonOptions.Json();
        Option<string?> against = new("--against") { Description = "Compare with the --json file of an earlier run, maybe of another machine.", HelpName = "FILE" };
        Option<string?> markdown = new("--markdown") { Description = "Also write a page about the result, such as docs/benchmarks.md.", HelpName = "FILE" };
        Option<bool> full = new("--full") { Description = "Also what takes minutes: the demo's training to its end, 1,000 tasks, cost by size." };
        var command = new Command("bench", "Measure speed and memory: environment steps, rollouts, one meta-iteration of the paper's size, the demo, beside this machine's peaks.")
        {
            device, threads, json, against, markdown, full,
            BenchEnvsCommand.Create(), BenchCurvatureCommand.Create(), BenchIterationCommand.Create(), BenchSizeCommand.Create(), BenchViewCommand.Create(),
        };
        command.SetAction(parsed =>
        {
            torch.Device where = CommonOptions.ParseDevice(parsed.GetValue(device)!);
            int count = parsed.GetValue(threads);
            CommonOptions.CheckWritable(parsed.GetValue(json));
            CommonOptions.CheckWritable(parsed.GetValue(markdown));
            BenchmarkResult? earlier = parsed.GetValue(against) is { } file ? BenchmarkResult.Read(file) : null;
            bool isFull = parsed.GetValue(full);
            Console.WriteLine(Machine.Summary(where, count));
            BenchmarkResult result = Measure(where, count, isFull);
            Print(BenchmarkTables.Figures(result));
            Console.WriteLine(DemoCost.Explain(result));
            if (earlier is not null) Compare(result, earlier);
            if (parsed.GetValue(json) is { } path) AtomicFile.WriteText(path, result.ToJson());
            IReadOnlyList<SizePoint> sizes = isFull ? BenchSizeCommand.Measure(where, count) : [];
            if (isFull)
            {
                Console.WriteLine($"\nCost by size, base {CostBySize.Base}");
                Print(BenchmarkTables.Sizes(sizes));
            }
            if (parsed.GetValue(markdown) is { } page)
                AtomicFile.WriteText(page, BenchmarkPage.Write(result, sizes, $"./maml bench --markdown {ShellWord.Quoted(page)}{(isFull ? " --full" : "")}"));
            return 0;
        });
        return HelpWithExamples.AddTo(command, "maml bench", "maml bench --json bench.json", "maml bench --against bench.json", "maml bench --full --markdown docs/benchmarks.md");
    }

    private static BenchmarkResult Measure(torch.Device device, int threads, bool isFull)
    {
        using var progress = new PhaseProgress();
        MetaTrainingConfig demo = ConfigReader.ReadFile(DemoCommand.Configuration, []);
        return Benchmark.Run(
            device, threads, demo, (CheckpointEvaluation.DefaultSteps, CheckpointEvaluation.DefaultEpisodes), isFull ? BenchmarkLength.Full : BenchmarkLength.Short, size => FreshProcess.Measure(size, repetitions: 1, device, threads), progress.Say);
    }

    private static void Compare(BenchmarkResult here, BenchmarkResult there)
    {
        Console.WriteLine();
        Console.WriteLine($"there: {there.Machine}");
        Print(BenchmarkTables.Ratios(here, there));
        Console.WriteLine("Gain above 1: better here; of times and memory there over here, else here over there. The last column divides it by the gain of the peak that is named.");
    }

    private static void Print(TextTable table)
    {
        foreach (string line in table.Plain()) Console.WriteLine(line);
    }
}

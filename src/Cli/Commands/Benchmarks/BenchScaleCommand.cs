using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;
using MathNet.Numerics.Statistics;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml bench scale` measures an iteration in 1 to 4 processes and predicts it on machines of a network.</summary>
internal sealed class BenchScaleCommand
{
    private static readonly string Usual = Path.Combine(AppContext.BaseDirectory, "configs", "maml-cbfinn-navigation.json");

    private readonly Argument<string?> file = new("CONFIG.json")
    {
        Description = "The configuration whose iterations are measured. [default: configs/maml-cbfinn-navigation.json]",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string[]> set = TrainCommand.SetOption();
    private readonly Option<int> iterations = CommonOptions.Whole("--iterations", "Iterations of each measurement.", minimum: 1, 7);
    private readonly Option<int> turns = CommonOptions.Whole("--turns", "Times that everything is measured, in turn.", minimum: 1, 3);
    private readonly Option<double> latency = Number("--latency", "Latency of the network between two machines, microseconds.", 25, "US");
    private readonly Option<double> bandwidth = Number("--bandwidth", "Bandwidth of a machine's network, Gb/s.", 10, "GBITS");
    private readonly Option<int> processes =
        CommonOptions.Whole("--processes", "The most processes to measure here.", minimum: 2, 4, 1000);

    private readonly Option<int> machines = CommonOptions.Whole("--machines", "The most machines to predict for.", minimum: 2, 16, 100_000);
    private readonly Option<int> threads = CommonOptions.Whole("--threads", "Threads of each process.", minimum: 1, 1);
    private readonly Option<string?> json = CommonOptions.Json();

    private readonly Option<bool> here = new("--here")
    {
        Description = "Measure this one process, or those that mpirun started with it, and start no others.",
    };

    private BenchScaleCommand()
    {
    }

    public static Command Create()
    {
        var scale = new BenchScaleCommand();
        var command = new Command(
            "scale",
            "Measure an iteration in 1 to 4 processes, which mpirun starts, and predict how well more machines would be used.")
        {
            scale.file, scale.set, scale.iterations, scale.turns, scale.latency, scale.bandwidth, scale.machines, scale.processes,
            scale.threads, scale.here, scale.json,
        };
        command.SetAction(scale.Run);
        return HelpWithExamples.AddTo(
            command,
            "maml bench scale",
            "maml bench scale --set metaBatchSize=320 --latency 50 --bandwidth 10",
            "mpirun --host node1,node2 maml bench scale --here");
    }

    private int Run(ParseResult parsed)
    {
        if (LaunchedGroup.LaunchedRank == 0) CommonOptions.CheckWritable(parsed.GetValue(json));
        TrainingConfig config = ConfigFormat.ReadFile(parsed.GetValue(file) ?? Usual, parsed.GetValue(set) ?? []);
        return parsed.GetValue(here) || LaunchedGroup.IsLaunched ? Here(parsed, config) : InTurns(parsed, config);
    }

    private int Here(ParseResult parsed, TrainingConfig config)
    {
        using LaunchedGroup? launched = JointTraining.Join();
        var measured = ScaleMeasurement.Run(
            config, parsed.GetValue(threads), launched is null ? OneProcess.Instance : launched, parsed.GetValue(iterations));
        if (launched is { Rank: > 0 }) return 0;
        foreach (string line in Table([measured]).Plain()) Console.WriteLine(line);
        if (parsed.GetValue(json) is { } path)
            AtomicFile.WriteText(path, JsonSerializer.Serialize(measured, BenchIterationCommand.JsonOptions));
        return 0;
    }

    private int InTurns(ParseResult parsed, TrainingConfig config)
    {
        int each = parsed.GetValue(threads), count = parsed.GetValue(turns);
        Console.WriteLine(Machine.Summary(torch.CPU, each));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{config.MetaBatchSize} tasks an iteration; medians of {parsed.GetValue(iterations)} iterations and {count} turns."));
        IEnumerable<int> further = Enumerable.Range(3, parsed.GetValue(processes) - 2);
        (int Processes, int Threads)[] cases = [(1, each), (2, each), (1, 2 * each), .. further.Select(number => (number, each))];
        var found = cases.ToDictionary(one => one, _ => new List<ScaleMeasurement>());
        using (var progress = new PhaseProgress())
        {
            for (int turn = 1; turn <= count; turn++)
                foreach ((int number, int of) in cases)
                {
                    progress.Show(FormattableString.Invariant($"turn {turn} of {count}: {number} processes with {of} threads"));
                    found[(number, of)].Add(MeasuredProcesses.Run(Arguments(parsed, of), number));
                }
        }
        ScaleMeasurement[] medians = [.. cases.Select(one => MedianOf(found[one]))];
        foreach (string line in Table(medians).Plain()) Console.WriteLine(line);
        Predict(parsed, medians);
        if (parsed.GetValue(json) is { } path)
            AtomicFile.WriteText(path, JsonSerializer.Serialize(medians, BenchIterationCommand.JsonOptions));
        return 0;
    }

    private string[] Arguments(ParseResult parsed, int threadsOfEach)
    {
        string[] settings = parsed.GetValue(set) ?? [];
        return
        [
            "bench", "scale", Path.GetFullPath(parsed.GetValue(file) ?? Usual), "--here",
            .. settings.Length > 0 ? (string[])["--set", .. settings] : [],
            "--threads", threadsOfEach.ToString(CultureInfo.InvariantCulture),
            "--iterations", parsed.GetValue(iterations).ToString(CultureInfo.InvariantCulture),
        ];
    }

    private void Predict(ParseResult parsed, ScaleMeasurement[] medians)
    {
        (ScaleMeasurement one, ScaleMeasurement two, ScaleMeasurement threaded) = (medians[0], medians[1], medians[2]);
        ScaleModel model = ScaleModel.Of(one, two);
        double wire = parsed.GetValue(latency) * 1e-6, rate = parsed.GetValue(bandwidth) * 1e9 / 8;
        Write($"2 processes are {threaded.Seconds / two.Seconds:F2} times as fast as 1 process with as many threads in all.");
        Write($"Each process computes {1e3 * model.Serial:F0} ms of an iteration by itself; {1e3 * model.Shared:F0} ms are shared.");
        Write($"{two.Messages.Count} messages of {two.Messages.Sum(bytes => (long)bytes) / 1e6:F2} MB in all, for each iteration.");
        Write($"With {parsed.GetValue(latency)} us and {parsed.GetValue(bandwidth)} Gb/s between machines (formula: docs/cluster.md):");
        List<int> counts = [];
        for (int count = 1; count < parsed.GetValue(machines); count *= 2) counts.Add(count);
        string[][] rows = [.. counts.Append(parsed.GetValue(machines)).Select(count =>
        {
            (double seconds, double exchange) = (model.Seconds(count, wire, rate), model.Exchange(count, wire, rate));
            return (string[])
            [
                Text($"{count}"), Text($"{1e3 * seconds:F0}"), Text($"{exchange / seconds:P0}"),
                Text($"{(model.Serial + model.Shared) / seconds:F1}"), Text($"{model.Efficiency(count, wire, rate):P0}"),
            ];
        })];
        var table = new TextTable(["machines", "iteration ms", "exchange", "times as fast", "efficiency"], rows);
        foreach (string line in table.Plain()) Console.WriteLine(line);
    }

    private static TextTable Table(IReadOnlyList<ScaleMeasurement> measured) => new(
        ["processes x threads", "iteration ms", "computing", "waiting", "exchange", "share", "times as fast"],
        [.. measured.Select(one => (string[])
        [
            Text($"{one.Processes} x {one.Threads}"), Text($"{1e3 * one.Seconds:F0}"), Text($"{1e3 * one.Computing:F0}"),
            Text($"{1e3 * one.Waiting:F0}"), Text($"{1e3 * one.Exchange:F1}"), Text($"{one.Exchange / one.Seconds:P1}"),
            Text($"{measured[0].Seconds / one.Seconds:F2}"),
        ])]);

    private static ScaleMeasurement MedianOf(List<ScaleMeasurement> turns)
    {
        double Median(Func<ScaleMeasurement, double> figure) => turns.Select(figure).Median();
        return turns[0] with
        {
            Seconds = Median(turn => turn.Seconds), Computing = Median(turn => turn.Computing), Waiting = Median(turn => turn.Waiting),
            Exchange = Median(turn => turn.Exchange),
        };
    }

    private static Option<double> Number(string name, string description, double value, string unit) => new(name)
    {
        Description = description, HelpName = unit, DefaultValueFactory = _ => value,
        CustomParser = result =>
        {
            string text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            bool isNumber = double.TryParse(text, CultureInfo.InvariantCulture, out double number);
            if (isNumber && double.IsFinite(number) && number > 0) return number;
            result.AddError($"{name} must be a number above 0, not '{text}'");
            return 0;
        },
    };

    private static void Write(FormattableString line) => Console.WriteLine(Text(line));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

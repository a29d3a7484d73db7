using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using MamlRobotics.Cli.Rendering;
using MamlRobotics.Envs;

namespace MamlRobotics.Cli.Commands;

/// <summary>`maml sweep` trains a configuration with every combination of some values and prints one table.</summary>
internal sealed class SweepCommand
{
    private const int DefaultSeeds = 3;

    private readonly Argument<string> file = new("CONFIG.json") { Description = "The configuration that all runs start from." };

    private readonly Option<string[]> over = new("--over")
    {
        Description = "A key of the configuration and its values; may be repeated, for all combinations.", HelpName = "key=a,b,c",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> set = TrainCommand.SetOption();

    private readonly Option<int> seeds = CommonOptions.Whole(
        "--seeds", "Seeds of each combination, counted up from the configuration's.", minimum: 1, DefaultSeeds, maximum: 10_000);

    private readonly Option<int> processes = CommonOptions.Whole(
        "--processes", "Trainings at a time. They share the cores out.", minimum: 1, System.Environment.ProcessorCount, maximum: 10_000);

    private readonly Option<string> device = CommonOptions.Device();

    private readonly Option<string?> output = new("--out")
    {
        Description = "The folder of the runs. The same command goes on where it was stopped. [default: runs/sweep-NAME]", HelpName = "DIR",
    };

    private readonly Option<bool> slurm = new("--slurm")
    {
        Description = "Train nothing here: write an array job of what is not done, for sbatch, and print the table of what is. "
            + "--processes then limits the runs at a time.",
    };

    private SweepCommand()
    {
    }

    public static Command Create()
    {
        var sweep = new SweepCommand();
        var command = new Command(
            "sweep",
            "Train every combination of some values, several runs at a time, and print one table of their validation scores. "
            + "Ctrl-C stops cleanly; the same command continues.")
        { sweep.file, sweep.over, sweep.seeds, sweep.set, sweep.processes, sweep.device, sweep.output, sweep.slurm };
        command.SetAction(sweep.Run);
        return HelpWithExamples.AddTo(
            command,
            "maml sweep configs/ten-seconds.json --over adam.learningRate=3e-3,1e-2,3e-2 --seeds 5",
            "maml sweep configs/ten-seconds.json --over innerLearningRates=[0.1],[0.2] --over clip=0.2,0.3 --out runs/grid",
            "maml sweep configs/ten-seconds.json --over clip=0.2,0.3 --slurm");
    }

    private int Run(ParseResult parsed)
    {
        JointTraining.Refuse("maml sweep");
        // The machine that writes a job need not have the GPU that the job asks for.
        if (parsed.GetValue(slurm)) CommonOptions.CheckDevice(parsed.GetValue(device)!);
        else CommonOptions.ParseDevice(parsed.GetValue(device)!);
        string configuration = parsed.GetValue(file)!;
        string folder = parsed.GetValue(output) ?? Path.Combine("runs", $"sweep-{Path.GetFileNameWithoutExtension(configuration)}");
        IReadOnlyList<SweepRun> runs = SweepGrid.Of(
            configuration, parsed.GetValue(set) ?? [], parsed.GetValue(over) ?? [], parsed.GetValue(seeds), folder);
        if (parsed.GetValue(slurm)) return Submit(parsed, runs, configuration, folder);
        int done = runs.Count(SweepState.IsDone), count = Math.Min(parsed.GetValue(processes), Math.Max(1, runs.Count - done));
        CreateFolder(folder);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs.Count} runs in {folder}, {done} of them done already, {count} at a time."));
        var sweep = new Sweep(
            runs, configuration, parsed.GetValue(device)!, count, Math.Max(1, System.Environment.ProcessorCount / count));
        using var stop = new StopRequest();
        IReadOnlyList<(SweepRun Run, string Failure)> failures = sweep.Train(stop.Token);
        if (runs.Count(SweepState.IsDone) is var finished && finished + failures.Count < runs.Count)
        {
            Console.WriteLine($"Stopped with {finished} of {runs.Count} runs done. The same command continues.");
            return stop.ExitCode;
        }
        SweepTable.Print(runs);
        if (failures.Count == 0) return 0;
        string counted = failures.Count == 1 ? "One run" : $"{failures.Count} of {runs.Count} runs";
        throw new TrainingException($"{counted} failed, first {failures[0].Run.Folder}: {failures[0].Failure}");
    }

    private int Submit(ParseResult parsed, IReadOnlyList<SweepRun> runs, string configuration, string folder)
    {
        SweepRun[] running = [.. runs.Where(SweepState.IsInUse)];
        SweepRun[] done = [.. runs.Except(running).Where(SweepState.IsDone)], left = [.. runs.Except(running).Except(done)];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{runs.Count} runs in {folder}: {done.Length} done, {running.Length} running, {left.Length} to submit."));
        if (done.Length > 0) SweepTable.Print(runs);
        if (left.Length == 0) return 0;
        CreateFolder(folder);
        int? atOnce = CommonOptions.IsGiven(parsed, processes) ? parsed.GetValue(processes) : null;
        string script = SlurmArray.Write(left, configuration, parsed.GetValue(device)!, atOnce, folder);
        Console.WriteLine($"Submit them with: sbatch {ShellWord.Quoted(script)}");
        Console.WriteLine("Each writes its log beside its folder. The same command prints the table of what is done.");
        return 0;
    }

    private static void CreateFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"Cannot make the folder {folder}: {problem.Message}");
        }
    }
}

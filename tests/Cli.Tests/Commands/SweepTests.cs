using System.Globalization;
using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>`maml sweep` on trainings of a second.</summary>
public sealed class SweepTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void TrainsEveryCombinationWithEverySeedAndPrintsOneTable()
    {
        string[] grid = ["--over", "innerSteps=1,2", "--over", "innerLearningRates=[0.2,0.1]", "--seeds", "2"];
        ProcessResult result = Sweep(grid);
        Assert.Equal(("", 0), (Failure(result), result.Code));
        string[] lines = result.Output.TrimEnd().Split('\n');
        Assert.StartsWith("4 runs in ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("grid point", lines[2], StringComparison.Ordinal);
        Assert.EndsWith("step 2", lines[2], StringComparison.Ordinal);
        Assert.Equal(
            ["innerSteps=1 innerLearningRates=[0.2,0.1]", "innerSteps=2 innerLearningRates=[0.2,0.1]"],
            lines[3..5].Select(line => line[..line.IndexOf("  ", StringComparison.Ordinal)]));
        Assert.EndsWith("-", lines[3], StringComparison.Ordinal);
        Assert.StartsWith("Best on validation tasks: innerSteps=", lines[5], StringComparison.Ordinal);
        Assert.Equal(4, Directory.GetFiles(folder.In("sweep"), "latest.safetensors", SearchOption.AllDirectories).Length);
        // A run is what `maml train` makes of the same settings.
        Assert.Equal(0, MamlCommand.Run([.. folder.Train("alone", 2), "innerSteps=2", "innerLearningRates=[0.2,0.1]", "seed=2"]).Code);
        Assert.Equal(folder.Metrics("alone"), folder.Metrics(Path.Combine("sweep", "innerSteps=2,innerLearningRates=_0.2,0.1_", "seed-2")));
        // A second call trains nothing and prints the same table.
        DateTime[] before = Written();
        ProcessResult again = Sweep(grid);
        Assert.Equal(lines[1..], again.Output.TrimEnd().Split('\n')[1..]);
        Assert.Equal(before, Written());
    }

    [FactWith("kill")]
    public void IsStoppedWithCheckpointsAndGoesOnWhereItWas()
    {
        string[] runs = [.. new[] { 2, 3 }.Select(size => Path.Combine("sweep", $"metaBatchSize={size}", "seed-1"))];
        int[] none = [0, 0], first = StoppedAfterMoreThan(none), second = StoppedAfterMoreThan(first);
        Assert.All(first.Zip(second), counts => Assert.True(counts.Second > counts.First));

        int[] StoppedAfterMoreThan(int[] before)
        {
            using MamlProcess sweep = MamlProcess.Start(
                "sweep", folder.In("small.json"), "--over", "metaBatchSize=2,3", "--seeds", "1", "--out", folder.In("sweep"),
                "--device", "cpu", "--processes", "2", "--set", "iterations=100000");
            sweep.WaitUntil(() => runs.Zip(before).All(run => folder.Rows(run.First) > run.Second));
            sweep.Signal("TERM");
            ProcessResult stopped = sweep.Wait();
            Assert.Equal(143, stopped.Code);
            Assert.Contains("The same command continues.", stopped.Output, StringComparison.Ordinal);
            // Every run has saved the iteration that it stopped after, and a resumed one has no iteration twice or missing.
            Assert.All(runs, run =>
            {
                string[] rows = folder.Metrics(run);
                IEnumerable<int> iterations = rows[1..].Select(row => int.Parse(row.Split(',')[0], CultureInfo.InvariantCulture));
                Assert.Equal(Enumerable.Range(1, rows.Length - 1), iterations);
                string stoppedAfter = MamlCommand.Run("eval", folder.Latest(run), "--steps", "0", "--episodes", "1").Output;
                Assert.Contains($"iteration {rows.Length - 1},", stoppedAfter, StringComparison.Ordinal);
            });
            return [.. runs.Select(folder.Rows)];
        }
    }

    /// <summary>A shell with the variables that Slurm sets takes its place.</summary>
    [FactWith("sh")]
    public void WritesAnArrayJobWhoseTasksTrainTheRunsAndGoOnWithThem()
    {
        string[] grid = ["--over", "metaBatchSize=2,3", "--seeds", "1", "--slurm", "--processes", "5"];
        ProcessResult written = Sweep(grid);
        Assert.Equal(("", 0), (written.Error, written.Code));
        Assert.StartsWith($"2 runs in {folder.In("sweep")}: 0 done, 0 running, 2 to submit.\n", written.Output, StringComparison.Ordinal);
        Assert.Contains($"sbatch {folder.In("sweep", "slurm.sh")}\n", written.Output, StringComparison.Ordinal);
        Assert.Contains("\n#SBATCH --array=0-1%5\n", File.ReadAllText(folder.In("sweep", "slurm.sh")), StringComparison.Ordinal);
        File.Copy(folder.In("sweep", "slurm.sh"), folder.In("submitted.sh"));
        Assert.Equal(0, Task(1).Code);
        string run = Path.Combine("sweep", "metaBatchSize=3", "seed-1");
        Assert.Contains("Trained 2 iterations.", File.ReadAllText(folder.In(run) + ".log"), StringComparison.Ordinal);
        // A run is what `maml train` makes of the same settings.
        Assert.Equal(0, MamlCommand.Run([.. folder.Train("alone", 2), "metaBatchSize=3", "seed=1"]).Code);
        Assert.Equal(folder.Metrics("alone"), folder.Metrics(run));
        // What is left is another job, but the one that waits stays as it was submitted.
        ProcessResult half = Sweep(grid);
        Assert.StartsWith($"2 runs in {folder.In("sweep")}: 1 done, 0 running, 1 to submit.\n", half.Output, StringComparison.Ordinal);
        Assert.Contains("0 of 1", half.Output, StringComparison.Ordinal);
        Assert.Equal(0, Task(0).Code);
        Assert.Equal(0, Task(1).Code);
        ProcessResult done = Sweep(grid);
        Assert.Contains(": 2 done, 0 running, 0 to submit.\n", done.Output, StringComparison.Ordinal);
        Assert.Equal(Sweep(grid[..4]).Output.Split('\n')[1..], done.Output.Split('\n')[1..]);

        ProcessResult Task(int number)
        {
            using MamlProcess task = MamlProcess.StartCommand(
                ["sh", folder.In("submitted.sh")], ("SLURM_ARRAY_TASK_ID", number.ToString(CultureInfo.InvariantCulture)));
            return task.Wait();
        }
    }

    [Fact]
    public void ARunThatFailsIsToldAndTheOthersAreTrained()
    {
        ProcessResult result = Sweep("--over", "innerLearningRates=[0.1],[1e38]", "--seeds", "1", "--set", "learnedStepSizes=none");
        Assert.Equal(1, result.Code);
        string last = result.Error.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("maml: One run failed, first ", last, StringComparison.Ordinal);
        Assert.Contains("not finite", last, StringComparison.Ordinal);
        Assert.Contains("0 of 1", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void SweepsOverSinusoidsOfWhichTheLowerLossIsTheBetter()
    {
        File.WriteAllText(folder.In("sin.json"), """
            { "problem": "sinusoid", "iterations": 2, "metaBatchSize": 3, "hiddenSizes": [8], "optimiser": "adam", "validationTasks": 5 }
            """);
        ProcessResult result = MamlProcess.Run(
            "sweep", folder.In("sin.json"), "--over", "innerLearningRates=[0.01],[3]", "--seeds", "1", "--out", folder.In("sweep"));
        Assert.Equal(0, result.Code);
        Assert.Contains("Validation loss", result.Output, StringComparison.Ordinal);
        Assert.Contains("Best on validation tasks: innerLearningRates=[0.01].", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sweep", "CONFIG.json is missing")]
    [InlineData("sweep nowhere.json", "nowhere.json")]
    [InlineData("sweep SMALL --over iterations", "--over takes key=value,value,...")]
    [InlineData("sweep SMALL --over itertions=1,2", "did you mean 'iterations'")]
    [InlineData("sweep SMALL --over iterations=1,many", "iterations must be a whole number")]
    [InlineData("sweep SMALL --over iterations=1,,2", "has an empty value")]
    [InlineData("sweep SMALL --over iterations=1,1", "has the value 1 twice")]
    [InlineData("sweep SMALL --over clip=0.1 --over clip=0.2", "gives clip twice")]
    [InlineData("sweep SMALL --over seed=1,2", "the seeds of a sweep are those of --seeds")]
    [InlineData("sweep SMALL --seeds 0", "--seeds must be a whole number between 1 and")]
    [InlineData("sweep SMALL --over algorithm=maml,norml --set optimiser=trpo", "A trust region needs")]
    [InlineData("sweep SMALL --processes none", "--processes must be a whole number")]
    [InlineData("sweep SMALL --out SMALL", "Cannot make the folder")]
    [InlineData("sweep SMALL --slurm --device gpu", "--device must be auto, cpu or cuda")]
    [InlineData("sweep SMALL --slurm --over clip=no", "clip must be a number")]
    public void WrongInputIsToldBeforeAnythingStarts(string command, string saying)
    {
        string[] output = command.Contains("--out", StringComparison.Ordinal) ? [] : ["--out", folder.In("sweep")];
        ProcessResult result = MamlCommand.Run([.. folder.Words(command), .. output]);
        result.MustFail(2, saying);
        Assert.Empty(result.Output);
        Assert.False(Directory.Exists(folder.In("sweep")));
    }

    [Fact]
    public void AFolderOfAnotherConfigurationIsRefused()
    {
        Assert.Equal(0, Sweep("--over", "metaBatchSize=2", "--seeds", "1").Code);
        ProcessResult other = Sweep("--over", "metaBatchSize=2", "--seeds", "1", "--set", "discount=0.5");
        other.MustFail(2, "is of another configuration (discount 0.99");
    }

    private ProcessResult Sweep(params string[] arguments) => MamlProcess.Run(
        ["sweep", folder.In("small.json"), "--out", folder.In("sweep"), "--device", "cpu", "--set", "iterations=2", .. arguments]);

    // Besides failures, progress goes to the error stream.
    private static string Failure(ProcessResult result) =>
        result.Error.Split('\n').FirstOrDefault(line => line.StartsWith("maml: ", StringComparison.Ordinal)) ?? "";

    private DateTime[] Written() =>
        [.. Directory.GetFiles(folder.In("sweep"), "*.*", SearchOption.AllDirectories).Order().Select(File.GetLastWriteTimeUtc)];
}

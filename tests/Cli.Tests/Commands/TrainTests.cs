using MamlRobotics.Tests.Support;

namespace MamlRobotics.Cli.Tests;

/// <summary>A run's life: it ends, is stopped, is killed, goes on, fails.</summary>
public sealed class TrainTests
{
    private const int Iterations = 60;

    [Fact]
    public void ARunThatWasKilledGoesOnAsIfItHadNot()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, MamlCommand.Run(folder.Train("whole", Iterations)).Code);
        // Beyond a checkpoint and between two: rows after the checkpoint have to be dropped and repeated.
        foreach (int rows in new[] { 3, 24 })
        {
            string run = $"killed-at-{rows}";
            using (MamlProcess killed = MamlProcess.Start(folder.Train(run, Iterations)))
            {
                killed.WaitUntil(() => folder.Rows(run) >= rows);
                killed.Kill();
                killed.Wait();
            }
            Assert.True(folder.Rows(run) < Iterations, "It ended before it could be killed.");

            ProcessResult resumed = MamlCommand.Run("train", "--resume", folder.In(run), "--device", "cpu");
            Assert.Equal("", resumed.Error);
            Assert.Equal(folder.Metrics("whole"), folder.Metrics(run));
            Assert.Equal(File.ReadAllBytes(folder.Latest("whole")), File.ReadAllBytes(folder.Latest(run)));
        }
    }

    [TheoryWith("kill")]
    [InlineData("INT", 130)]
    [InlineData("TERM", 143)]
    [InlineData("HUP", 129)]
    public void AStoppedRunEndsWithACheckpointOfItsLastIterationAndTheCodeOfTheSignal(string signal, int code)
    {
        using var folder = new TemporaryFolder();
        using MamlProcess run = MamlProcess.Start(folder.Train("run", 100_000));
        run.WaitUntil(() => folder.Rows("run") >= 5);
        run.Signal(signal);
        // A terminal that closes sends it twice, its own and the shell's; of Ctrl-C the second would end the program at once.
        if (signal != "INT") run.Signal(signal);
        ProcessResult stopped = run.Wait();

        Assert.Equal(code, stopped.Code);
        Assert.Equal("", stopped.Error);
        int rows = folder.Rows("run");
        Assert.Contains($"Stopped after {rows} of 100000 iterations", stopped.Output, StringComparison.Ordinal);
        ProcessResult evaluated = MamlCommand.Run("eval", folder.Latest("run"), "--episodes", "1", "--steps", "0");
        Assert.Contains($"iteration {rows},", evaluated.Output, StringComparison.Ordinal);
    }

    [FactWith("kill", "nohup")]
    public void ARunBehindNohupOutlivesItsTerminal()
    {
        using var folder = new TemporaryFolder();
        using MamlProcess run = MamlProcess.StartCommand(["nohup", "dotnet", MamlProcess.ProgramPath, .. folder.Train("run", 100_000)]);
        run.WaitUntil(() => folder.Rows("run") >= 2);
        run.Signal("HUP");
        int rows = folder.Rows("run");
        run.WaitUntil(() => folder.Rows("run") >= rows + 20);
    }

    [Fact]
    public void RunsThatBeginInTheSameSecondHaveFoldersOfTheirOwn()
    {
        using var folder = new TemporaryFolder();
        string[] Command(int seed) =>
        [
            "sh", "-c", "cd \"$0\" && exec \"$@\"", folder.In(), "dotnet", MamlProcess.ProgramPath,
            "train", folder.In("small.json"), "--device", "cpu", "--threads", "1", "--seed", $"{seed}", "--set", "iterations=1",
        ];
        MamlProcess[] runs = [.. Enumerable.Range(1, 3).Select(seed => MamlProcess.StartCommand(Command(seed)))];
        Assert.All(runs, run =>
        {
            using (run) Assert.Equal(0, run.Wait().Code);
        });
        string[] folders = Directory.GetDirectories(folder.In("runs"));
        Assert.Equal(3, folders.Length);
        Assert.All(folders, path => Assert.True(File.Exists(Path.Combine(path, "checkpoints", "best.safetensors"))));
    }

    [Fact]
    public void ARunThatGoesOnAtAnotherCommitSaysSo()
    {
        using var folder = new TemporaryFolder();
        const string Saying = "trained at commit abc123 and continues at commit ";
        using (MamlProcess killed = MamlProcess.Start(folder.Train("run", Iterations)))
        {
            killed.WaitUntil(() => folder.Rows("run") >= 3);
            killed.Kill();
            killed.Wait();
        }
        File.WriteAllText(folder.In("run", "machine.json"), """{"commit": "abc123"}""");
        Assert.Contains(Saying, MamlCommand.Run("train", "--resume", folder.In("run"), "--device", "cpu").Output, StringComparison.Ordinal);
        // It is done.
        Assert.DoesNotContain("commit", MamlCommand.Run("train", "--resume", folder.In("run")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public void AFinishedRunIsProlongedAndOneThatIsNotSaysHow()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(0, MamlCommand.Run(folder.Train("whole", 8)).Code);
        Assert.Equal(0, MamlCommand.Run(folder.Train("run", 5)).Code);
        Assert.Contains("--set iterations=N", MamlCommand.Run("train", "--resume", folder.In("run")).Output, StringComparison.Ordinal);
        ProcessResult prolonged = MamlCommand.Run("train", "--resume", folder.In("run"), "--set", "iterations=8");
        Assert.Equal(("", 0), (prolonged.Error, prolonged.Code));
        Assert.Contains("Trained 8 iterations", prolonged.Output, StringComparison.Ordinal);
        Assert.Equal(folder.Metrics("whole"), folder.Metrics("run"));
        // Iteration 8 was validated because it was the last, between two regular validations.
        ProcessResult further = MamlCommand.Run("train", "--resume", folder.In("run"), "--set", "iterations=9");
        Assert.Contains("Iteration 8 was validated because it was the last. A run of 9", further.Output, StringComparison.Ordinal);
        string config = folder.In("run", "config.json");
        File.WriteAllText(config, File.ReadAllText(config).Replace("\"seed\": 1", "\"seed\": 7", StringComparison.Ordinal));
        MamlCommand.Run("train", "--resume", folder.In("run")).MustFail(2, "(seed 7, there 1); put it back");
        MamlCommand.Run("plot", folder.In("run"), "--out", folder.In("a.csv")).MustFail(2, "(seed 7, there 1)");
    }

    [Fact]
    public void ARunInUseIsRefused()
    {
        using var folder = new TemporaryFolder();
        using MamlProcess run = MamlProcess.Start(folder.Train("run", 100_000));
        run.WaitUntil(() => folder.Rows("run") >= 1);

        MamlCommand.Run("train", "--resume", folder.In("run")).MustFail(2, "is in use by another run");
    }

    [Fact]
    public void AFailureWhileRunningIsOneLineAndKeepsTheLastGoodCheckpoint()
    {
        using var folder = new TemporaryFolder();
        MamlCommand.Run([.. folder.Train("run", 50), "innerLearningRates=[1e38]", "learnedStepSizes=none"]).MustFail(1, "not finite");

        Assert.Equal(0, MamlCommand.Run("eval", folder.Latest("run"), "--episodes", "1", "--steps", "0").Code);
    }
}

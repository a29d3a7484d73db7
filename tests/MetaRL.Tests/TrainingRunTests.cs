using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("maml-run").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Theory]
    [InlineData(false, 1)]
    [InlineData(false, 3)]
    [InlineData(true, 3)]
    public void A_run_that_died_and_was_resumed_equals_one_that_did_not(bool promp, int iterationsBeforeDeath)
    {
        MetaTrainingConfig config = promp ? ExperimentTests.SmallProMp : ExperimentTests.Small;
        string whole = Path.Combine(root, "whole"), died = Path.Combine(root, "died");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(whole), config, CPU, 1)) run.Run(_ => { }, CancellationToken.None);
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(died), config, CPU, 1))
        {
            // An exception out of a report ends the run as a kill does: nothing is saved on the way out.
            Assert.Throws<InvalidOperationException>(() => run.Run(
                report => { if (report.Iteration == iterationsBeforeDeath) throw new InvalidOperationException(); }, CancellationToken.None));
        }
        using (TrainingRun run = Resume(died)) run.Run(_ => { }, CancellationToken.None);

        Assert.Equal(WithoutTimes(whole), WithoutTimes(died));
        Assert.Equal(config.Iterations + 1, WithoutTimes(whole).Length);
        foreach (string name in new[] { "latest", "best" })
            Assert.Equal(File.ReadAllBytes(CheckpointPath(whole, name)), File.ReadAllBytes(CheckpointPath(died, name)));
    }

    [Fact]
    public void A_resumed_run_knows_the_best_validation_so_far()
    {
        string path = Path.Combine(root, "best");
        (double, int)? best;
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1))
        {
            run.Run(_ => { }, CancellationToken.None);
            best = run.Best;
        }
        using TrainingRun resumed = Resume(path);
        Assert.NotNull(best);
        Assert.Equal(best, resumed.Best);
    }

    [Fact]
    public void A_request_to_stop_ends_after_the_iteration_with_a_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        using TrainingRun run = TrainingRun.Start(RunFolder.Create(Path.Combine(root, "stopped")), ExperimentTests.Small, CPU, 1);
        run.Run(report => { if (report.Iteration == 3) stop.Cancel(); }, stop.Token);
        Assert.Equal(3, Checkpoint.Read(run.Folder.Latest).Iteration);
    }

    [Fact]
    public void A_run_folder_in_use_is_refused()
    {
        string path = Path.Combine(root, "used");
        using TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1);
        Assert.Contains("in use", Assert.Throws<InputException>(() => RunFolder.Open(path)).Message);
        Assert.Contains("not empty", Assert.Throws<InputException>(() => RunFolder.Create(path)).Message);
    }

    [Fact]
    public void A_folder_that_a_run_left_before_its_first_checkpoint_can_be_used_again()
    {
        string path = Path.Combine(root, "early");
        RunFolder.Create(path).Dispose();
        using RunFolder again = RunFolder.Create(path);
        Assert.Equal(path, again.Path);
    }

    [Fact]
    public void A_damaged_checkpoint_is_one_clear_line()
    {
        string path = Path.Combine(root, "damaged");
        using (TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1)) { }
        string file = CheckpointPath(path, "latest");
        byte[] bytes = File.ReadAllBytes(file);
        byte[][] damages =
        [
            [], [1, 2, 3], bytes[..^1], Flipped("\"iteration\":\"0", 13), Flipped("\\u0022seed\\u0022: 1", 21), bytes[..(bytes.Length / 2)], [.. bytes[..^5], (byte)(bytes[^5] ^ 1), .. bytes[^4..]],
            [.. Enumerable.Repeat((byte)'x', 100)],
        ];
        byte[] Flipped(string text, int offset)
        {
            byte[] copy = [.. bytes];
            int at = copy.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(text));
            Assert.True(at > 0, $"'{text}' is not in the header");
            copy[at + offset] ^= 1;
            return copy;
        }

        foreach (byte[] damaged in damages)
        {
            File.WriteAllBytes(file, damaged);
            string message = Assert.Throws<InputException>(() => Checkpoint.Read(file)).Message;
            Assert.DoesNotContain('\n', message);
            Assert.Contains(file, message);
        }
    }

    private static TrainingRun Resume(string path)
    {
        RunFolder folder = RunFolder.Open(path);
        return TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, 1);
    }

    private static string CheckpointPath(string run, string name) => Path.Combine(run, "checkpoints", name + ".safetensors");

    private static string[] WithoutTimes(string run) =>
        [.. File.ReadAllLines(Path.Combine(run, "metrics.csv")).Select(line => string.Join(',', line.Split(',')[..^4]))];
}

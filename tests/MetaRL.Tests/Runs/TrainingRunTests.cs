using System.Text.Json.Nodes;
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
            KillAfter(run, iterationsBeforeDeath);
        using (TrainingRun run = Resume(died)) run.Run(_ => { }, CancellationToken.None);

        Assert.Equal(WithoutTimes(whole), WithoutTimes(died));
        Assert.Equal(config.Iterations + 1, WithoutTimes(whole).Length);
        foreach (string name in new[] { "latest", "best" })
            Assert.Equal(File.ReadAllBytes(CheckpointPath(whole, name)), File.ReadAllBytes(CheckpointPath(died, name)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_prolonged_run_equals_one_that_was_asked_for_all_at_once(bool promp)
    {
        MetaTrainingConfig whole = promp ? ExperimentTests.SmallProMp : ExperimentTests.Small;
        (string one, string other) = (Path.Combine(root, "at-once"), Path.Combine(root, "prolonged"));
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(one), whole, CPU, 1)) run.Run(_ => { }, CancellationToken.None);
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(other), whole with { Iterations = 4 }, CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        // Prolonging keeps the results so far, whatever the number of iterations.
        Prolong(other, 100);
        Prolong(other, whole.Iterations);
        using (TrainingRun run = Resume(other)) run.Run(_ => { }, CancellationToken.None);

        Assert.Equal(WithoutTimes(one), WithoutTimes(other));
        Assert.Equal(whole.Iterations + 1, WithoutTimes(one).Length);
        Assert.Equal(File.ReadAllText(Path.Combine(one, "config.json")), File.ReadAllText(Path.Combine(other, "config.json")));
        Assert.Equal(File.ReadAllBytes(CheckpointPath(one, "latest")), File.ReadAllBytes(CheckpointPath(other, "latest")));
    }

    [Fact]
    public void A_run_is_not_prolonged_to_what_is_done_nor_where_its_learning_rates_knew_its_end()
    {
        string path = Path.Combine(root, "falling");
        MetaTrainingConfig config = ExperimentTests.SmallProMp with { Iterations = 2, Optimiser = new AdamOptions { FinalRate = 0.1 } };
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), config, CPU, 1)) run.Run(_ => { }, CancellationToken.None);
        byte[] before = File.ReadAllBytes(CheckpointPath(path, "latest"));
        Assert.Contains("finalRate=0.1 makes the learning rates fall", Assert.Throws<InputException>(() => Prolong(path, 6)).Message);
        Assert.Contains("has 2 iterations behind it", Assert.Throws<InputException>(() => Prolong(path, 2)).Message);
        Assert.Equal(before, File.ReadAllBytes(CheckpointPath(path, "latest")));
    }

    [Fact]
    public void A_configuration_that_is_not_the_checkpoint_s_is_refused_by_naming_the_keys()
    {
        string path = Path.Combine(root, "edited"), file = Path.Combine(path, "config.json");
        MetaTrainingConfig config = ExperimentTests.Small with { Iterations = 2, ActionUnit = 0.1 };
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), config, CPU, 1)) run.Run(_ => { }, CancellationToken.None);
        File.WriteAllText(file, ConfigFormat.ToJson(config with { Seed = 7, Environment = "varibad-point" }));
        const string Keys = "environment \"varibad-point\", there \"maml-nav\"; seed 7, there 1";
        const string Saying = $"is not that of the checkpoint ({Keys}); put it back.";
        Assert.EndsWith(Saying, Assert.Throws<InputException>(() => Resume(path)).Message);
        Assert.EndsWith(Saying, Assert.Throws<InputException>(() => RecordedRun.Read(path)).Message);
        File.WriteAllText(file, ConfigFormat.ToJson(config with { Iterations = 9 }));
        string command = $"maml train --resume {path} --set iterations=N";
        string message = Assert.Throws<InputException>(() => Resume(path)).Message;
        Assert.EndsWith($"(iterations 9, there 2); put it back; to train further: {command}.", message);
        File.WriteAllText(file, ConfigFormat.ToJson(config));
        using TrainingRun again = Resume(path);
        Assert.Equal(2, again.Iteration);
    }

    /// <summary>Validated at iterations 2 and 4 of 4; of two iterations more the evaluation tells nothing.</summary>
    [Fact]
    public void An_evaluation_of_a_checkpoint_that_the_run_no_longer_has_is_not_its_evaluation()
    {
        string path = Path.Combine(root, "old"), evaluation = Path.Combine(path, "evaluation.json");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        int best = Checkpoint.Read(CheckpointPath(path, "best")).Iteration;
        foreach ((int iteration, bool isCurrent) in new[] { (1, false), (best, true), (6, true) })
        {
            var tasks = new TaskBatch(["goal_x", "goal_y"], [0.1, 0.2]);
            var protocol = new EvaluationProtocol("maml-nav", iteration, "file", tasks, 1, 1, false);
            EvaluationFile.Write(evaluation, "x", protocol, Machine.Describe(CPU, 1), [new(0, [-1], 0.5)]);
            RecordedRun run = RecordedRun.Read(path);
            Assert.Equal(isCurrent, run.Evaluation is not null);
            if (isCurrent) continue;
            string reason = $"{path} was evaluated after 1 of 6 iterations, and neither its best nor its latest checkpoint is of that one";
            Assert.StartsWith($"{reason}; evaluate it again with: maml eval", run.WhyUnevaluated);
        }
        File.Delete(evaluation);
        Assert.Contains("has no evaluation.json; evaluate it with: maml eval", RecordedRun.Read(path).WhyUnevaluated);
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

    /// <summary>The columns that an earlier version did not write stay empty where it trained.</summary>
    [Fact]
    public void A_run_with_the_table_of_an_earlier_version_goes_on()
    {
        string path = Path.Combine(root, "earlier");
        string[] added = ["gradient_norm", "clip_fraction", "explained_variance", "step_size_min", "step_size_mean", "step_size_max"];
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.SmallProMp, CPU, 1))
            KillAfter(run, iteration: 3);
        string metrics = Path.Combine(path, "metrics.csv");
        string[][] rows = [.. File.ReadAllLines(metrics).Select(line => line.Split(','))];
        int[] kept = [.. rows[0].Index().Where(column => !added.Contains(column.Item)).Select(column => column.Index)];
        File.WriteAllLines(metrics, rows.Select(row => string.Join(',', kept.Select(column => row[column]))));
        Assert.Equal(3, RecordedRun.Read(path).Metrics["query_return"].Length);
        double[] before = RecordedRun.Read(path).Metrics["query_return"];
        using (TrainingRun run = Resume(path)) run.Run(_ => { }, CancellationToken.None);

        IReadOnlyDictionary<string, double[]> columns = RecordedRun.Read(path).Metrics;
        Assert.Equal(before, columns["query_return"][..3]);
        foreach (string name in added)
            Assert.Equal([false, false, true, true], columns[name][..4].Select(double.IsFinite));
    }

    [Fact]
    public void The_step_sizes_that_are_told_are_those_of_the_checkpoint()
    {
        string path = Path.Combine(root, "sizes");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.SmallProMp, CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        float[] sizes = (float[])Checkpoint.Read(CheckpointPath(path, "latest")).Learned[0].Array.Data;
        IReadOnlyDictionary<string, double[]> columns = RecordedRun.Read(path).Metrics;
        Assert.Equal((sizes.Min(), sizes.Max()), ((float)columns["step_size_min"][^1], (float)columns["step_size_max"][^1]));
        Assert.Equal(sizes.Average(size => (double)size), columns["step_size_mean"][^1], tolerance: 1e-6);
        Assert.NotEqual(sizes.Min(), sizes.Max());
        Assert.All(columns["clip_fraction"], share => Assert.InRange(share, 0, 1));
        Assert.All(columns["explained_variance"], share => Assert.InRange(share, 0.01, 1));
    }

    [Fact]
    public void A_request_to_stop_ends_after_the_iteration_with_a_checkpoint()
    {
        using var stop = new CancellationTokenSource();
        using TrainingRun run = TrainingRun.Start(RunFolder.Create(Path.Combine(root, "stopped")), ExperimentTests.Small, CPU, 1);
        run.Run(report => { if (report.Iteration == 3) stop.Cancel(); }, stop.Token);
        Assert.Equal(3, Checkpoint.Read(run.Folder.Latest).Iteration);
    }

    /// <summary>As runs that begin in the same second do, where nobody has named a folder.</summary>
    [Fact]
    public void Of_several_runs_that_want_one_name_each_has_a_folder_of_its_own()
    {
        string name = Path.Combine(root, "taken");
        RunFolder[] folders = new RunFolder[8];
        Parallel.For(0, folders.Length, index => folders[index] = RunFolder.CreateUnused(name));
        foreach (RunFolder folder in folders) folder.Dispose();
        using RunFolder later = RunFolder.CreateUnused(name);
        Assert.Equal(
            new[] { name }.Concat(Enumerable.Range(2, 8).Select(number => $"{name}-{number}")).Order(StringComparer.Ordinal),
            folders.Append(later).Select(folder => folder.Path).Order(StringComparer.Ordinal));
        Assert.Equal($"{name}-9", later.Path);
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
            [], [1, 2, 3], bytes[..^1], bytes[..(bytes.Length / 2)],
            Flipped("\"iteration\":\"0", 13), Flipped("\\u0022seed\\u0022: 1", 21),
            [.. bytes[..^5], (byte)(bytes[^5] ^ 1), .. bytes[^4..]],
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

    [Theory]
    [InlineData("iteration", "-3")]
    [InlineData("iteration", "7")]
    [InlineData("threads", "0")]
    [InlineData("best_iteration", "0")]
    public void A_number_that_no_run_can_have_is_damage(string key, string value)
    {
        string path = Path.Combine(root, "impossible");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        string file = CheckpointPath(path, "latest");
        Safetensors sound = Safetensors.Read(file);
        Assert.Contains(key, sound.Metadata.Keys);
        new Safetensors(sound.Arrays, new Dictionary<string, string>(sound.Metadata) { [key] = value }).Write(file);
        Assert.Contains("is a damaged checkpoint", Assert.Throws<InputException>(() => Checkpoint.Read(file)).Message);
    }

    [Fact]
    public void A_checkpoint_of_another_version_is_not_damaged()
    {
        string file = Path.Combine(root, "other.safetensors");
        var metadata = new Dictionary<string, string> { ["kind"] = "maml-robotics checkpoint 2" };
        new Safetensors(new Dictionary<string, NamedArray>(), metadata).Write(file);
        string message = Assert.Throws<InputException>(() => Checkpoint.Read(file)).Message;
        Assert.Contains("is of version 2, and this program reads version 1", message);
    }

    [Fact]
    public void Each_time_that_a_run_goes_on_its_machine_is_added_and_one_that_is_done_does_not_go_on()
    {
        string path = Path.Combine(root, "sessions"), file = Path.Combine(path, "machine.json");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1)) RunUntil(run, 2);
        JsonObject first = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.Equal(Machine.Commit, MachineFile.LastCommit(file));
        // This is like a file of a version that did not add machines, from another commit.
        first["commit"] = "abc";
        File.WriteAllText(file, first.ToJsonString());
        Assert.Equal("abc", MachineFile.LastCommit(file));
        using (TrainingRun run = Resume(path, threads: 2)) RunUntil(run, 4);
        using (TrainingRun run = Resume(path)) run.Run(_ => { }, CancellationToken.None);
        using (TrainingRun run = Resume(path)) run.Run(_ => { }, CancellationToken.None);

        JsonObject machine = JsonNode.Parse(File.ReadAllText(file))!.AsObject();
        Assert.Equal("abc", machine["commit"]!.GetValue<string>());
        Assert.Equal(
            [(2, 2, Machine.Commit), (4, 1, Machine.Commit)],
            machine["resumed"]!.AsArray().Select(session => (
                session!["after_iteration"]!.GetValue<int>(),
                session["threads"]!.GetValue<int>(),
                session["commit"]!.GetValue<string>())));
        Assert.Equal(Machine.Commit, MachineFile.LastCommit(file));

        static void RunUntil(TrainingRun run, int iteration)
        {
            using var stop = new CancellationTokenSource();
            run.Run(report => { if (report.Iteration == iteration) stop.Cancel(); }, stop.Token);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"resumed\": 1}")]
    [InlineData("{\"commit\": \"a\", \"commit\": \"b\"}")]
    public void A_damaged_record_of_machines_is_one_clear_line(string content)
    {
        string file = Path.Combine(root, "machine.json");
        File.WriteAllText(file, content);
        Assert.Contains("machine.json is damaged", Assert.Throws<InputException>(() => MachineFile.LastCommit(file)).Message);
        Assert.Equal("", MachineFile.LastCommit(Path.Combine(root, "none.json")));
    }

    /// <summary>A loss of power may leave such a file if rows were not flushed, and so may a person who edits it.</summary>
    [Fact]
    public void A_run_whose_metrics_lack_an_iteration_before_the_checkpoint_is_not_resumed()
    {
        string path = Path.Combine(root, "gap"), file = Path.Combine(path, "metrics.csv");
        using (TrainingRun run = TrainingRun.Start(RunFolder.Create(path), ExperimentTests.Small, CPU, 1))
            run.Run(_ => { }, CancellationToken.None);
        string[] lines = File.ReadAllLines(file);
        (string[]? Lines, string Saying)[] damages =
        [
            ([.. lines[..3], .. lines[4..]], "lacks iteration 3 of the 6"),
            (lines[..^1], "lacks iteration 6 of the 6"),
            ([.. lines[..^1], lines[^1][..lines[^1].LastIndexOf(',')]], "lacks iteration 6"),
            (null, "lacks iteration 1 of the 6"),
            ([.. lines, lines[^1]], "twice or out of order"),
            (["iteration", .. lines[1..]], "is not the table of metrics"),
        ];
        foreach ((string[]? damaged, string saying) in damages)
        {
            if (damaged is null) File.Delete(file);
            else File.WriteAllLines(file, damaged);
            using RunFolder folder = RunFolder.Open(path);
            Checkpoint latest = Checkpoint.Read(folder.Latest);
            string message = Assert.Throws<InputException>(() => TrainingRun.Resume(folder, latest, CPU, 1)).Message;
            Assert.Contains(saying, message);
            Assert.Equal(damaged, File.Exists(file) ? File.ReadAllLines(file) : null);
        }
    }

    /// <summary>An exception from a report ends the run as a kill does: nothing is saved on the way out.</summary>
    internal static void KillAfter(TrainingRun run, int iteration)
    {
        Assert.Throws<InvalidOperationException>(() => run.Run(Fail, CancellationToken.None));

        void Fail(IterationReport report)
        {
            if (report.Iteration == iteration) throw new InvalidOperationException();
        }
    }

    private static TrainingRun Resume(string path, int threads = 1)
    {
        RunFolder folder = RunFolder.Open(path);
        try
        {
            return TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, threads);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    private static void Prolong(string path, int iterations)
    {
        using RunFolder folder = RunFolder.Open(path);
        Checkpoint latest = Checkpoint.Read(folder.Latest);
        TrainingRun.Prolong(folder, latest, latest.Config with { Iterations = iterations });
    }

    internal static string CheckpointPath(string run, string name) => Path.Combine(run, "checkpoints", name + ".safetensors");

    internal static string[] WithoutTimes(string run) =>
        [.. File.ReadAllLines(Path.Combine(run, "metrics.csv")).Select(line => string.Join(',', line.Split(',')[..^4]))];
}

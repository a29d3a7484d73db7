using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>A run is the same to the last bit for any number of processes that train it. Threads take the place of the processes.</summary>
public sealed class JointTrainingTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("maml-joint").FullName;

    public void Dispose() => Directory.Delete(root, recursive: true);

    // The four tasks are four parts: two for each process, uneven numbers, one for each, and none for one of them.
    [Theory]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    [InlineData(false, 4)]
    [InlineData(true, 2)]
    [InlineData(true, 5)]
    public void Checkpoints_and_metrics_have_the_same_bits_as_those_of_one_process(bool promp, int processes)
    {
        MetaTrainingConfig config = promp ? ExperimentTests.SmallProMp : ExperimentTests.Small;
        string alone = Train("alone", 1, config), jointly = Train("jointly", processes, config);
        Assert.Equal(config.Iterations + 1, TrainingRunTests.WithoutTimes(jointly).Length);
        RequireSame(alone, jointly);
    }

    [Theory]
    [MemberData(nameof(RegisteredRecipesTests.Names), MemberType = typeof(RegisteredRecipesTests))]
    public void Every_learner_comes_to_the_same_bits_with_two_processes(string name)
    {
        MetaTrainingConfig config = RegisteredRecipesTests.Tiny(name);
        RequireSame(Train("alone", 1, config), Train("jointly", 2, config));
    }

    [Fact]
    public void A_run_that_one_process_is_asked_to_stop_stops_in_all_and_goes_on_with_another_number_of_processes()
    {
        MetaTrainingConfig config = ExperimentTests.Small;
        string alone = Train("alone", 1, config);
        // The last process is asked, and the first one has to save the checkpoint.
        string parts = Train("parts", 3, config, stopAfter: 3);
        Assert.Equal(3 + 1, TrainingRunTests.WithoutTimes(parts).Length);
        Resume(parts, 2);
        RequireSame(alone, parts);
    }

    [Fact]
    public void A_number_that_is_not_finite_ends_all_processes_with_the_message_of_one()
    {
        // The task at fault is not one of the first process's own.
        MetaTrainingConfig config = ExperimentTests.Small with { InnerLearningRates = [1e38] };
        string alone = Assert.Throws<TrainingException>(() => Train("alone", 1, config)).Message;
        var problems = Assert.Throws<AggregateException>(() => Train("jointly", 3, config)).InnerExceptions;
        Assert.Equal(3, problems.Count);
        Assert.All(problems, problem => Assert.Equal(alone, Assert.IsType<TrainingException>(problem).Message));
    }

    [Fact]
    public void Processes_with_different_meta_parameters_end_with_a_sentence_that_says_so()
    {
        var problems = Assert.Throws<AggregateException>(() => ThreadGroup.Run(2, group =>
        {
            using var agreement = new Agreement(group, CancellationToken.None);
            using Tensor meta = new[] { 1f, group.Rank }.CopyToTensor();
            agreement.Reach(meta);
            return true;
        })).InnerExceptions;
        Assert.All(problems, problem => Assert.StartsWith("Process 1 came to other meta-parameters than process 0.", problem.Message));
    }

    private string Train(string name, int processes, MetaTrainingConfig config, int stopAfter = int.MaxValue)
    {
        string path = Path.Combine(root, name);
        Run(processes, group => TrainingRun.Start(RunFolder.Create(path), config, CPU, 1, group), stopAfter);
        return path;
    }

    private static void Resume(string path, int processes) => Run(processes, group =>
    {
        RunFolder folder = RunFolder.Open(path);
        return TrainingRun.Resume(folder, Checkpoint.Read(folder.Latest), CPU, 1, group);
    });

    private static void Run(int processes, Func<IProcessGroup, TrainingRun> open, int stopAfter = int.MaxValue)
    {
        if (processes == 1) Lead(OneProcess.Instance);
        else ThreadGroup.Run(processes, group => group.Rank == 0 ? Lead(group) : Help(group));

        bool Lead(IProcessGroup group)
        {
            using TrainingRun run = open(group);
            TrainingHelp.Ask(group, run.Folder);
            run.Run(_ => { }, CancellationToken.None);
            return true;
        }

        bool Help(IProcessGroup group)
        {
            using TrainingHelp help = TrainingHelp.Await(group, threads: 1)!;
            using var stop = new CancellationTokenSource();
            bool isLast = group.Rank == group.Size - 1;
            help.Run(iteration => { if (isLast && iteration == stopAfter) stop.Cancel(); }, stop.Token);
            return true;
        }
    }

    private static void RequireSame(string one, string other)
    {
        Assert.Equal(TrainingRunTests.WithoutTimes(one), TrainingRunTests.WithoutTimes(other));
        foreach (string name in new[] { "latest", "best" })
        {
            byte[] expected = File.ReadAllBytes(TrainingRunTests.CheckpointPath(one, name));
            byte[] actual = File.ReadAllBytes(TrainingRunTests.CheckpointPath(other, name));
            Assert.True(expected.AsSpan().SequenceEqual(actual), $"The checkpoint {name} differs.");
        }
    }
}

using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>What regrets are to, where no optimum is known.</summary>
public sealed class ReferenceReturnTests : IDisposable
{
    private const int Horizon = 5, StartsPerSearch = 2;

    private readonly string run = Directory.CreateTempSubdirectory("references").FullName;
    private int asked;

    private int Searches => asked / (Horizon * StartsPerSearch);

    private string Checkpoint => Path.Combine(run, "checkpoints", "best.safetensors");

    private string Kept => Path.Combine(run, "references.json");

    public void Dispose() => Directory.Delete(run, recursive: true);

    [Fact]
    public void Each_task_is_searched_once_however_often_the_run_is_evaluated()
    {
        TaskFamily first = Family(1);
        IReadOnlyList<ReferenceReturn> found = ReferenceFile.Of(Checkpoint).Find(first, first.TestTasks, threads: 2);
        Assert.Equal(40, Searches);
        TaskFamily again = Family(1);
        Assert.Equal(found, ReferenceFile.Of(Checkpoint).Find(again, again.TestTasks, threads: 1));
        Assert.Equal(40, Searches);
    }

    [Fact]
    public void What_is_kept_of_other_dynamics_or_damaged_is_searched_anew()
    {
        TaskFamily family = Family(1);
        ReferenceFile.Of(Checkpoint).Find(family, family.TestTasks, threads: 1);
        TaskFamily other = Family(2);
        ReferenceFile.Of(Checkpoint).Find(other, other.TestTasks, threads: 1);
        Assert.Equal(80, Searches);
        File.WriteAllText(Kept, File.ReadAllText(Kept)[..100]);
        TaskFamily again = Family(2);
        ReferenceFile.Of(Checkpoint).Find(again, again.TestTasks, threads: 1);
        Assert.Equal(120, Searches);
    }

    [Fact]
    public void A_return_that_was_reached_is_kept_for_the_next_evaluation()
    {
        TaskFamily family = Family(1);
        double planned = ReferenceFile.Of(Checkpoint).Find(family, family.TestTasks, threads: 1)[7].Value;
        family.Remember(family.TestTasks, 7, planned + 0.5);
        ReferenceFile.Of(Checkpoint).Keep(family, family.TestTasks);
        TaskFamily again = Family(1);
        Assert.Equal(planned + 0.5, ReferenceFile.Of(Checkpoint).Find(again, again.TestTasks, threads: 1)[7].Value);
    }

    [Fact]
    public void No_regret_is_negative_even_if_policies_beat_the_planner()
    {
        TaskFamily family = TaskFamilies.Named("arm-goals");
        var tasks = new TaskBatch(family.Tasks.Columns, [0.31, 0.32, 0.41, 0.42]);
        var bad = new ReferenceReturn(-1000, ReturnKind.BestKnown);
        using var experiment = new Experiment(ExperimentTests.Small with { Environment = "arm-goals" }, CPU, threads: 1);
        IReadOnlyList<StepEvaluation> steps = TensorScope.Free(() => Evaluator.Evaluate(
            experiment.Sampler, family, experiment.CreateInitialMeta(), tasks, steps: 2, trajectories: 4, RandomStream.FromSeed(1),
            references: [bad, bad]));
        Assert.All(steps, step => Assert.InRange(step.Regret, 0, 500));
        // The family remembers the best return of each task, and the mean regret of a step is its distance to these.
        double best = Enumerable.Range(0, 2).Average(task => family.ReferenceReturn(tasks, task).Value);
        Assert.All(steps, step => Assert.Equal(best - step.Mean, step.Regret, tolerance: 1e-9));
    }

    /// <summary>A robot that steps move at random, so that its controller is all that a search asks.</summary>
    private TaskFamily Family(double gain)
    {
        double[] Still(double[] task, double[] state)
        {
            Interlocked.Increment(ref asked);
            return [0, 0];
        }
        var design = new PointRobotDesign
        {
            Horizon = Horizon, Start = PointStart.Square, StartSize = 1, RelocatesAtGoal = true, RewardRadius = 0.1,
            Parameters = new Dictionary<PointParameter, double> { [PointParameter.Gain] = gain },
        };
        var robot = new PointRobot(design, TaskDistributions.Goal(1));
        return TaskFamily.Of("still", robot, TaskDistributions.GoalsInSquare(1)) with { Controllers = [Still] };
    }
}

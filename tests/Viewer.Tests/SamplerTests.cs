using System.Diagnostics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;

namespace MamlRobotics.Viewer.Tests;

public class SamplerTests
{
    private static readonly MetaTrainingConfig Config = new() { HiddenSizes = [6], InnerLearningRates = [0.5] };

    [Fact]
    public void A_replay_holds_the_episodes_of_every_step_and_is_the_same_for_the_same_seed()
    {
        using var sampler = new ReplaySampler(Untrained(), CPU, 1);
        Replay one = Sample(sampler, seed: 7), two = Sample(sampler, seed: 7), other = Sample(sampler, seed: 8);
        Assert.Equal(3, one.Steps.Count);
        foreach (ReplayStep step in one.Steps)
        {
            Assert.Equal(5, step.Trajectories.Count);
            foreach (Trajectory trajectory in step.Trajectories.Append(step.Shown))
            {
                Assert.Equal((trajectory.Steps + 1) * trajectory.StateSize, trajectory.States.Length);
                // The reward of maml-nav is the distance after the move, negated.
                float distance = System.Numerics.Vector2.Distance(one.World.Goal!.Value, one.World.Tip(trajectory.State(3)));
                Assert.Equal(-distance, trajectory.Rewards[2], 1e-5f);
            }
        }
        Assert.Equal(one.Steps.SelectMany(step => step.Returns), two.Steps.SelectMany(step => step.Returns));
        Assert.NotEqual(one.Steps[0].Returns, other.Steps[0].Returns);
        Assert.All(one.Steps.Skip(1), step => Assert.All(step.ParameterChange.Where(double.IsFinite), change => Assert.True(change > 0)));
    }

    [Fact]
    public void The_worker_serves_the_last_request_and_then_fills_the_map()
    {
        Checkpoint checkpoint = Untrained();
        using var worker = new AdaptationWorker(checkpoint, "none.safetensors", CPU, 1);
        var request = new AdaptationRequest([0.1, 0.1], 1, false, 1, 5, 1, 1);
        for (int i = 0; i < 20; i++) worker.Ask(request with { Task = [0.01 * i, 0.1] });
        Replay? last = null;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(60) && !(last?.Task[0] == 0.19 && last.Map.Adapted.All(double.IsFinite)))
        {
            last = worker.Take() ?? last;
            Thread.Sleep(5);
        }
        Assert.Equal(0.19, last!.Task[0]);
        Assert.All(last.Map.Adapted, value => Assert.True(double.IsFinite(value)));
    }

    private static Replay Sample(ReplaySampler sampler, long seed) => sampler.Sample(
        sampler.Title("none", ReplaySampler.TestTask, 1, 40), sampler.Family.TestTasks.Slice(0, 1), 2, 5, RandomStream.FromSeed(seed), sampler.EmptyMap());

    private static Checkpoint Untrained()
    {
        var experiment = new Experiment(Config, CPU, 1);
        float[] theta = experiment.Policy.Initialise(RandomStream.FromSeed(2), 1);
        experiment.InitialMeta.Dispose();
        return new Checkpoint(Config, theta, [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1);
    }
}

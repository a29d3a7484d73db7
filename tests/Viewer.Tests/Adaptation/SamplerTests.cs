using System.Numerics;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using MamlRobotics.Policies;
using MamlRobotics.Tests.Support;

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
        Assert.Equal(one.Steps.SelectMany(step => step.Returns.Values), two.Steps.SelectMany(step => step.Returns.Values));
        Assert.NotEqual(one.Steps[0].Returns.Values, other.Steps[0].Returns.Values);
        Assert.All(one.Steps.Skip(1), step => Assert.All(step.ParameterChange.Where(double.IsFinite), change => Assert.True(change > 0)));
    }

    [Fact]
    public void The_shown_episode_is_the_first_of_those_in_which_the_policy_acts_by_its_mean()
    {
        // Of a family whose starts are random, so that it matters which episode it is.
        Checkpoint checkpoint = Untrained("pearl-point");
        using var sampler = new ReplaySampler(checkpoint, CPU, 1);
        Replay replay = Sample(sampler, seed: 7);
        using var experiment = new Experiment(checkpoint.PolicyConfig(), CPU, 1);
        using Tensor meta = checkpoint.Meta(CPU);
        TensorScope.Free(() =>
        {
            RandomStream draws = RandomStream.FromSeed(7).Stream("replay");
            AdaptationData acting = experiment.Sampler.Sample(
                meta, sampler.Family.TestTasks.Slice(0, 1), 2, 5, draws, deterministic: true, keepTrajectories: true);
            for (int step = 0; step < 3; step++)
                Assert.Equal(acting.Batches[step].Trajectories[0][0].States, replay.Steps[step].Shown.States);
            return 0;
        });
    }

    [Fact]
    public void The_worker_serves_the_last_request_and_then_fills_the_map()
    {
        Checkpoint checkpoint = Untrained();
        using var worker = new AdaptationWorker(checkpoint, TaskFamilies.ByName["maml-nav"], "none.safetensors", CPU, 1);
        var request = new AdaptationRequest([0.1, 0.1], 1, false, 1, 5, 1, 1);
        for (int i = 0; i < 20; i++) worker.Ask(request with { Task = [0.01 * i, 0.1] });
        Replay last = Filled(worker, request with { Task = [0.19, 0.1] });
        Assert.Equal(0.19, last.Task[0]);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_map_holds_the_returns_of_its_own_setting_whatever_was_asked_for_since_the_last_one(bool ofAllTasks)
    {
        using var worker = new AdaptationWorker(Untrained(), TaskFamilies.ByName["maml-nav"], "none.safetensors", CPU, 1);
        AdaptationRequest one = new([0.1, 0.1], 1, false, 1, 5, 1, 1), none = one with { Steps = 0 };
        Replay before = Filled(worker, one, cells: 1);
        worker.Ask(none with { OfAllTasks = ofAllTasks });
        Patience.Until(() => worker.Take() is not null);
        Replay after = Filled(worker, none with { Seed = 2 });
        Assert.NotSame(before.Map, after.Map);
        // Without a gradient step the adapted policy is the prior.
        Assert.Equal(after.Map.Prior, after.Map.Adapted);
        Assert.Same(after.Map, Filled(worker, none with { Task = [0.2, 0.1] }).Map);
    }

    [Fact]
    public void The_field_is_the_policy_s_mean_within_the_actuator_limits()
    {
        Checkpoint checkpoint = Untrained();
        using var sampler = new ReplaySampler(checkpoint, CPU, 1);
        ActionField field = Sample(sampler, seed: 7).Field;
        GaussianPolicy policy = Experiment.PolicyOf(Config);
        IEnumerable<Vector2> middles = Enumerable.Range(0, field.Cells * field.Cells).Select(field.Middle);
        float[] places = [.. middles.SelectMany(middle => new[] { middle.X, middle.Y })];
        float[] means = TensorScope.Free(() =>
        {
            Tensor theta = tensor(checkpoint.Theta, [1, checkpoint.Theta.Length]), states = tensor(places, [1, places.Length / 2, 2]);
            return policy.Distribution(theta, states).Mean.contiguous().data<float>().ToArray();
        });
        for (int cell = 0; cell < field.Cells * field.Cells; cell++)
            Assert.Equal(Math.Clamp(means[2 * cell] * (float)Config.Resolved().ActionUnit, -0.1f, 0.1f), field.Actions[0][cell].X, 1e-5f);
        Assert.NotEqual(field.Actions[0], field.Actions[^1]);
    }

    [Fact]
    public void A_replay_without_a_closed_form_gets_its_best_known_return_later()
    {
        using var worker = new AdaptationWorker(Untrained("gymnax-point"), TaskFamilies.ByName["gymnax-point"], "none.safetensors", CPU, 1);
        worker.Ask(new AdaptationRequest([0.6, 0.8], 1, false, 1, 5, 1, 1));
        Replay? first = null, completed = null;
        // Whoever looks late sees the completed one alone.
        bool IsCompleted() => double.IsFinite((completed = worker.Take()?.Replay)?.Reference.Value ?? double.NaN);
        Patience.Until(IsCompleted, () => first ??= completed);
        if (first is not null) Assert.Same(first.Steps, completed!.Steps);
        // The robot is moved away from the goal again and again, and each time reaches it.
        Assert.InRange(completed!.Reference.Value, 2, 100);
    }

    [Fact]
    public void A_population_is_every_test_task_with_as_many_robots_as_fit()
    {
        using var sampler = new ReplaySampler(Untrained(), CPU, 1);
        TaskBatch tasks = sampler.Family.TestTasks;
        Population population = sampler.SampleAll("none", tasks.Row(0).ToArray(), 1, 7, RandomStream.FromSeed(3));
        Assert.Equal((40, 7, 280), (population.Worlds.Count, population.Robots, population.Count));
        int points = population.Horizon + 1;
        foreach (PopulationStep step in population.Steps)
        {
            // The reward of maml-nav is the distance after the move, negated; here on average over all robots.
            double Distance(int robot) => Vector2.Distance(step.Tips[robot * points + 4], population.Worlds[robot / 7].Goal!.Value);
            Assert.Equal(-Enumerable.Range(0, population.Count).Average(Distance), step.Rewards[3], 1e-4);
        }
        Assert.Equal(Population.MostRobots, sampler.SampleAll("none", tasks.Row(0).ToArray(), 0, 500, RandomStream.FromSeed(3)).Count);
    }

    [Fact]
    public void A_population_under_changed_physics_says_what_is_changed()
    {
        TaskFamily family = VariedFamily.Of(TaskFamilies.ByName["maml-nav"]);
        using var sampler = new ReplaySampler(Untrained(), CPU, 1, family);
        double[] usual = family.TestTasks.Row(0).ToArray(), windy = [.. usual];
        int wind = family.Spec.Task.Select(column => column.Name).ToList().IndexOf("wind_x");
        windy[wind] = 0.02;
        Population still = sampler.SampleAll("none", usual, 0, 3, RandomStream.FromSeed(3));
        Population changed = sampler.SampleAll("none", windy, 0, 3, RandomStream.FromSeed(3));
        Assert.Equal(("all test tasks", "changed to wind x 0.02 m/s: all test tasks"), (still.Title.Task, changed.Title.Task));
        // The returns are those under the wind, for which no optimum is known.
        Assert.NotEqual(still.Steps[0].Returns.Mean, changed.Steps[0].Returns.Mean);
        Assert.Equal((true, false), (double.IsNaN(changed.Reference.Value), double.IsNaN(still.Reference.Value)));
    }

    /// <summary>Asks, and waits until that many cells of the map are sampled.</summary>
    private static Replay Filled(AdaptationWorker worker, AdaptationRequest request, int? cells = null)
    {
        worker.Ask(request);
        Replay? last = null;
        Patience.Until(() =>
        {
            last = worker.Take() is { } taken && taken.Request == request ? taken.Replay : last;
            return last is not null && last.Map.Adapted.Count(double.IsFinite) >= (cells ?? last.Map.Adapted.Length);
        });
        return last!;
    }

    private static Replay Sample(ReplaySampler sampler, long seed) => sampler.Sample(
        sampler.Title("none", ReplaySampler.TestTask, 1, 40), sampler.Family.TestTasks.Slice(0, 1), 2, 5,
        RandomStream.FromSeed(seed), sampler.EmptyMap());

    internal static Checkpoint Untrained(string environment = "maml-nav")
    {
        MetaTrainingConfig config = Config with { Environment = environment };
        using var experiment = new Experiment(config, CPU, 1);
        float[] theta = experiment.Policy.Initialise(RandomStream.FromSeed(2), 1);
        return new Checkpoint(config, theta, [], new Dictionary<string, NamedArray>(), 0, null, "cpu", 1);
    }
}

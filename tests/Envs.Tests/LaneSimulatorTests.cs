namespace MamlRobotics.Envs.Tests;

public class LaneSimulatorTests
{
    private static readonly TaskFamily Navigation = TaskFamilies.ByName["maml-nav"];

    [Fact]
    public void An_ended_episode_keeps_its_final_observation_and_earns_nothing()
    {
        BatchSimulator simulator = Navigation.CreateSimulator(new TaskBatch(["goal_x", "goal_y"], [0.1, 0.05]), 2);
        simulator.Reset(0, RandomStream.FromSeed(1));
        (simulator.Action(0)[0], simulator.Action(1)[0]) = (0.1f, 0.05f);
        simulator.Step(0);
        Assert.True(simulator.IsTerminated(0, 0));
        Assert.False(simulator.IsLive(0, 0));
        Assert.False(simulator.IsTerminated(0, 1));
        Assert.Equal(1, simulator.LiveCount(0));
        simulator.Action(0)[0] = -0.1f;
        simulator.Step(0);
        Assert.Equal(0.1f, simulator.Observation(0)[0]);
        Assert.Equal(0.05f, simulator.Observation(1)[0]);
        Assert.Equal(0, simulator.Rewards[0]);
        Assert.NotEqual(0, simulator.Rewards[1]);
    }

    [Fact]
    public void A_reset_starts_the_episode_anew()
    {
        BatchSimulator simulator = Navigation.CreateSimulator(new TaskBatch(["goal_x", "goal_y"], [0.1, 0]), 1);
        simulator.Reset(0, RandomStream.FromSeed(1));
        simulator.Action(0)[0] = 0.1f;
        simulator.Step(0);
        simulator.Reset(0, RandomStream.FromSeed(1));
        Assert.True(simulator.IsLive(0, 0));
        Assert.False(simulator.IsTerminated(0, 0));
        Assert.Equal(0, simulator.Observation(0)[0]);
    }

    [Theory]
    [InlineData("maml-nav")]
    [InlineData("promp-corners")]
    [InlineData("gymnax-point")]
    [InlineData("acrobot")]
    [InlineData("arm-goals")]
    public void Steps_and_automatic_resets_allocate_nothing(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        using BatchSimulator simulator = family.CreateSimulator(family.Tasks.Sample(RandomStream.FromSeed(1), 4), 20, new(AutoReset: true));
        simulator.Reset(RandomStream.FromSeed(1));
        for (int t = 0; t < 3 * family.Spec.Horizon; t++) simulator.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int t = 0; t < 2 * family.Spec.Horizon; t++) simulator.Step();
        simulator.Reset(RandomStream.FromSeed(2));
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData("acrobot", 1)]
    [InlineData("acrobot", 3)]
    [InlineData("gymnax-point", 2)]
    [InlineData("gymnax-point", 7)]
    public void Results_do_not_depend_on_the_number_of_threads(string name, int threads) =>
        Assert.Equal(Rollout(name, threads: 1, trajectories: 20), Rollout(name, threads, trajectories: 20));

    [Fact]
    public void A_trajectory_does_not_depend_on_how_many_others_there_are()
    {
        float[][] few = Rollout("promp-momentum", threads: 1, trajectories: 3);
        float[][] many = Rollout("promp-momentum", threads: 2, trajectories: 50);
        for (int row = 0; row < few.Length; row++)
            for (int task = 0; task < 5; task++)
                for (int b = 0; b < 3; b++) Assert.Equal(few[row][task * 3 + b], many[row][task * 50 + b]);
    }

    [Fact]
    public void Tasks_of_another_family_are_refused()
    {
        var payloads = new TaskBatch(["payload"], [1]);
        ArgumentException problem = Assert.Throws<ArgumentException>(() => Navigation.CreateSimulator(payloads, 1));
        Assert.Contains("goal_x, goal_y", problem.Message);
    }

    /// <summary>Observations, rewards and flags after some steps with automatic resets, [row][task, trajectory].</summary>
    private static float[][] Rollout(string name, int threads, int trajectories)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(4), 5);
        using BatchSimulator simulator = family.CreateSimulator(tasks, trajectories, new(AutoReset: true, Threads: threads));
        simulator.Reset(RandomStream.FromSeed(9));
        int[] columns = [.. Enumerable.Range(0, 5 * trajectories).Select(e => e / trajectories * simulator.Stride + e % trajectories)];
        RandomStream actions = RandomStream.FromSeed(3);
        for (int t = 0; t < family.Spec.Horizon + 20; t++)
        {
            for (int i = 0; i < family.Spec.Action.Count; i++)
                foreach (int column in columns) simulator.Action(i)[column] = Action(actions, t, column % simulator.Stride, i);
            simulator.Step();
        }
        float[] Observed(int i) => [.. columns.Select(column => simulator.Observation(i)[column])];
        return
        [
            .. Enumerable.Range(0, family.Spec.Observation.Count).Select(Observed),
            [.. columns.Select(column => simulator.Rewards[column])],
        ];
    }

    private static float Action(RandomStream stream, int t, int trajectory, int coordinate) =>
        (float)(0.3 * (stream.Uniform((t * 100 + trajectory) * 2 + coordinate) - 0.5));
}

namespace MamlRobotics.Envs.Tests;

public class LaneSimulatorTests
{
    private static readonly TaskFamily Navigation = TaskFamily.ByName["maml-nav"];

    [Theory]
    [InlineData("maml-nav")]
    [InlineData("maml-nav-goal-fed")]
    public void Lanes_follow_the_double_reference(string name)
    {
        TaskFamily family = TaskFamily.ByName[name];
        IEnvironment environment = family.Environment;
        const int Trajectories = 21;
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), 3);
        BatchSimulator simulator = family.CreateSimulator(tasks, Trajectories);
        RandomStream actions = RandomStream.FromSeed(2);
        for (int task = 0; task < tasks.Count; task++)
        {
            simulator.Reset(task, RandomStream.FromSeed(3));
            var states = new Scalar[Trajectories][];
            Scalar[] goal = [new(tasks[task, 0]), new(tasks[task, 1])];
            for (int b = 0; b < Trajectories; b++) states[b] = [new(0), new(0)];
            for (int t = 0; t < 50; t++)
            {
                for (int b = 0; b < Trajectories; b++)
                    for (int i = 0; i < 2; i++) simulator.Action(i)[task * simulator.Stride + b] = Action(actions, t, b, i);
                simulator.Step(task);
                for (int b = 0; b < Trajectories; b++)
                {
                    int column = task * simulator.Stride + b;
                    Transition<Scalar> reference = environment.Step<Scalar>(goal, [new(Action(actions, t, b, 0)), new(Action(actions, t, b, 1))], states[b]);
                    Scalar[] observation = new Scalar[family.Spec.Observation.Count];
                    environment.Observe<Scalar>(goal, states[b], observation);
                    for (int i = 0; i < observation.Length; i++) Assert.Equal(observation[i].Value, simulator.Observation(i)[column], tolerance: 1e-5);
                    Assert.Equal(reference.Reward.Value, simulator.Rewards[column], tolerance: 1e-5);
                }
            }
        }
    }

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

    [Fact]
    public void Steps_allocate_nothing()
    {
        BatchSimulator simulator = Navigation.CreateSimulator(Navigation.Tasks.Sample(RandomStream.FromSeed(1), 4), 20);
        Play(100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Play(int steps)
        {
            for (int task = 0; task < 4; task++)
            {
                simulator.Reset(task, new RandomStream(1));
                for (int t = 0; t < steps; t++) simulator.Step(task);
            }
        }
    }

    private static float Action(RandomStream stream, int t, int trajectory, int coordinate) =>
        (float)(0.3 * (stream.Uniform((t * 100 + trajectory) * 2 + coordinate) - 0.5));
}

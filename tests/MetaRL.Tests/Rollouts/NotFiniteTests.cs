using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Numbers that are not finite end what is under way, and the message names task, quantity and time.</summary>
public class NotFiniteTests
{
    private static readonly CollectorOptions Options = new(ActionUnit: 1, Discount: 0.99, GaeLambda: 1, NormaliseAdvantages: true);

    private static readonly TaskFamily Family =
        TaskFamily.Of("faulty", new Faulty(), TaskDistributions.Uniform([.. new Faulty().Spec.Task]));

    // The columns choose the number that is not finite, from the third task on. It is not finite first at the second step.
    public static TheoryData<string, double, double> Faults => new() { { "rewards", 1, 0 }, { "observations", 0, 1 } };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Both_collectors_name_the_first_task_what_is_not_finite_and_when(string quantity, double rewardFault, double stateFault)
    {
        var tasks = new TaskBatch(["reward_fault", "state_fault"], [0, 0, 0, 0, rewardFault, stateFault, rewardFault, stateFault]);
        Assert.All(
            Collected(tasks, parameter: 0.1f),
            fault => Assert.Equal((2, quantity, 1), (fault.Task, fault.Quantity, fault.TimeStep)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_policy_that_is_not_finite_shows_in_its_actions(float parameter)
    {
        var tasks = new TaskBatch(["reward_fault", "state_fault"], [0, 0]);
        Assert.All(
            Collected(tasks, parameter),
            fault => Assert.Equal((0, "actions", 0), (fault.Task, fault.Quantity, fault.TimeStep)));
    }

    [Fact]
    public void Training_and_validation_say_which_iteration_and_task_it_was_and_keep_what_there_is()
    {
        if (!TaskFamilies.ByName.ContainsKey("sometimes-faulty"))
        {
            ITaskDistribution tasks = TaskDistributions.Uniform(new("reward_fault", "1", 0, 1), new("state_fault", "1", 0, 0));
            TaskFamilies.Register(TaskFamily.Of("sometimes-faulty", new Faulty(), tasks));
        }
        MetaTrainingConfig config = ExperimentTests.Small with { Environment = "sometimes-faulty", MetaBatchSize = 40 };
        const string Task = "Task [0-9]+ \\(reward_fault 0.9[0-9]*, state_fault 0\\)";
        Assert.Matches(
            $"^Iteration 1, training: {Task} has rewards that are not finite after 0 gradient steps, at time step 2 first\\. The last",
            Failure(config));
        // The single task of the training works for a while, but one of the many tasks of the validation fails.
        MetaTrainingConfig validated = config with { MetaBatchSize = 1, ValidationTasks = 60, ValidationEvery = 1 };
        Assert.Matches("^Iteration 1, validation: Task", Failure(validated));
        using DisposeScope scope = NewDisposeScope();
        using var experiment = new Experiment(ExperimentTests.Small with { InnerLearningRates = [1e38] }, CPU, threads: 1);
        string tooLong = Assert.Throws<TrainingException>(() => experiment.Sampler.Sample(
            experiment.CreateInitialMeta(), SmallProblem.RaggedGoals, 1, 5, RandomStream.FromSeed(1))).Message;
        Assert.EndsWith(
            "has actions that are not finite after 1 gradient step, at time step 1 first: the gradient step was too long.", tooLong);
    }

    private static string Failure(MetaTrainingConfig config)
    {
        using DisposeScope scope = NewDisposeScope();
        using var experiment = new Experiment(config, CPU, threads: 1);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        return Assert.Throws<TrainingException>(() => trainer.Run(_ => { }, CancellationToken.None)).Message;
    }

    private static NotFiniteException[] Collected(TaskBatch tasks, float parameter)
    {
        using DisposeScope scope = NewDisposeScope();
        var policy = new GaussianMlp(1, 1, [4], Activation.Tanh, minStd: 1e-6);
        Tensor parameters = tensor((float[])[.. Enumerable.Repeat(parameter, policy.Layout.Count)], [1, policy.Layout.Count]);
        IRolloutCollector[] collectors =
        [
            new FusedCollector(Family, policy, Options, threads: 2),
            new TensorCollector(Family, policy, Options, CPU),
        ];
        return [.. collectors.Select(FaultOf)];

        NotFiniteException FaultOf(IRolloutCollector collector) =>
            Assert.Throws<NotFiniteException>(() => collector.Collect(parameters, tasks, 3, RandomStream.FromSeed(1)));
    }

    /// <summary>
    /// A robot that stays. Where a column is above 0.9, the reward of its second step or the state after its first is not finite.
    /// </summary>
    private readonly struct Faulty : IEnvironment
    {
        public Faulty()
        {
        }

        public EnvironmentSpec Spec { get; } = new(
            State: [new("time", "1"), new("x", "m")], Observation: [new("x", "m")], Action: [new("a", "m", -1, 1)],
            Task: [new("reward_fault", "1", 0, 1), new("state_fault", "1", 0, 1)], Horizon: 5);

        public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T> =>
            (state[0], state[1]) = (T.Of(0), T.Of(0));

        public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T>
        {
            Mask<T> isSecond = state[0] > T.Of(0.5);
            state[0] += T.Of(1);
            state[1] = (task[1] > T.Of(0.9)).Select(T.Of(double.NaN), T.Of(0));
            T reward = (task[0] > T.Of(0.9)).Select(isSecond.Select(T.Of(double.NaN), action[0]), action[0]);
            return new(reward, Mask<T>.None);
        }

        public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T> =>
            observation[0] = state[1];
    }
}

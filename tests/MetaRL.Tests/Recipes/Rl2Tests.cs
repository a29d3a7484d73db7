using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>A recurrent policy that learns within a trial.</summary>
public class Rl2Tests
{
    private static readonly TaskFamily Family =
        TaskFamily.Of("two-armed-bandit", new Bandit(), TaskDistributions.Grid(2, new Coordinate("better_arm", "1", -1, 1)));

    private static readonly MetaTrainingConfig Config = ExperimentTests.Small with
    {
        Algorithm = new Rl2(), Network = PolicyNetwork.Gru, Activation = Activation.Tanh, HiddenSizes = [16],
        InnerSteps = 1, MetaBatchSize = 10, TrajectoriesPerTask = 10, ActionUnit = 1, InitialStd = 0.5,
        Iterations = 50, ValidationEvery = 50, ValidationTasks = 20, ValidationTrajectories = 20,
        Optimiser = new AdamOptions { Epochs = 5, LearningRate = 1e-2, MaximumGradientNorm = 1 },
    };

    /// <summary>
    /// The rewards of the two tasks are opposite numbers, so a policy that does not remember gets zero on average over both. The most
    /// that a policy can get in an episode of which it knows the task is its length.
    /// </summary>
    [Fact]
    public void A_trained_memory_solves_the_two_armed_bandit_that_no_memoryless_policy_can()
    {
        using var experiment = new Experiment(Config, CPU, threads: 2, family: Family);
        using var trainer = new MetaTrainer<SampleBatch>(experiment);
        IReadOnlyList<StepScores> scores = [];
        trainer.Run(report => scores = report.Validation ?? scores, CancellationToken.None);
        Assert.True(scores[0].Mean > 0.4 * Bandit.Horizon, $"first episode: {scores[0].Mean}");
        Assert.True(scores[1].Mean > 0.9 * Bandit.Horizon, $"second episode: {scores[1].Mean}");
        Assert.True(scores[1].Mean > scores[0].Mean);
        TensorScope.Free(() =>
        {
            AdaptationData trial = experiment.Sampler.Sample(trainer.Meta, Family.TestTasks, 2, 5, experiment.Seed);
            Assert.Equal(0, (trial.Parameters[2] - trial.Parameters[0]).abs().max().item<float>());
        });
    }

    /// <summary>The policy is asked once more for its means, in one pass over the trial instead of step by step.</summary>
    [Fact]
    public void A_joined_trial_is_the_sequence_that_was_acted_with_the_last_action_and_reward_in_each_observation()
    {
        using DisposeScope scope = NewDisposeScope();
        var experiment = new Experiment(Config with { TrajectoriesPerTask = 3 }, CPU, threads: 1, family: Family);
        Tensor meta = experiment.CreateInitialMeta();
        SampleBatch trial = Assert.Single(experiment.Sample(meta, iteration: 0).Batches);
        const int Steps = 2 * Bandit.Horizon;
        Assert.Equal(3 * Steps, trial.SampleCount);
        Assert.Equal(Enumerable.Range(0, Steps).Select(t => (float)t), trial.TimeSteps[0].narrow(0, 0, Steps).data<float>());
        Tensor parameters = experiment.Sampler.Sample(meta, Family.Tasks.Sample(experiment.Seed, 10), 0, 1, experiment.Seed).Parameters[0];
        Tensor means = experiment.Policy.Distribution(parameters, trial.Observations, trial.TimeStepsOrPadding()).Mean;
        Assert.True((means - trial.Sampler.Mean).abs().max().item<float>() < 1e-6);
        Tensor seen = trial.Observations[0].narrow(0, 0, Steps);
        Assert.Equal(0, seen[0].abs().sum().item<float>());
        Tensor later = seen.narrow(0, 1, Steps - 1);
        Assert.Equal(0, (later.narrow(1, 2, 2) - trial.Actions[0].narrow(0, 0, Steps - 1)).abs().max().item<float>());
        Assert.Equal(0, (later.select(1, 4) - trial.Rewards[0].narrow(0, 0, Steps - 1)).abs().max().item<float>());
        float[] ended = [.. seen.select(1, 5).data<float>()];
        Assert.Equal(Enumerable.Range(0, Steps).Select(t => t == Bandit.Horizon ? 1f : 0f), ended);
    }

    /// <summary>The first action chooses an arm by its sign. The other action and both observations mean nothing.</summary>
    private readonly struct Bandit : IEnvironment
    {
        public const int Horizon = 5;

        public EnvironmentSpec Spec { get; } = new(
            State: [new("nothing", "1")],
            Observation: [new("nothing", "1"), new("nothing too", "1")],
            Action: [new("arm", "1", -1, 1), new("unused", "1", -1, 1)],
            Task: [new("better_arm", "1", -1, 1)],
            Horizon);

        public Bandit()
        {
        }

        public void Reset<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> uniforms, Span<T> state) where T : struct, IReal<T> =>
            state[0] = T.Of(0);

        public Transition<T> Step<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> action, Span<T> state) where T : struct, IReal<T> =>
            new(task[0] * Real.Clamp(action[0], T.Of(-1), T.Of(1)), Mask<T>.None);

        public void Observe<T>(ReadOnlySpan<T> task, ReadOnlySpan<T> state, Span<T> observation) where T : struct, IReal<T> =>
            observation.Fill(T.Of(0));
    }
}

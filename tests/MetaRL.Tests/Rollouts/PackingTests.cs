using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// The goals are a few steps away, so episodes end at different times. The samples must equal those of a plain loop over
/// trajectories.
/// </summary>
public class PackingTests
{
    private const int Trajectories = 6;
    private const double Discount = 0.9, Lambda = 0.8, ActionUnit = 0.1;
    private static readonly TaskBatch Tasks = SmallProblem.RaggedGoals;

    [Fact]
    public void Samples_are_the_steps_before_each_episodes_end_with_weights_that_sum_to_one()
    {
        using DisposeScope scope = NewDisposeScope();
        Rollouts rollouts = Collect();
        double[,] weights = Matrix(rollouts.Samples.Weights);
        List<List<float[]>>[] episodes = [.. Enumerable.Range(0, Tasks.Count).Select(task => Episodes(rollouts.Samples, task))];
        Assert.Contains(episodes[0], episode => episode.Count < 100);
        Assert.Equal(rollouts.LiveSteps, episodes.Sum(task => task.Sum(episode => episode.Count)));
        for (int task = 0; task < Tasks.Count; task++)
        {
            int samples = episodes[task].Sum(episode => episode.Count);
            Assert.Equal(Trajectories, episodes[task].Count);
            for (int i = 0; i < weights.GetLength(1); i++)
                Assert.Equal(i < samples ? 1.0 / samples : 0, weights[task, i], 7);
        }
    }

    [Fact]
    public void Returns_and_advantages_are_those_of_a_loop_over_trajectories()
    {
        using DisposeScope scope = NewDisposeScope();
        Rollouts rollouts = Collect();
        double[,] advantages = Matrix(rollouts.Samples.Advantages);
        for (int task = 0; task < Tasks.Count; task++)
        {
            List<List<float[]>> episodes = Episodes(rollouts.Samples, task);
            double[][] rewards = [.. episodes.Select(episode => episode.Select(step => Reward(step, task)).ToArray())];
            for (int b = 0; b < Trajectories; b++) Assert.Equal(rewards[b].Sum(), rollouts.Returns[task][b], tolerance: 1e-4);
            double[] expected = [.. Expected(episodes, rewards)];
            for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], advantages[task, i], tolerance: 2e-3);
        }
    }

    [Fact]
    public void Rewards_and_time_steps_are_those_of_each_step_of_an_episode_and_zero_for_padding()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch samples = Collect().Samples;
        double[,] rewards = Matrix(samples.Rewards), timeSteps = Matrix(samples.TimeSteps), weights = Matrix(samples.Weights);
        Assert.Contains(0, weights.Cast<double>());
        for (int task = 0; task < Tasks.Count; task++)
        {
            int sample = 0;
            foreach (List<float[]> episode in Episodes(samples, task))
            {
                for (int t = 0; t < episode.Count; t++, sample++)
                {
                    Assert.Equal(t, timeSteps[task, sample]);
                    Assert.Equal(Reward(episode[t], task), rewards[task, sample], tolerance: 1e-6);
                }
            }
            for (; sample < weights.GetLength(1); sample++) Assert.Equal([0, 0], [timeSteps[task, sample], rewards[task, sample]]);
        }
    }

    [Fact]
    public void Rewards_and_time_steps_go_with_their_samples()
    {
        using DisposeScope scope = NewDisposeScope();
        SampleBatch samples = Collect().Samples, some = samples.Tasks(1, 2).To(float64, CPU), thin = some.Thinned(3);
        Assert.Equal(Matrix(samples.Rewards.narrow(0, 1, 2)), Matrix(some.Rewards.to(float32)));
        Assert.Equal(Matrix(samples.TimeSteps.narrow(0, 1, 2)), Matrix(some.TimeSteps.to(float32)));
        Assert.Equal(thin.Observations.shape[..2], thin.TimeSteps.shape);
        Assert.Equal(thin.Rewards.shape, thin.TimeSteps.shape);
        Assert.All([samples.Rewards, samples.TimeSteps], values => Assert.Contains(samples.Tensors, held => ReferenceEquals(held, values)));
    }

    // By the definitions: regression on the features by normal equations, then the sum over later residuals.
    private static IEnumerable<double> Expected(List<List<float[]>> episodes, double[][] rewards)
    {
        var rows = new List<double[]>();
        var returns = new List<double>();
        foreach ((List<float[]> episode, double[] earned) in episodes.Zip(rewards))
        {
            for (int t = 0; t < episode.Count; t++)
            {
                double x = episode[t][0], y = episode[t][1], s = t / 100.0;
                rows.Add([x, y, x * x, y * y, s, s * s, s * s * s, 1]);
                returns.Add(Enumerable.Range(t, earned.Length - t).Sum(later => Math.Pow(Discount, later - t) * earned[later]));
            }
        }
        var features = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowArrays(rows);
        var ridge = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseIdentity(8) * 1e-5;
        var fitted = features * (features.TransposeThisAndMultiply(features) + ridge).Solve(
            features.TransposeThisAndMultiply(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfEnumerable(returns)));
        int first = 0;
        foreach (double[] earned in rewards)
        {
            double Residual(int t) => earned[t] + (t + 1 < earned.Length ? Discount * fitted[first + t + 1] : 0) - fitted[first + t];
            for (int t = 0; t < earned.Length; t++)
                yield return Enumerable.Range(t, earned.Length - t).Sum(later => Math.Pow(Discount * Lambda, later - t) * Residual(later));
            first += earned.Length;
        }
    }

    private static double Reward(float[] step, int task)
    {
        double x = step[0] + Math.Clamp(ActionUnit * step[2], -0.1, 0.1), y = step[1] + Math.Clamp(ActionUnit * step[3], -0.1, 0.1);
        return -Math.Sqrt(Math.Pow(x - Tasks[task, 0], 2) + Math.Pow(y - Tasks[task, 1], 2));
    }

    // Every episode starts at the origin, which a step with noise never comes back to exactly.
    private static List<List<float[]>> Episodes(SampleBatch batch, int task)
    {
        var episodes = new List<List<float[]>>();
        float[] observations = batch.Observations[task].contiguous().data<float>().ToArray();
        float[] actions = batch.Actions[task].contiguous().data<float>().ToArray();
        double[,] weights = Matrix(batch.Weights);
        for (int i = 0; i < weights.GetLength(1) && weights[task, i] > 0; i++)
        {
            float[] step = [observations[2 * i], observations[2 * i + 1], actions[2 * i], actions[2 * i + 1]];
            if (step[0] == 0 && step[1] == 0) episodes.Add([]);
            episodes[^1].Add(step);
        }
        return episodes;
    }

    private static double[,] Matrix(Tensor values)
    {
        float[] flat = values.data<float>().ToArray();
        var matrix = new double[values.shape[0], values.shape[1]];
        for (int i = 0; i < flat.Length; i++) matrix[i / matrix.GetLength(1), i % matrix.GetLength(1)] = flat[i];
        return matrix;
    }

    private static Rollouts Collect()
    {
        var experiment = new Experiment(
            ExperimentTests.Small with
            {
                TrajectoriesPerTask = Trajectories, Discount = Discount, GaeLambda = Lambda, ActionUnit = ActionUnit,
                NormaliseAdvantages = false, InitialStd = 0.15,
            }, CPU, threads: 1);
        return experiment.Sampler.Sample(experiment.CreateInitialMeta(), Tasks, 0, Trajectories, experiment.Seed).Batches[0];
    }
}

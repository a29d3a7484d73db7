using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples on a torch device, with simulation, noise, baseline and advantages in tensors. Only the returns and lengths of the
/// episodes, the explained variance and the first numbers that are not finite are read back, once, after the last step.
/// </summary>
public sealed class TensorCollector(TaskFamily family, GaussianPolicy policy, CollectorOptions options, Device device) : IRolloutCollector
{
    /// <inheritdoc/>
    public Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream,
        bool deterministic = false, bool keepTrajectories = false, Past? past = null)
    {
        using IDisposable withoutGraph = no_grad();
        return TensorScope.Run(() =>
        {
            using var simulator = new TensorSimulator(family, tasks, trajectories, device);
            simulator.Reset(stream);
            var states = new List<Tensor>();
            Tensor noise = Noise(tasks.Count, trajectories, stream) * Number(deterministic ? 0 : 1);
            void KeepStates()
            {
                if (keepTrajectories) states.Add(simulator.States.t());
            }
            Past before = past ?? Past.None(policy, tasks.Count, trajectories, device);
            (TensorEpisodes episodes, Past after) = TensorEpisodes.Sample(
                simulator, policy, parameters.expand(tasks.Count, -1), noise, options, before, KeepStates);
            (Tensor advantages, Tensor explained) = episodes.Estimate(options);
            Tensor varianceOfEach = explained.unsqueeze(1).expand(-1, trajectories);
            Tensor read = stack([episodes.Returns, episodes.Lengths.to(float64), varianceOfEach, .. episodes.Faults]).cpu();
            double[][][] parts = [.. read.data<double>().ToArray().Chunk(trajectories).Chunk(tasks.Count)];
            (double[][] returns, double[][] lengths, double[][] variances) = (parts[0], parts[1], parts[2]);
            RequireFinite(parts[3], parts[4], parts[5]);
            SampleBatch samples = episodes.Pack(advantages, (long)lengths.Max(task => task.Sum()));
            return new Rollouts(returns, (long)lengths.Sum(task => task.Sum()), samples)
            {
                ExplainedVariance = Rollouts.MeanOfFinite(variances.Select(task => task[0])),
                Before = options.JoinsEpisodes ? before : null,
                After = options.JoinsEpisodes ? after.AtEnd() : null,
                Episodes = options.JoinsEpisodes ? episodes : null,
                StepsOfTasks = options.JoinsEpisodes ? [.. lengths.Select(task => (long)task.Sum())] : [],
                Trajectories = keepTrajectories ? Trajectories(episodes, stack(states, dim: 1), simulator.Terminated, lengths) : [],
            };
        });
    }

    // Each argument: [N][B], the first time steps at which the numbers of the episodes are not finite.
    private void RequireFinite(double[][] observations, double[][] actions, double[][] rewards)
    {
        for (int task = 0; task < observations.Length; task++)
        {
            for (int trajectory = 0; trajectory < observations[task].Length; trajectory++)
            {
                int observation = (int)observations[task][trajectory];
                int action = (int)actions[task][trajectory];
                int reward = (int)rewards[task][trajectory];
                new FirstFaults(observation, action, reward).RequireNone(task, family.Spec.Horizon);
            }
        }
    }

    // The same draws as in the other collector: a stream for each task, and an index for each pair of action coordinates.
    // [T, N, B, act]
    internal Tensor Noise(int tasks, int trajectories, RandomStream stream) => TensorScope.Run(() =>
    {
        int horizon = family.Spec.Horizon, actions = family.Spec.Action.Count, pairs = (actions + 1) / 2;
        Tensor Range(int count) => Indices(count, int64, device);
        Tensor step = (Range(trajectories).view(1, 1, -1, 1) * Number(horizon)).Plus(Range(horizon).view(-1, 1, 1, 1));
        Tensor keys = TensorStream.Keys(stream, "noise", tasks, device).view(1, -1, 1, 1);
        Tensor draws = TensorStream.NormalPair(keys, (step * Number(pairs)).Plus(Range(pairs)));
        return draws.flatten(3, 4).narrow(3, 0, actions);
    });

    /// <param name="states">[E, T + 1, state]</param>
    /// <param name="terminated">[E]</param>
    /// <param name="lengths">[N][B]</param>
    private IReadOnlyList<IReadOnlyList<Trajectory>> Trajectories(
        TensorEpisodes episodes, Tensor states, Tensor terminated, double[][] lengths)
    {
        int horizon = family.Spec.Horizon, size = family.Spec.State.Count, trajectories = lengths[0].Length;
        float[] state = states.cpu().contiguous().data<float>().ToArray();
        float[] reward = episodes.Rewards.cpu().contiguous().data<float>().ToArray();
        bool[] isTerminated = terminated.cpu().data<bool>().ToArray();
        return [.. lengths.Select(OfTask)];

        IReadOnlyList<Trajectory> OfTask(double[] ofEpisodes, int task) =>
            [.. ofEpisodes.Select((length, b) => One(task * trajectories + b, (int)length))];

        Trajectory One(int episode, int length)
        {
            int firstState = episode * (horizon + 1) * size, firstReward = episode * horizon;
            float[] ownStates = state[firstState..(firstState + (length + 1) * size)];
            return new Trajectory(size, ownStates, reward[firstReward..(firstReward + length)], isTerminated[episode]);
        }
    }
}

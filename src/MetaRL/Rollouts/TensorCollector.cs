using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>
/// Samples on a torch device: simulation, noise, baseline and advantages in tensors. Of a batch only the returns and
/// lengths of its episodes, how well the baseline does and whether the numbers are finite are read back, once, after the last step.
/// </summary>
public sealed class TensorCollector(TaskFamily family, GaussianMlp policy, CollectorOptions options, Device device) : IRolloutCollector
{
    /// <inheritdoc/>
    public Rollouts Collect(
        Tensor parameters, TaskBatch tasks, int trajectories, RandomStream stream, bool deterministic = false, bool keepTrajectories = false)
    {
        using IDisposable withoutGraph = no_grad();
        return TensorScope.Run(() =>
        {
            using var simulator = new TensorSimulator(family, tasks, trajectories, device);
            simulator.Reset(stream);
            var states = new List<Tensor>();
            Tensor noise = Noise(tasks.Count, trajectories, stream) * Number(deterministic ? 0 : 1);
            TensorEpisodes episodes = TensorEpisodes.Sample(
                simulator, policy, parameters.expand(tasks.Count, -1), noise, options.ActionUnit, () => { if (keepTrajectories) states.Add(simulator.States.t()); });
            (Tensor advantages, Tensor explained) = episodes.Estimate(options);
            Tensor read = stack([episodes.Returns, episodes.Lengths.to(float64), explained.unsqueeze(1).expand(-1, trajectories), .. episodes.Faults]).cpu();
            double[][][] parts = [.. read.data<double>().ToArray().Chunk(trajectories).Chunk(tasks.Count)];
            (double[][] returns, double[][] lengths, double[][] variances) = (parts[0], parts[1], parts[2]);
            for (int episode = 0; episode < tasks.Count * trajectories; episode++)
            {
                (int task, int trajectory) = Math.DivRem(episode, trajectories);
                new FirstFaults((int)parts[3][task][trajectory], (int)parts[4][task][trajectory], (int)parts[5][task][trajectory])
                    .RequireNone(task, family.Spec.Horizon);
            }
            SampleBatch samples = episodes.Pack(advantages, (long)lengths.Max(task => task.Sum()));
            return new Rollouts(returns, (long)lengths.Sum(task => task.Sum()), samples)
            {
                ExplainedVariance = Rollouts.MeanOfFinite(variances.Select(task => task[0])),
                Trajectories = keepTrajectories ? Trajectories(episodes, stack(states, dim: 1), simulator.Terminated, lengths) : [],
            };
        });
    }

    // The draws of the other collector: a stream per task, a pair of actions' coordinates per index. [T, N, B, act]
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
    private IReadOnlyList<IReadOnlyList<Trajectory>> Trajectories(TensorEpisodes episodes, Tensor states, Tensor terminated, double[][] lengths)
    {
        int horizon = family.Spec.Horizon, size = family.Spec.State.Count, trajectories = lengths[0].Length;
        float[] state = states.cpu().contiguous().data<float>().ToArray(), reward = episodes.Rewards.cpu().contiguous().data<float>().ToArray();
        bool[] isTerminated = terminated.cpu().data<bool>().ToArray();
        return [.. lengths.Select((task, n) => (IReadOnlyList<Trajectory>)[.. task.Select((length, b) => One((n * trajectories) + b, (int)length))])];

        Trajectory One(int episode, int length)
        {
            int firstState = episode * (horizon + 1) * size, firstReward = episode * horizon;
            return new Trajectory(size, state[firstState..(firstState + (length + 1) * size)], reward[firstReward..(firstReward + length)], isTerminated[episode]);
        }
    }
}

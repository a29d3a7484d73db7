using System.Diagnostics;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>Speed of whole rollouts on one thread: policy, noise, environment steps and recording.</summary>
/// <param name="StepsPerSecond">Live environment steps, each group of tasks at the fastest of some repetitions</param>
/// <param name="Gflops">The policy's multiply-adds at live steps alone, GFLOP/s</param>
/// <param name="PeakGflops">Multiply-add peak of one thread, measured between the repetitions</param>
public sealed record RolloutSpeed(double StepsPerSecond, double Gflops, double PeakGflops)
{
    private const int Tasks = 40, Trajectories = 20, TasksPerGroup = 10, Repetitions = 40;

    /// <param name="isShared">All tasks act by the same parameters, as before adaptation; else each by its own.</param>
    public static RolloutSpeed Measure(MetaTrainingConfig config, bool isShared)
    {
        TaskFamily family = TaskFamilies.ByName[config.Environment];
        GaussianMlp policy = Experiment.PolicyOf(config);
        RandomStream seed = RandomStream.FromSeed(1);
        float[][] parameters = [.. Enumerable.Range(0, Tasks).Select(task => policy.Initialise(seed.Stream("policy", isShared ? 0 : task), config.InitialStd))];
        var episodes = new EpisodeBatch(family.Spec, Tasks, Trajectories);
        var sampler = new RolloutSampler(family.Spec, policy, config.Resolved().ActionUnit);
        using BatchSimulator simulator = family.CreateSimulator(family.Tasks.Sample(seed, Tasks), Trajectories);
        int group = isShared ? TasksPerGroup : 1;
        var fastest = new double[Tasks];
        double peak = 0;
        for (int repetition = 0; repetition <= Repetitions; repetition++)
        {
            if (repetition % 10 == 0) peak = Math.Max(peak, MachineProbe.PeakGflops(threads: 1));
            for (int task = 0; task < Tasks; task += group)
            {
                var clock = Stopwatch.StartNew();
                sampler.Sample(simulator, task, task + group, parameters[task], seed, deterministic: false, episodes);
                fastest[task] = Math.Min(repetition == 0 ? double.PositiveInfinity : fastest[task], clock.Elapsed.TotalSeconds);
            }
        }
        double rate = episodes.Lengths.Sum() / fastest.Sum();
        return new RolloutSpeed(rate, rate * IterationCost.ForwardFlop(policy) / 1e9, peak);
    }
}

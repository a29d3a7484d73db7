using System.Diagnostics;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL;

/// <summary>The speed of whole rollouts on one thread: policy, noise, environment steps and recording.</summary>
/// <param name="StepsPerSecond">The live environment steps per second in the fastest repetition of each group of tasks</param>
/// <param name="Gflops">The policy's multiply-adds at live steps alone, GFLOP/s</param>
/// <param name="PeakGflops">The multiply-add peak of one thread, measured between the repetitions</param>
public sealed record RolloutSpeed(double StepsPerSecond, double Gflops, double PeakGflops)
{
    private const int Tasks = 40, Trajectories = 20, TasksPerGroup = 10, Repetitions = 40;

    /// <param name="isShared">Whether all tasks share their parameters, as before adaptation; otherwise each has its own.</param>
    public static RolloutSpeed Measure(MetaTrainingConfig config, bool isShared)
    {
        TaskFamily family = TaskFamilies.ByName[config.Environment];
        GaussianMlp policy = Experiment.MlpOf(config);
        RandomStream seed = RandomStream.FromSeed(1);
        float[] Initial(int task) => policy.Initialise(seed.Stream("policy", isShared ? 0 : task), config.InitialStd);
        float[][] parameters = [.. Enumerable.Range(0, Tasks).Select(Initial)];
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

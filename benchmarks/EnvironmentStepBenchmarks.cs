using BenchmarkDotNet.Attributes;
using MamlRobotics.Envs;

namespace MamlRobotics.Benchmarks;

/// <summary>
/// Nanoseconds per environment step on one thread through the public simulator. It steps 4,096 environments with automatic resets, reads
/// actions from the buffers and writes observations, rewards and flags.
/// </summary>
[MemoryDiagnoser]
public class EnvironmentStepBenchmarks
{
    private const int Tasks = 32, Trajectories = 128, Steps = 100;
    private BatchSimulator? simulator;

    [Params("maml-nav", "promp-momentum", "dmc-point-mass", "arm-goals", "dmc-reacher-easy", "acrobot")]
    public string Family { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        TaskFamily family = TaskFamilies.ByName[Family];
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), Tasks);
        simulator = family.CreateSimulator(tasks, Trajectories, new SimulatorOptions(AutoReset: true));
        simulator.Reset(RandomStream.FromSeed(2));
        for (int i = 0; i < family.Spec.Action.Count; i++)
        {
            Span<float> actions = simulator.Action(i);
            RandomStream stream = RandomStream.FromSeed(3).Stream("action", i);
            for (int column = 0; column < actions.Length; column++)
                actions[column] = (float)(Math.Min(family.Spec.Action[i].High, 1) * (2 * stream.Uniform(column) - 1));
        }
    }

    [GlobalCleanup]
    public void Release() => simulator?.Dispose();

    [Benchmark(OperationsPerInvoke = Tasks * Trajectories * Steps)]
    public float Step()
    {
        float sum = 0;
        for (int t = 0; t < Steps; t++)
        {
            simulator!.Step();
            sum += simulator.Rewards[t];
        }
        return sum;
    }
}

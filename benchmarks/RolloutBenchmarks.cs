using BenchmarkDotNet.Attributes;
using MamlRobotics.Envs;
using MamlRobotics.MetaRL;
using TorchSharp;

namespace MamlRobotics.Benchmarks;

/// <summary>
/// Nanoseconds per environment step when episodes are sampled for learning on one thread. This includes policy, noise, step, recording,
/// advantages and packing.
/// </summary>
[MemoryDiagnoser]
public class RolloutBenchmarks
{
    private const int Tasks = 40, Trajectories = 20;

    private static readonly MetaTrainingConfig Config = IterationSize.Paper with
    {
        MetaBatchSize = Tasks, TrajectoriesPerTask = Trajectories,
    };

    private FusedCollector? collector;
    private TaskBatch? tasks;
    private torch.Tensor? parameters;

    [Params("shared", "adapted")]
    public string Parameters { get; set; } = "";

    [GlobalSetup]
    public void Prepare()
    {
        using var experiment = new Experiment(Config, torch.CPU, threads: 1);
        var options = new CollectorOptions(Config.ActionUnit, Config.Discount, Config.GaeLambda, Config.NormaliseAdvantages);
        collector = new FusedCollector(experiment.Family, Experiment.MlpOf(Config), options, threads: 1);
        tasks = experiment.Family.Tasks.Sample(RandomStream.FromSeed(1), Tasks);
        parameters = experiment.Layout.Theta(experiment.CreateInitialMeta()).expand(Parameters == "shared" ? 1 : Tasks, -1);
    }

    // Few untrained policies reach a goal, so nearly every episode goes to the horizon.
    [Benchmark(OperationsPerInvoke = Tasks * Trajectories * 100)]
    public long Collect() => TensorScope.Free(() =>
        collector!.Collect(parameters!, tasks!, Trajectories, RandomStream.FromSeed(2)).LiveSteps);
}

using System.Runtime.InteropServices;
using MamlRobotics.Envs;
using MamlRobotics.Policies;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Simulation and sampling on the meta device: they stay on it, and read nothing back before a batch is done.</summary>
[Collection(MetaDevice.Name)]
public sealed class RolloutsWithoutDataTests
{
    private const int Tasks = 3, Trajectories = 4;

    [Theory]
    [MemberData(nameof(TensorSimulatorTests.Families), MemberType = typeof(TensorSimulatorTests))]
    public void Every_preset_steps_on_its_device(string name)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        foreach (bool autoReset in new[] { false, true }) MetaDevice.Compare(device => Steps(family, autoReset, device));
    }

    [Theory]
    [MemberData(nameof(TensorCollectorTests.Families), MemberType = typeof(TensorCollectorTests))]
    public void Episodes_become_samples_on_their_device(string name, bool normalise)
    {
        TaskFamily family = TaskFamilies.ByName[name];
        MetaDevice.Compare(device => Samples(family, normalise, device).Tensors);
    }

    [Fact]
    public void What_is_reported_of_a_batch_is_on_its_device() => MetaDevice.Compare(device =>
    {
        TensorEpisodes episodes = Episodes(TaskFamilies.ByName["promp-momentum"], device);
        return [episodes.Returns, episodes.Lengths, episodes.Rewards, episodes.Live];
    });

    [Fact]
    public void A_batch_is_read_back_in_the_end()
    {
        using DisposeScope scope = NewDisposeScope();
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        GaussianMlp policy = PolicyOf(family);
        var collector = new TensorCollector(family, policy, Options(normalise: true), META);
        Tensor parameters = zeros(1, policy.Layout.Count, device: META);
        RandomStream stream = RandomStream.FromSeed(2);
        var problem = Assert.Throws<ExternalException>(() => collector.Collect(parameters, TasksOf(family), Trajectories, stream));
        Assert.Contains("Cannot copy out of meta tensor", problem.Message);
    }

    /// <summary>As many samples as there are steps to the horizon, in episodes of a policy of zeros.</summary>
    private static SampleBatch Samples(TaskFamily family, bool normalise, Device device)
    {
        using IDisposable withoutGraph = no_grad();
        TensorEpisodes episodes = Episodes(family, device);
        return episodes.Pack(episodes.Estimate(Options(normalise)).Advantages, Trajectories * family.Spec.Horizon);
    }

    private static TensorEpisodes Episodes(TaskFamily family, Device device)
    {
        GaussianMlp policy = PolicyOf(family);
        var collector = new TensorCollector(family, policy, Options(normalise: false), device);
        using TensorSimulator simulator = Simulator(family, autoReset: false, device);
        Tensor parameters = zeros(Tasks, policy.Layout.Count, device: device);
        Tensor noise = collector.Noise(Tasks, Trajectories, RandomStream.FromSeed(3));
        Past past = Past.None(policy, Tasks, Trajectories, device);
        return TensorEpisodes.Sample(simulator, policy, parameters, noise, Options(normalise: false), past, afterStep: () => { }).Episodes;
    }

    private static IEnumerable<Tensor> Steps(TaskFamily family, bool autoReset, Device device)
    {
        using TensorSimulator simulator = Simulator(family, autoReset, device);
        for (int step = 0; step < 2; step++) simulator.Step(zeros(family.Spec.Action.Count, simulator.Count, device: device));
        Tensor[] results =
        [
            simulator.States, simulator.Observations, simulator.FinalObservations, simulator.Rewards, simulator.Live, simulator.Terminated,
            simulator.Truncated,
        ];
        return [.. results.Select(result => result.clone())];
    }

    private static TensorSimulator Simulator(TaskFamily family, bool autoReset, Device device)
    {
        var simulator = new TensorSimulator(family, TasksOf(family), Trajectories, device, autoReset, drawsOnDevice: true);
        simulator.Reset(RandomStream.FromSeed(2));
        return simulator;
    }

    private static TaskBatch TasksOf(TaskFamily family) => family.Tasks.Sample(RandomStream.FromSeed(1), Tasks);

    private static GaussianMlp PolicyOf(TaskFamily family) =>
        new(family.Spec.Observation.Count, family.Spec.Action.Count, [6, 5], Activation.Tanh, minStd: 1e-6);

    private static CollectorOptions Options(bool normalise) => new(ActionUnit: 0.1, Discount: 0.99, GaeLambda: 0.97, normalise);
}

using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>Simulation, sampling and learning on a CUDA device, against the CPU.</summary>
public sealed class DeviceTests
{
    [CudaTheory]
    [MemberData(nameof(TensorSimulatorTests.Families), MemberType = typeof(TensorSimulatorTests))]
    public void Every_preset_keeps_the_contract(string family) => EnvironmentContract.Check(
        TaskFamilies.ByName[family],
        (of, tasks, count, autoReset) => new TensorSubject(of, tasks, count, autoReset, CUDA, drawsOnDevice: true));

    [CudaTheory]
    [MemberData(nameof(TensorCollectorTests.Families), MemberType = typeof(TensorCollectorTests))]
    public void Its_rollouts_are_those_of_the_cpu(string family, bool normalise) => TensorCollectorTests.Compare(family, normalise, CUDA);

    [CudaFact]
    public void An_outer_step_goes_the_way_of_the_cpus() => Assert.Equal(1, TensorLearningTests.CosineOfOneStep(CUDA), tolerance: 1e-3);

    [CudaFact]
    public void The_learning_curve_is_that_of_the_cpu() => TensorLearningTests.Compare(CUDA);

    [CudaFact]
    public void Two_trainings_are_the_same_to_the_last_bit() =>
        Assert.Equal(
            TensorLearningTests.Train(TensorLearningTests.Config, CUDA, inTensors: true).Meta,
            TensorLearningTests.Train(TensorLearningTests.Config, CUDA, inTensors: true).Meta);
}

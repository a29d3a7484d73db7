using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

public class TensorSimulatorTests
{
    public static IEnumerable<object[]> Families => TaskFamilies.ByName.Keys.Order().Select(family => new object[] { family });

    [Theory]
    [MemberData(nameof(Families))]
    public void Every_preset_keeps_the_contract_in_tensors(string family) => EnvironmentContract.Check(
        TaskFamilies.ByName[family], (of, tasks, count, autoReset) => new TensorSubject(of, tasks, count, autoReset, CPU));

    [Theory]
    [InlineData("gymnax-point")]
    [InlineData("promp-momentum")]
    [InlineData("acrobot")]
    public void Starts_drawn_in_tensors_keep_the_contract_too(string family) => EnvironmentContract.Check(
        TaskFamilies.ByName[family],
        (of, tasks, count, autoReset) => new TensorSubject(of, tasks, count, autoReset, CPU, drawsOnDevice: true));

    [Theory]
    [MemberData(nameof(Families))]
    public void The_dynamics_in_tensors_are_those_that_were_recorded(string family)
    {
        GoldenDynamics golden = GoldenFile.Read(Path.Combine(AppContext.BaseDirectory, "golden", family + ".safetensors"));
        Assert.Null(golden.FirstDeviation(
            (of, tasks, count, autoReset) => new TensorSubject(of, tasks, count, autoReset, CPU), tolerance: 2e-5));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Episodes_in_tensors_start_as_those_in_lanes(bool drawsInTensors)
    {
        TaskFamily family = TaskFamilies.ByName["promp-momentum"];
        TaskBatch tasks = family.Tasks.Sample(RandomStream.FromSeed(1), 3);
        IContractSubject lanes = new LaneSubject(family, tasks, 5, autoReset: true);
        IContractSubject tensors = new TensorSubject(family, tasks, 5, autoReset: true, CPU, drawsInTensors);
        lanes.Reset(RandomStream.FromSeed(2));
        tensors.Reset(RandomStream.FromSeed(2));
        Assert.Equal(lanes.States, tensors.States);
        double[][] still = [.. Enumerable.Range(0, 15).Select(_ => new double[family.Spec.Action.Count])], first = lanes.States;
        for (int t = 0; t < family.Spec.Horizon; t++)
        {
            lanes.Step(still);
            tensors.Step(still);
        }
        Assert.Equal(lanes.States, tensors.States);
        Assert.NotEqual(first, tensors.States);
    }

    [Fact]
    public void Steps_leave_no_tensor_behind()
    {
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        using var simulator = new TensorSimulator(family, family.Tasks.Sample(RandomStream.FromSeed(1), 2), 4, CPU, autoReset: true);
        simulator.Reset(RandomStream.FromSeed(1));
        using Tensor actions = zeros(2, 8);
        simulator.Step(actions);
        long before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (int t = 0; t < 150; t++) simulator.Step(actions);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }
}

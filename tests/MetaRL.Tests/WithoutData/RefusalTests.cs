using System.Runtime.InteropServices;
using MamlRobotics.Envs;

namespace MamlRobotics.MetaRL.Tests;

/// <summary>What the meta device refuses: the other tests on it show no more than this.</summary>
[Collection(MetaDevice.Name)]
public sealed class RefusalTests
{
    public static TheoryData<Action<Tensor>> Readings =>
    [
        numbers => numbers.cpu(), numbers => numbers.data<float>(), numbers => numbers[0].item<float>(), numbers => numbers[0].ReadNumber(),
        numbers => numbers.to(CPU), numbers => numbers.nonzero(), numbers => numbers.masked_select(numbers.gt(Number(0))),
    ];

    public static TheoryData<Func<Tensor, Tensor, Tensor>> Operators =>
    [
        (there, here) => there.Plus(here), (there, here) => here * there, (there, here) => there.maximum(here),
        (there, here) => there.Accumulate(here), (there, here) => there.sub_(here), (there, here) => there.dot(here),
        (there, here) => where(there.gt(Number(0)), there, here), (there, here) => where(here.gt(Number(0)), there, there),
        (there, here) => there.gt(Number(0)).logical_and(here.gt(Number(0))), (there, here) => there.index_select(0, here.to(int64)),
    ];

    [Theory]
    [MemberData(nameof(Readings), DisableDiscoveryEnumeration = true)]
    public void A_number_is_not_read_back(Action<Tensor> read)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor numbers = zeros(3, device: META);
        Assert.Throws<ExternalException>(() => read(numbers));
    }

    [Theory]
    [MemberData(nameof(Operators), DisableDiscoveryEnumeration = true)]
    public void Tensors_of_two_devices_do_not_mix(Func<Tensor, Tensor, Tensor> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor there = zeros(3, device: META), here = zeros(3, device: CPU);
        Assert.Equal(DeviceType.META, compute(there, there).device_type);
        Assert.ThrowsAny<SystemException>(() => compute(there, here).shape);
    }

    [Fact]
    public void A_tensor_needs_a_device()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Throws<ExternalException>(() => zeros(3));
        Assert.Throws<ExternalException>(() => tensor(new[] { 1f }));
    }

    [Fact]
    public void A_step_refuses_actions_of_the_cpu()
    {
        using DisposeScope scope = NewDisposeScope();
        TaskFamily family = TaskFamilies.ByName["maml-nav"];
        using var simulator = new TensorSimulator(family, family.Tasks.Sample(RandomStream.FromSeed(1), 2), 3, META);
        simulator.Reset(RandomStream.FromSeed(2));
        Assert.Contains("two devices", Assert.Throws<ExternalException>(() => simulator.Step(zeros(2, 6, device: CPU))).Message);
    }
}

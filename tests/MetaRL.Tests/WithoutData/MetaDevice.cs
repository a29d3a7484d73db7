namespace MamlRobotics.MetaRL.Tests;

/// <summary>
/// Tests on libtorch's meta device, whose tensors have a shape and a type but no numbers: it refuses to read one back. A tensor
/// that is made without saying where cannot be made while they run, for some operators there take tensors of the CPU.
/// </summary>
/// <remarks>The default device is the process's, so that no other test runs at the same time.</remarks>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MetaDevice : ICollectionFixture<MetaDevice>, IDisposable
{
    internal const string Name = "On the meta device";

    // libtorch's packages have no kernel for it.
    private static readonly Device Nowhere = new(DeviceType.XLA);

    public MetaDevice()
    {
        MetaKernels.Add();
        set_default_device(Nowhere);
    }

    public void Dispose() => set_default_device(CPU);

    /// <summary>Computes on both devices: on the meta device all stays there, and has the shapes and types of the CPU's.</summary>
    internal static void Compare(Func<Device, IEnumerable<Tensor>> compute)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] there = [.. compute(META)];
        Assert.All(there, tensor => Assert.Equal(DeviceType.META, tensor.device_type));
        Assert.Equal(compute(CPU).Select(Outline), there.Select(Outline));
    }

    private static string Outline(Tensor tensor) => $"{tensor.dtype} [{string.Join(", ", tensor.shape)}]";
}

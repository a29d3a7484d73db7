// libtorch's complaints arrive as exceptions with its own words and without its stack trace.
using System.Runtime.InteropServices;
using MamlRobotics.Tests.Support;

namespace TorchSharp.Compat.Tests;

public class ErrorTests
{
    [Fact]
    public void A_wrong_shape_gives_libtorchs_message_without_the_native_stack()
    {
        using DisposeScope scope = NewDisposeScope();
        ExternalException failure = Assert.Throws<ExternalException>(() => ones(2, 3).mm(ones(2, 3)));

        Assert.Equal("mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)", failure.Message);
    }

    [Fact]
    public void Boxed_and_in_place_calls_and_matmul_fail_alike()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor leaf = ones(2, requires_grad: true);

        Assert.Contains("shape '[4]' is invalid", Assert.Throws<ExternalException>(() => ones(3).view(4)).Message);
        Assert.Contains("in-place", Assert.Throws<ExternalException>(() => leaf.add_(1)).Message);
        Assert.Throws<ExternalException>(() => ones(2, 3).matmul(ones(2, 3)));
        Assert.Throws<ExternalException>(() => ones(2) + ones(3));
        Assert.Throws<ExternalException>(() => ones(2).size(1));
    }

    [Fact]
    public void A_disposed_tensor_is_refused_before_libtorch_sees_it()
    {
        Tensor gone = ones(2), here = ones(2);
        gone.Dispose();

        Assert.True(gone.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => gone.exp());
        Assert.Throws<InvalidOperationException>(() => here.addcmul(here, gone, 1));
        here.Dispose();
    }

    [FactWithoutCuda]
    public void A_device_that_this_machine_lacks_is_refused()
    {
        Assert.Throws<InvalidOperationException>(() => ones(2, device: new Device("cuda:0")));
        Assert.Throws<InvalidOperationException>(() => CUDA);
        Assert.Throws<ExternalException>(() => cuda.synchronize());
    }
}

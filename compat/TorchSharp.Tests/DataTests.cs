// Numbers go in and come out unchanged, in logical order, and only as the type that they have.
namespace TorchSharp.Compat.Tests;

public class DataTests
{
    [Fact]
    public void A_transposed_tensor_reads_in_its_own_order()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[,] { { 1, 2, 3 }, { 4, 5, 6 } }).t();
        Assert.False(x.is_contiguous());
        Assert.Equal([1, 4, 2, 5, 3, 6], x.data<int>().ToArray());
        Assert.Equal(5, x.data<int>()[1, 1]);
        Assert.Equal(5, x.data<int>()[3]);
        Assert.Equal(6, x.data<int>().Count);
        Assert.Equal(21, x.data<int>().Sum());

        var buffer = new int[4];
        x.data<int>().CopyTo(buffer.AsSpan(), arrayIndex: 1, tensorIndex: 2);
        Assert.Equal([0, 2, 5, 3], buffer);
        x.data<int>().CopyFrom([7, 8]);
        Assert.Equal([7, 8, 2, 5, 3, 6], x.data<int>().ToArray());
        Assert.Throws<IndexOutOfRangeException>(() => x.data<int>()[6]);
    }

    [Fact]
    public void A_wrong_element_type_is_refused_and_conversions_are_explicit()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(2.5);
        Assert.Equal("Single is not compatible with Float64", Assert.Throws<ArgumentException>(() => x.item<float>()).Message);
        Assert.Throws<ArgumentException>(() => x.data<float>());
        Assert.Throws<ArgumentException>(() => ones(2).item<float>());
        Assert.Equal(2.5, x.item<double>());
        Assert.Equal(2.5f, x.ToSingle());
        Assert.Equal(2L, x.ToInt64());
        Assert.Equal(2.5, (double)x);
        Assert.True(tensor(true).ToBoolean());
    }

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = zeros(2);
        byte[] ones = [0, 0, 128, 63, 0, 0, 128, 63];
        x.bytes = ones;
        Assert.Equal([1f, 1f], x.data<float>().ToArray());
        x.bytes[3] = 64;
        Assert.Equal(4f, x[0].item<float>());
        Assert.Throws<ArgumentException>(() => x.bytes = new byte[3]);
    }

    [Fact]
    public void Arrays_are_copied_with_their_shape()
    {
        using DisposeScope scope = NewDisposeScope();
        double[,] source = { { 1, 2 }, { 3, 4 } };
        Tensor x = tensor(source), y = tensor(new[] { 1.0, 2, 3, 4 }, [2, 2]);
        source[0, 0] = 9;
        Assert.Equal([1.0, 2, 3, 4], x.data<double>().ToArray());
        Assert.Equal([2, 2], y.shape);
        Assert.Throws<ArgumentException>(() => tensor(new[] { 1.0 }, [2, 2]));
    }

    [Fact]
    public void A_generator_repeats_itself_and_leaves_the_default_alone()
    {
        using DisposeScope scope = NewDisposeScope();
        using Generator first = new(7), second = new(7);
        manual_seed(1);
        Tensor expected = randn(3);
        manual_seed(1);
        Tensor a = randn([3], generator: first), b = randn([3], generator: second);

        Assert.True(a.Equals(b));
        Assert.False(a.Equals(randn([3], generator: first)));
        Assert.True(expected.Equals(randn(3)));
        Assert.Equal(7, first.initial_seed());
    }

    [Fact]
    public void Devices_are_named_as_in_Python()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(("cpu", "cuda", "cuda:1"), (CPU.ToString(), new Device("cuda").ToString(), new Device("cuda:1").ToString()));
        Assert.Equal((DeviceType.CUDA, 1), (new Device("cuda", 1).type, new Device("cuda", 1).index));
        Assert.Equal(DeviceType.CPU, ones(1).device_type);
        Assert.StartsWith("[2x3], type = Float32, device = cpu", ones(2, 3).ToString());
    }
}

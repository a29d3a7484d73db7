// Calls resolve to the overloads that they resolve to in the real package, traps included.
namespace TorchSharp.Compat.Tests;

public class OverloadTests
{
    [Fact]
    public void The_literal_zero_is_an_element_type_to_sum_and_prod()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[,] { { 1f, 2f }, { 3f, 4f } });
        Tensor trap = x.sum(0);

        Assert.Equal((0, ScalarType.Byte), (trap.Dimensions, trap.dtype));
        Assert.Equal(ScalarType.Byte, x.prod(0).dtype);
        Assert.Equal([4f, 6f], x.sum([0]).data<float>().ToArray());
        Assert.Equal([4f, 6f], x.sum(dim: 0).data<float>().ToArray());
        Assert.Equal([3f, 7f], x.sum(1).data<float>().ToArray());
        Assert.Equal([2f, 2f], (x.var(0) - 0f).data<float>().ToArray());
    }

    [Fact]
    public void The_element_type_of_a_tensor_follows_the_argument()
    {
        using DisposeScope scope = NewDisposeScope();
        Assert.Equal(ScalarType.Float64, tensor(new[] { 1.0 }).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1f }).dtype);
        Assert.Equal(ScalarType.Int32, tensor(new[] { 1 }).dtype);
        Assert.Equal(ScalarType.Int64, tensor(new[] { 1L }).dtype);
        Assert.Equal(ScalarType.Bool, tensor(new[] { true }).dtype);
        Assert.Equal(ScalarType.Float64, tensor([1.0, 2.0]).dtype);
        Assert.Equal(ScalarType.Int32, tensor([1, 2]).dtype);
        Assert.Equal(ScalarType.Float64, tensor(1.0).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1f).dtype);
        Assert.Equal(ScalarType.Int32, tensor(1).dtype);
        Assert.Equal(ScalarType.Byte, tensor((byte)1).dtype);
        Assert.Equal(ScalarType.Float32, tensor(1, dtype: float32).dtype);
        Assert.Equal(ScalarType.Float32, tensor(new[] { 1.0 }, float32).dtype);
        Assert.Equal(ScalarType.Int64, arange(5).dtype);
        Assert.Equal(ScalarType.Float32, arange(0, 5, .5).dtype);
        Assert.Equal(ScalarType.Float32, zeros(2, 3).dtype);
        Assert.Equal(ScalarType.Int64, full(2, 7).dtype);
        Assert.Equal(ScalarType.Float32, full(2, 7.0).dtype);
    }

    [Fact]
    public void A_number_beside_a_tensor_does_not_widen_it()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2);
        Assert.All([x * 2.0, 2.0 * x, x + 1, 1 - x, x / 2.0, 3.0 / x, x % 2, x.clamp(0, 1), x.pow(2), x.add(2.5)], t => Assert.Equal(ScalarType.Float32, t.dtype));
        Assert.Equal([-1f, -1f], (1 - 2 * x).data<float>().ToArray());
        Assert.Equal([3f, 3f], (3.0 / x).data<float>().ToArray());
    }

    [Fact]
    public void Clamp_takes_numbers_tensors_and_one_bound()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { -2.0, 0.5, 3.0 });
        Assert.Equal([-1, 0.5, 1], x.clamp(-1, 1).data<double>().ToArray());
        Assert.Equal([0, 0.5, 3], x.clamp(min: 0.0).data<double>().ToArray());
        Assert.Equal([-2, 0.5, 0.5], x.clamp(max: tensor(0.5)).data<double>().ToArray());
    }

    [Fact]
    public void Equality_is_by_element_and_Equals_is_of_the_whole()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = tensor(new[] { 1.0, 2.0 }), y = tensor(new[] { 1.0, 3.0 });
        Assert.Equal([true, false], (x == y).data<bool>().ToArray());
        Assert.Equal([true, false], x.equal(y).data<bool>().ToArray());
        Assert.Equal([false, true], (x != 1.0).data<bool>().ToArray());
        Assert.Equal([false, true], (1.0 < x).data<bool>().ToArray());
        Assert.Equal([true, false], ((x <= y) & ~(x > 1.5)).data<bool>().ToArray());
        Assert.True(x.Equals(x.clone()));
        Assert.False(x.Equals(y));
        Assert.True(x.allclose(y, atol: 1));
    }

    [Fact]
    public void A_scale_of_addition_is_named_alpha()
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor x = ones(2), g = full(2, 4f);
        Assert.Equal([-1f, -1f], x.add(g, alpha: -0.5).data<float>().ToArray());
        Assert.Equal([9f, 9f], x.add_(g, alpha: 2).data<float>().ToArray());
        Assert.Equal([9f, 9f], x.data<float>().ToArray());
    }
}
